import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createColors, type Io } from "../../src/io.js";
import { runCommand } from "../../src/program.js";

/** A folder of its own, with a schema, in which commands run. */
export interface TestProject extends AsyncDisposable {
  readonly folder: string;
  /** What commands see of the world, for functions below them; it drops what they write. */
  readonly io: Io;
  /** Runs the command line; resolves to exit code and output. */
  readonly run: (...argv: string[]) => Promise<{ code: number; out: string; err: string }>;
  /** Writes a file, with the folders on its way. */
  readonly write: (path: string, text: string) => Promise<void>;
  readonly read: (path: string) => Promise<string>;
  readonly list: (path: string) => Promise<readonly string[]>;
}

/** One message: the least that is a contract. */
export const greeting = {
  oneOf: [{ $ref: "#/$defs/Greeting" }],
  $defs: {
    Greeting: {
      type: "object",
      properties: { type: { const: "greeting" }, text: { type: "string" } },
      required: ["type", "text"],
    },
  },
};

/** A new project; its schema is `messages.schema.json`, its output folder `gen`. */
export async function createProject(schema: unknown = greeting): Promise<TestProject> {
  const folder = await mkdtemp(join(tmpdir(), "hivewire-cli-"));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write("messages.schema.json", typeof schema === "string" ? schema : JSON.stringify(schema, null, 2));
  await write("hivewire.json", JSON.stringify({ schema: "messages.schema.json", out: "gen" }));
  const io: Io = {
    cwd: folder,
    env: {},
    now: () => 0,
    out: () => {},
    err: () => {},
    progress: () => {},
    colors: createColors(false),
    interrupted: new AbortController().signal,
  };
  return {
    folder,
    io,
    write,
    read: (path) => readFile(join(folder, path), "utf8"),
    list: (path) => readdir(join(folder, path)).catch(() => []),
    run: async (...argv) => {
      let out = "";
      let err = "";
      const code = await runCommand(argv, {
        ...io,
        out: (text) => {
          out += text;
        },
        err: (text) => {
          err += text;
        },
      });
      return { code, out, err };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
