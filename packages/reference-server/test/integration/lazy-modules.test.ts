import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openPeer } from "../support/peer.js";
import { keys } from "../support/tokens.js";

const bin = fileURLToPath(new URL("../../bin/hivewire-server.js", import.meta.url));
const bundle = fileURLToPath(new URL("../../dist/hivewire-server.cjs", import.meta.url));

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/**
 * The modules of the bundle that ran: each is a function under the name of its file, and V8 counts its calls.
 * @param use - what is done with the server before it is stopped
 */
async function modulesThatRan(env: Record<string, string>, use: (url: string) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), "hivewire-modules-"));
  const child = spawn(process.execPath, [bin], {
    env: { PATH: process.env.PATH, PORT: "0", NODE_V8_COVERAGE: folder, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  const url = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk) => {
      out += chunk;
      const found = /ws:\/\/\S+/.exec(out)?.[0];
      if (found) resolve(found);
    });
  });
  await use(await url);
  child.kill("SIGTERM");
  await once(child, "close");
  const reports = await Promise.all(
    (await readdir(folder)).map(
      async (file): Promise<Coverage> => JSON.parse(await readFile(join(folder, file), "utf8")),
    ),
  );
  await rm(folder, { recursive: true });
  return reports
    .flatMap(({ result }) => result.filter(({ url: script }) => script.endsWith("/hivewire-server.cjs")))
    .flatMap(({ functions }) => functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
    .map(({ functionName }) => functionName)
    .filter((name) => /\.[cm]?[jt]s$/.test(name));
}

const isOf = (name: string) => (file: string) => file.includes(`/node_modules/${name}/`);
const app = (file: string): boolean => file.endsWith("src/http/app.ts");
const jwt = (file: string): boolean => file.endsWith("src/access/verify-jwt.ts");

describe("the command", () => {
  it("contains what it runs, with its licences, and no compiler of schemas", async () => {
    const licences = await readFile(join(dirname(bundle), "THIRD_PARTY_LICENSES"), "utf8");
    const packages = [...licences.matchAll(/^dist\/hivewire-server\.cjs contains (\S+) /gm)].map(
      ([, name]) => name,
    );
    for (const name of ["fastify", "jose", "pino", "typebox", "ws"]) expect(packages).toContain(name);
    for (const name of ["ajv", "json-schema-ref-resolver", "light-my-request"])
      expect(packages).not.toContain(name);
    for (const text of licences.split("\n----\n")) expect(text).toMatch(/licen[cs]e|permission|copyright/i);
  });

  it("runs no HTTP application and no library for tokens while it only carries WebSockets", async () => {
    const ran = await modulesThatRan({}, async (url) => {
      const peer = await openPeer(url);
      await peer.next("connection_established");
      peer.close();
    });
    expect(ran.some(isOf("ws"))).toBe(true);
    expect(ran.some(isOf("pino"))).toBe(true);
    expect(ran.filter((file) => app(file) || jwt(file))).toEqual([]);
    for (const name of ["fastify", "find-my-way", "avvio", "fast-json-stringify"]) {
      expect([name, ran.filter(isOf(name))]).toEqual([name, []]);
    }
  });

  it("runs the HTTP application at the first request", async () => {
    const ran = await modulesThatRan({}, async (url) => {
      expect((await fetch(new URL("/health", url.replace("ws:", "http:")))).status).toBe(200);
    });
    expect(ran.some(isOf("fastify"))).toBe(true);
    expect(ran.some(app)).toBe(true);
    expect(ran.filter(jwt)).toEqual([]);
  });

  it("runs the library for tokens where they are asked for", async () => {
    const ran = await modulesThatRan({ WS_AUTH_MODE: "jwt", WS_JWT_SECRET: keys.secret }, async () => {});
    expect(ran.some(jwt)).toBe(true);
  });
});
