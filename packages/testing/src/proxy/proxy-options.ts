import { TestingError } from "../testing-error.js";
import type { Schedule } from "./lane.js";

/** Where a proxy goes, and how. */
export interface FaultProxyOptions {
  /** URL of the server behind the proxy: `ws://127.0.0.1:8000/ws`. Its host has to be of this machine. */
  readonly target: string;
  /** Port of the proxy, on 127.0.0.1. @default 0: a free one, which it then keeps */
  readonly port?: number | undefined;
  /** Bytes of one direction that may wait for a delay; beyond it that side is not read. @default 1_048_576 */
  readonly maxBufferBytes?: number | undefined;
  /** Runs delays. @default setTimeout */
  readonly schedule?: Schedule | undefined;
}

/** The options with their defaults. */
export interface ProxySettings {
  readonly target: URL;
  readonly host: string;
  readonly targetPort: number;
  readonly port: number;
  readonly maxBufferBytes: number;
  readonly schedule: Schedule;
}

/** Longest delay of a timer, in milliseconds. */
export const maxDelayMs = 2 ** 31 - 1;

/**
 * A number as it came, when it is whole and within its range.
 * @throws TestingError `invalid_option`
 */
export function checkWhole(name: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const sentence = `Failed to set ${name}: ${value} is out of range. Please pass a whole number from ${least} to ${most}.`;
  throw new TestingError("invalid_option", sentence);
}

function readTarget(target: string): URL {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const isKnown = url && ["ws:", "http:"].includes(url.protocol);
  const isLocal = url && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (isKnown && isLocal) return url;
  const shown = target.split("?", 1).join();
  throw new TestingError(
    "invalid_option",
    `Failed to set target: "${shown}" is no ws: or http: URL of this machine. Please pass one such as "ws://127.0.0.1:8000/ws".`,
  );
}

function realSchedule(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** @throws TestingError `invalid_option` */
export function resolveProxyOptions(options: FaultProxyOptions): ProxySettings {
  const target = readTarget(options.target);
  return {
    target,
    host: target.hostname.replace(/^\[|\]$/g, ""),
    targetPort: target.port === "" ? 80 : Number(target.port),
    port: checkWhole("port", options.port ?? 0, 0, 65_535),
    maxBufferBytes: checkWhole("maxBufferBytes", options.maxBufferBytes ?? 1_048_576, 1, 2 ** 30),
    schedule: options.schedule ?? realSchedule,
  };
}
