import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { openPeer } from "../support/peer.js";
import { silentClient } from "../support/silent-client.js";

const bin = fileURLToPath(new URL("../../bin/hivewire-server.js", import.meta.url));
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
});

function start(args: readonly string[], env: Record<string, string>, flagsOfNode: readonly string[] = []) {
  const child = spawn(process.execPath, [...flagsOfNode, bin, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    text.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    text.err += chunk;
  });
  const exited = once(child, "close").then(([code]) => Number(code));
  const webSocketUrl = new Promise<string>((resolve) => {
    child.stdout.on("data", () => {
      const url = /ws:\/\/\S+/.exec(text.out)?.[0];
      if (url) resolve(url);
    });
  });
  const says = (words: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (text.out.includes(words)) resolve();
      };
      child.stdout.on("data", look);
      look();
    });
  return { child, text, exited, webSocketUrl, says };
}

describe("hivewire-server", () => {
  it("says where it listens, and on SIGTERM closes every connection with a notice and 1012, and exits with 0", async () => {
    const server = start([], { PORT: "0", HIVEWIRE_TAIL_COMMAND: "hivewire tail" });
    const peer = await openPeer(`${await server.webSocketUrl}?contract_versions=1.1.0`);
    await peer.next("connection_established");
    expect(server.text.out).toContain(`hivewire tail ${await server.webSocketUrl}`);
    server.child.kill("SIGTERM");
    expect(await peer.next("disconnect_notice")).toMatchObject({
      reason: "server_shutdown",
      code: 1012,
      reconnect_after_ms: 5_000,
    });
    expect((await peer.closed).code).toBe(1012);
    expect(await server.exited).toBe(0);
    expect(server.text.err).toBe("");
  });

  it("answers 503 at /ready and still lives while clients leave, and ends at once on a second signal", async () => {
    const server = start([], { PORT: "0", WS_SHUTDOWN_GRACE_MS: "60000" });
    const url = await server.webSocketUrl;
    const ready = new URL("/ready", url.replace("ws:", "http:"));
    expect((await fetch(ready)).status).toBe(200);
    const silent = await silentClient(url);
    server.child.kill("SIGTERM");
    await server.says("Closing connections");
    expect((await fetch(ready)).status).toBe(503);
    expect((await fetch(new URL("/health", ready))).status).toBe(200);
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(143);
    silent.destroy();
  });

  it("waits no longer than WS_SHUTDOWN_GRACE_MS for a client that does not leave", async () => {
    const server = start([], { PORT: "0", WS_SHUTDOWN_GRACE_MS: "50" });
    const silent = await silentClient(await server.webSocketUrl);
    const from = performance.now();
    server.child.kill("SIGTERM");
    expect(await server.exited).toBe(0);
    expect(performance.now() - from).toBeLessThan(3_000);
    silent.destroy();
  });

  const faults: readonly [title: string, code: string][] = [
    ["an exception", "setTimeout(() => { throw new Error('nobody caught this') }, 50)"],
    ["a rejection", "setTimeout(() => { Promise.reject(new Error('nobody caught this')) }, 50)"],
  ];
  it.each(faults)("says what nobody caught, and exits with 70 (%s)", async (_title, code) => {
    const wait = "process.once('SIGUSR2', () => { FAULT })".replace("FAULT", code);
    const server = start([], { PORT: "0" }, ["--import", `data:text/javascript,${encodeURIComponent(wait)}`]);
    await server.webSocketUrl;
    server.child.kill("SIGUSR2");
    expect(await server.exited).toBe(70);
    expect(server.text.err).toContain("a fault of hivewire: Error: nobody caught this");
  });

  it("takes flags before variables, and warns of variables that nothing reads", async () => {
    const env = { PORT: "1", WS_RATE_BRUST: "secret-value", WS_RATE_BURST: "50" };
    const server = start(["--port", "0", "--ws-base-path", "/live"], env);
    const url = await server.webSocketUrl;
    expect(url).toMatch(/\/live\/ws\/dashboard$/);
    const limits = new URL("/live/websocket/limits", url.replace("ws:", "http:"));
    expect(await (await fetch(limits)).json()).toMatchObject({ rate_limit_burst_capacity: 50 });
    expect(server.text.err).toContain('"variable":"WS_RATE_BRUST","nearest":"WS_RATE_BURST"');
    expect(server.text.err).not.toContain("secret-value");
  });

  it("publishes agents with --demo, and says that they are simulated", async () => {
    const server = start(["--demo"], { PORT: "0" });
    const peer = await openPeer(await server.webSocketUrl);
    expect(await peer.next("agent_update")).toMatchObject({ data: { demo: true, summary: { total: 12 } } });
    expect(server.text.out).toContain("with simulated agents");
    peer.close();
  });

  it("says in one sentence that the port is taken, and exits with 1", async () => {
    const first = start([], { PORT: "0" });
    const { port } = new URL(await first.webSocketUrl);
    const second = start([], { PORT: port });
    expect(await second.exited).toBe(1);
    expect(second.text.err).toBe(
      `hivewire-server: [port_taken] Failed to listen on 127.0.0.1:${port}: another process does. Please stop it, or set PORT to another port.\n`,
    );
    expect(second.text.out).toBe("");
  });

  const refused: readonly [
    title: string,
    args: readonly string[],
    env: Record<string, string>,
    says: RegExp,
  ][] = [
    [
      "a port that is none",
      [],
      { PORT: "eighty" },
      /^hivewire-server: \[invalid_configuration\] Failed to read PORT: its value "eighty" cannot be used\. Please set a number from 0 to 65535\.\n$/,
    ],
    ["an unknown flag", ["--nope"], {}, /\[usage\] Failed to read the arguments: Unknown option '--nope'/],
    [
      "a secret that is too short, without showing it",
      [],
      { WS_ADMIN_TOKEN: "hunter2" },
      /Failed to read WS_ADMIN_TOKEN: its value cannot be used\. Please set a text of at least 8 characters\.\n$/,
    ],
  ];
  it.each(refused)("refuses %s with exit code 2", async (_title, args, env, says) => {
    const server = start(args, env);
    expect(await server.exited).toBe(2);
    expect(server.text.err).toMatch(says);
    expect(server.text.err).not.toContain("hunter2");
  });

  it("prints help with its variables and examples", async () => {
    const server = start(["--help"], {});
    expect(await server.exited).toBe(0);
    expect(server.text.out).toContain("WS_RATE_TOKENS_PER_SEC");
    expect(server.text.out).toContain("Examples:");
  });
});
