import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const cli = fileURLToPath(new URL("../../bin/hivewire.js", import.meta.url));
const schema = fileURLToPath(new URL("../../../../schemas/ws_messages.schema.json", import.meta.url));
const children: ChildProcess[] = [];
const servers: ReferenceServer[] = [];
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hivewire-tail-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

async function serve(env: Record<string, string> = {}): Promise<ReferenceServer> {
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent", ...env } });
  servers.push(server);
  return server;
}

/** `hivewire tail` as a process of its own, in a folder without a project. */
function tail(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [cli, "tail", ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  children.push(child);
  const text = { out: "", err: "" };
  const watchers = new Set<() => void>();
  const collect = (key: "out" | "err") => (chunk: Buffer) => {
    text[key] += chunk;
    for (const check of [...watchers]) check();
  };
  child.stdout.on("data", collect("out"));
  child.stderr.on("data", collect("err"));
  const exited = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
  const sees = (key: "out" | "err", pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!pattern.test(text[key])) return;
        watchers.delete(check);
        resolve();
      };
      watchers.add(check);
      check();
    });
  return { child, text, exited, sees };
}

describe("hivewire tail", () => {
  it("shows connection_established and then real system_update frames, one line each", async () => {
    const server = await serve();
    const { text, exited } = tail([
      server.webSocketUrl,
      "--schema",
      schema,
      "--topics",
      "system",
      "--count",
      "2",
    ]);
    expect(await exited).toBe(0);
    const lines = text.out.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} connection_established \{/);
    expect(lines[1]).toMatch(/ system_update system \{"cpu":\{"percent":/);
    expect(text.err).toContain("contract 1.1.0");
  });

  it("prints whole frames as JSON for pipes", async () => {
    const server = await serve();
    const { text, exited } = tail([
      server.webSocketUrl,
      "--schema",
      schema,
      "--topics",
      "system",
      "--count",
      "2",
      "--json",
    ]);
    expect(await exited).toBe(0);
    const frames = text.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(frames).toMatchObject([
      { type: "connection_established" },
      { type: "system_update", position: {} },
    ]);
  });

  it("learns the contract from the server where there is no schema", async () => {
    const server = await serve();
    const { text, exited } = tail([server.webSocketUrl, "--topics", "system", "--count", "1"]);
    expect(await exited).toBe(0);
    expect(text.out).toContain("connection_established");
  });

  it("resumes by itself when the server is killed and comes back, and says so", async () => {
    const first = await serve();
    const { port } = new URL(first.url);
    const { text, sees, exited, child } = tail([
      first.webSocketUrl,
      "--schema",
      schema,
      "--topics",
      "system",
    ]);
    await sees("out", /system_update/);
    await first.close();
    await sees("err", /\[connection-lost\].*1012.*Attempt 1 in/);
    const before = text.out.length;
    await serve({ PORT: port });
    await sees("err", /ready:[\s\S]*ready:/);
    await sees("out", new RegExp(`^[\\s\\S]{${before},}connection_established[\\s\\S]*system_update`));
    child.kill("SIGINT");
    expect(await exited).toBe(0);
  });

  it("stops with 1 when the server refuses its credentials, and never shows them", async () => {
    const server = await serve({ WS_AUTH_REQUIRED: "true", WS_AUTH_TOKEN: "correct-horse" });
    const { text, exited } = tail([server.webSocketUrl, "--schema", schema], {
      HIVEWIRE_ACCESS_TOKEN: "wrong-horse",
    });
    expect(await exited).toBe(1);
    expect(text.err).toContain("stopped: [unauthorized]");
    expect(text.err + text.out).not.toContain("horse");
  });

  const refused: readonly [title: string, args: readonly string[], code: number, says: RegExp][] = [
    ["a URL that is none", ["localhost"], 2, /"localhost" is not a ws: or wss: URL/],
    [
      "a topic that the contract lacks",
      ["ws://127.0.0.1:1/ws", "--schema", schema, "--topics", "weather"],
      2,
      /no topic weather\. Please choose from agents/,
    ],
    ["a count that is none", ["ws://127.0.0.1:1/ws", "--count", "0"], 2, /Expected a whole number/],
    [
      "a server whose contract cannot be read",
      ["ws://127.0.0.1:1/ws"],
      1,
      /\[no_contract\] Failed to read the server's contract at http:\/\/127\.0\.0\.1:1\/websocket\/contract\/schema/,
    ],
  ];
  it.each(refused)("refuses %s", async (_title, args, code, says) => {
    const { text, exited } = tail(args);
    expect(await exited).toBe(code);
    expect(text.err).toMatch(says);
  });
});
