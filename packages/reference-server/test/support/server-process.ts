import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/hivewire-server.js", import.meta.url));

/** Flags that the command is started with: those of its first line. */
const flags =
  readFileSync(bin, "utf8")
    .split("\n", 1)[0]
    ?.match(/--[a-z]\S+/g) ?? [];

/** A reference server in a process of its own: what an operator starts. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  /** Everything that it wrote: the log on stderr, a greeting on stdout. */
  readonly output: { readonly out: string; readonly err: string };
  /** Lines of the log so far. */
  readonly log: () => readonly Readonly<Record<string, unknown>>[];
  /** Resident memory, in bytes. */
  readonly residentBytes: () => number;
  readonly stats: () => Promise<Readonly<Record<string, number>>>;
  /** Sends a frame to a topic, as an administrator. */
  readonly broadcast: (topic: string, type: string, data: object) => Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  readonly stop: () => Promise<number>;
  readonly isRunning: () => boolean;
}

/** How a server is started. */
export interface ServerProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly adminToken?: string;
}

const base = "/api/dashboard/websocket";

function lines(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      try {
        return JSON.parse(line);
      } catch {
        return { unparsed: line };
      }
    });
}

async function listening(child: ChildProcess, output: { out: string; err: string }): Promise<string> {
  child.stdout?.on("data", (chunk) => {
    output.out += String(chunk);
  });
  child.stderr?.on("data", (chunk) => {
    output.err += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${output.err}`)));
    child.stdout?.on("data", () => {
      const url = /http:\/\/[\d.]+:\d+/.exec(output.out)?.[0];
      if (url !== undefined) resolve(url);
    });
  });
}

/** Starts the built server on a free port. Whoever starts it stops it. */
export async function startServerProcess(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const { adminToken } = options;
  const child = spawn(process.execPath, [...flags, bin], {
    env: {
      PATH: process.env.PATH,
      PORT: "0",
      LOG_LEVEL: "warn",
      ...(adminToken === undefined ? {} : { WS_ADMIN_TOKEN: adminToken }),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "close").then(([code]) => Number(code));
  const output = { out: "", err: "" };
  const url = await listening(child, output);
  const authority: Record<string, string> =
    adminToken === undefined ? {} : { Authorization: `Bearer ${adminToken}` };
  const call = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${url}${base}${path}`, {
      method,
      headers: { ...authority, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`);
    return JSON.parse(text);
  };
  return {
    url,
    port: Number(new URL(url).port),
    output,
    log: () => lines(output.err),
    residentBytes: () =>
      Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) * 1_024,
    stats: async () => ({ ...Object(await call("GET", "/stats")).websocket_stats }),
    broadcast: async (topic, type, data) => {
      await call("POST", `/broadcast?subscription=${topic}&message_type=${type}`, data);
    },
    stop: () => {
      child.kill("SIGTERM");
      return exited;
    },
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
}
