import { EventEmitter, once } from "node:events";
import { expect, it } from "vitest";
import { createColors } from "../src/io.js";
import { runCommand } from "../src/program.js";
import { createProject, greeting } from "./support/project.js";

it("generate --watch generates after each change, goes on after a broken schema, and ends when it is stopped", async () => {
  await using project = await createProject();
  const stop = new AbortController();
  const said = new EventEmitter();
  let text = "";
  const say = (more: string): void => {
    text += more;
    said.emit("more");
  };
  const until = async (part: string): Promise<void> => {
    while (!text.includes(part)) await once(said, "more");
    text = "";
  };
  const ended = runCommand(["generate", "--watch"], {
    cwd: project.folder,
    env: {},
    now: () => 0,
    out: say,
    err: say,
    progress: () => {},
    colors: createColors(false),
    interrupted: stop.signal,
  });
  await until("Watching 2 files; Ctrl+C ends.");
  await project.write("messages.schema.json", "{");
  await until("Watching");
  const { Greeting } = greeting.$defs;
  const grown = { ...Greeting, properties: { ...Greeting.properties, mood: { type: "string" } } };
  await project.write("messages.schema.json", JSON.stringify({ ...greeting, $defs: { Greeting: grown } }));
  await until("files written");
  expect(await project.read("gen/types.ts")).toContain("mood?: string;");
  stop.abort();
  expect(await ended).toBe(0);
});
