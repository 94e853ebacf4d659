import { type Environment, realEnvironment } from "./environment.js";
import type { Log, LogFields } from "./log.js";

/** A level of a log line. */
export type LogLevel = keyof Log;

/** How many lines of a kind pass. */
export interface LogSamplingOptions {
  /** Lines per second of one level and message, once the burst is used up. @default 10 */
  readonly linesPerSecond?: number | undefined;
  /** Lines of one level and message that pass at once. @default 20 */
  readonly burst?: number | undefined;
  /** Levels and messages that are counted apart; further ones share one count per level. @default 256 */
  readonly maxKeys?: number | undefined;
  /** Messages that always pass, such as `connection opened` where those lines are an audit. @default none */
  readonly always?: readonly string[] | undefined;
  /** Whether the log writes lines of a level; the others are not counted. @default it writes all */
  readonly isEnabled?: ((level: LogLevel) => boolean) | undefined;
  /** Clock and timer, for tests. @default the real ones */
  readonly environment?: Pick<Environment, "elapsed" | "repeat"> | undefined;
}

/** A log that stays readable under a flood. */
export interface SampledLog extends Log {
  /** Says what was left out and not said yet, and stops the timer. For the end of a process. */
  readonly flush: () => void;
}

/** Lines of one level and message. */
export interface LineBucket {
  readonly tokens: number;
  readonly atMs: number;
  /** Lines left out since the last summary. */
  readonly leftOut: number;
}

/** Takes one line out of a bucket; whether it passes. Pure: time comes in. */
export function takeLine(
  bucket: LineBucket | undefined,
  nowMs: number,
  { linesPerSecond, burst }: { readonly linesPerSecond: number; readonly burst: number },
): { readonly bucket: LineBucket; readonly passes: boolean } {
  const { tokens, atMs, leftOut } = bucket ?? { tokens: burst, atMs: nowMs, leftOut: 0 };
  const filled = Math.min(burst, tokens + (Math.max(0, nowMs - atMs) * linesPerSecond) / 1_000);
  if (filled < 1) return { bucket: { tokens: filled, atMs: nowMs, leftOut: leftOut + 1 }, passes: false };
  return { bucket: { tokens: filled - 1, atMs: nowMs, leftOut }, passes: true };
}

/** Time between two summaries, in milliseconds. */
const summaryEveryMs = 1_000;

/** Stands for all messages beyond `maxKeys`. */
const others = "other messages";

interface Kind {
  readonly level: LogLevel;
  readonly message: string;
  bucket: LineBucket | undefined;
}

/**
 * Wraps a log so that a flood of the same line costs `linesPerSecond` lines: the rest is counted, and one line per
 * second and kind says how many were left out. All messages are treated alike, `connection opened` too: a flood
 * of connections is a flood of those lines, and the counters are exact. `always` exempts some.
 */
export function sampleLog(log: Log, options: LogSamplingOptions = {}): SampledLog {
  const { linesPerSecond = 10, burst = 20, maxKeys = 256, isEnabled } = options;
  const { elapsed, repeat } = options.environment ?? realEnvironment;
  const always = new Set(options.always);
  const kinds = new Map<string, Kind>();
  let stopTimer: (() => void) | undefined;

  const kindOf = (level: LogLevel, message: string): Kind => {
    const key = `${level} ${message}`;
    const known = kinds.get(key);
    if (known) return known;
    if (kinds.size >= maxKeys && message !== others) return kindOf(level, others);
    const kind: Kind = { level, message, bucket: undefined };
    kinds.set(key, kind);
    return kind;
  };

  /** Whether anything had been left out. */
  const summarize = (): boolean => {
    let some = false;
    for (const kind of kinds.values()) {
      const { level, message, bucket } = kind;
      if (!bucket?.leftOut) continue;
      some = true;
      kind.bucket = { ...bucket, leftOut: 0 };
      log[level]({ left_out: bucket.leftOut, line: message }, "lines were left out");
    }
    return some;
  };
  const stop = (): void => {
    stopTimer?.();
    stopTimer = undefined;
  };

  const write = (level: LogLevel, fields: LogFields, message: string): void => {
    if (isEnabled?.(level) === false) return;
    if (always.has(message)) {
      log[level](fields, message);
      return;
    }
    const kind = kindOf(level, message);
    const { bucket, passes } = takeLine(kind.bucket, elapsed(), { linesPerSecond, burst });
    kind.bucket = bucket;
    if (passes) log[level](fields, message);
    else stopTimer ??= repeat(() => void (summarize() || stop()), summaryEveryMs);
  };

  return {
    debug: (fields, message) => write("debug", fields, message),
    info: (fields, message) => write("info", fields, message),
    warn: (fields, message) => write("warn", fields, message),
    error: (fields, message) => write("error", fields, message),
    flush: () => {
      summarize();
      stop();
    },
  };
}
