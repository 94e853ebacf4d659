import { createClient } from "@hivewire/client";
import { WebSocket } from "ws";
import { CliError } from "../cli-error.js";
import type { ProjectFlags } from "../config.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { Io } from "../io.js";
import { type AnyContract, contractFor } from "../remote-contract.js";
import { clockText, frameLine, stateLine } from "../tail-format.js";

/** Flags of `hivewire tail`. */
export interface TailFlags extends ProjectFlags {
  /** Topics, separated by commas. */
  readonly topics?: string | undefined;
  /** End after this many frames. */
  readonly count?: number | undefined;
  readonly json?: boolean | undefined;
}

/** One terminal makes no herd: it comes back sooner than a fleet of browsers may. */
const reconnect = { firstSpreadMs: 500, minDelayMs: 1_000, maxDelayMs: 5_000 } as const;

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^wss?:$/.test(url.protocol)) return url;
  throw new CliError(
    "usage",
    `Failed to connect: "${text.slice(0, 200)}" is not a ws: or wss: URL. Please give one.`,
  );
}

function parseTopics(text: string | undefined, contract: AnyContract): readonly string[] {
  if (text === undefined) return contract.topics;
  const topics = text.split(",").filter((topic) => topic !== "");
  const unknown = topics.filter((topic) => !contract.topics.includes(topic));
  if (unknown.length === 0) return topics;
  throw new CliError(
    "usage",
    `Failed to subscribe: the contract has no topic ${unknown.join(", ")}. Please choose from ${contract.topics.join(", ")}.`,
  );
}

/** Prints the frames of a live server, one line each, through every reconnect, until it is interrupted. */
export async function runTail(target: string, flags: TailFlags, io: Io): Promise<ExitCode> {
  const url = parseUrl(target);
  const contract = await contractFor(url, flags, io.cwd);
  const topics = parseTopics(flags.topics, contract);
  const accessToken = io.env.HIVEWIRE_ACCESS_TOKEN;
  const client = createClient(contract, {
    url: url.href,
    WebSocket,
    reconnect,
    ...(accessToken === undefined ? {} : { accessToken }),
  });
  let seen = 0;
  const enough = new AbortController();
  client.onFrame((frame) => {
    if (flags.count !== undefined && seen >= flags.count) return;
    seen++;
    io.out(`${flags.json ? JSON.stringify(frame) : frameLine(frame, io.now(), io.colors)}\n`);
    if (seen === flags.count) enough.abort();
  });
  client.onFault((fault) => io.err(`${clockText(io.now())} ${fault.message}\n`));
  for (const topic of topics) client.subscribe(topic, () => {});
  const ended = new Promise<ExitCode>((resolve) => {
    client.state.subscribe(() => {
      const state = client.state.getSnapshot();
      io.err(`${stateLine(state, url, io.now())}\n`);
      if (state.status === "closed")
        resolve(state.cause.code === "closed" ? exitCodes.fine : exitCodes.finding);
    });
  });
  const stop = AbortSignal.any([io.interrupted, enough.signal]);
  stop.addEventListener("abort", () => client.close(), { once: true });
  if (stop.aborted) client.close();
  void client.connect();
  return ended;
}
