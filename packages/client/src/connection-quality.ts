import type { ContractTypes } from "@hivewire/protocol";
import type { Client } from "./client-types.js";
import type { Observable } from "./observable.js";

/** How good a connection is, in one word. */
export type QualityLevel = "excellent" | "good" | "poor" | "offline";

/** How good a connection is. */
export interface ConnectionQuality {
  readonly level: QualityLevel;
  /** Round trip of the last heartbeat, in milliseconds; undefined before the first. */
  readonly latencyMs: number | undefined;
  /** Mean of the last ten. */
  readonly averageMs: number | undefined;
  /** Mean difference from one to the next of the last ten (RFC 3550 calls it jitter). */
  readonly jitterMs: number | undefined;
  /** Frames per second that came between the last two heartbeats. */
  readonly framesPerSecond: number;
}

/** A quality that is watched. */
export interface QualityWatch extends Observable<ConnectionQuality> {
  /** Stops listening to the client. */
  readonly stop: () => void;
}

/** Up to which average and jitter, in milliseconds, a level goes; the first that fits. */
const levels = [
  { level: "excellent", averageMs: 100, jitterMs: 30 },
  { level: "good", averageMs: 300, jitterMs: 100 },
] as const;

/** A level gets better only when the figures are below this part of its bounds: it does not flicker. */
const hysteresis = 0.8;

const remembered = 10;

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The level that figures stand for.
 * @param before - the level so far: a better one has to be earned
 */
export function judgeQuality(averageMs: number, jitterMs: number, before: QualityLevel): QualityLevel {
  const order: readonly QualityLevel[] = ["excellent", "good", "poor"];
  for (const row of levels) {
    const isBetter = before !== "offline" && order.indexOf(row.level) < order.indexOf(before);
    const part = isBetter ? hysteresis : 1;
    if (averageMs <= row.averageMs * part && jitterMs <= row.jitterMs * part) return row.level;
  }
  return "poor";
}

/**
 * Watches how good a client's connection is, from its heartbeats: one figure per heartbeat of the server (25 s by
 * default), `offline` while the client is not `ready`. Sends nothing of its own.
 * @param now - milliseconds, for tests @default performance.now
 */
export function connectionQuality<Types extends ContractTypes>(
  client: Pick<Client<Types>, "state" | "onHeartbeat" | "onFrame">,
  now: () => number = () => performance.now(),
): QualityWatch {
  const listeners = new Set<() => void>();
  let latencies: readonly number[] = [];
  let frames = 0;
  let countedMs = now();
  let quality: ConnectionQuality = {
    level: "offline",
    latencyMs: undefined,
    averageMs: undefined,
    jitterMs: undefined,
    framesPerSecond: 0,
  };

  const change = (next: ConnectionQuality): void => {
    quality = next;
    for (const listener of [...listeners]) listener();
  };
  const beat = (latencyMs: number): void => {
    latencies = [...latencies, latencyMs].slice(-remembered);
    const averageMs = mean(latencies) ?? latencyMs;
    const steps = latencies.slice(1).map((value, index) => Math.abs(value - (latencies[index] ?? value)));
    const jitterMs = mean(steps);
    const seconds = Math.max(now() - countedMs, 1) / 1_000;
    const level = judgeQuality(averageMs, jitterMs ?? 0, quality.level);
    change({ level, latencyMs, averageMs, jitterMs, framesPerSecond: frames / seconds });
    frames = 0;
    countedMs = now();
  };
  const follow = (): void => {
    const isReady = client.state.getSnapshot().status === "ready";
    if (isReady === (quality.level !== "offline")) return;
    latencies = [];
    frames = 0;
    countedMs = now();
    // A connection counts as good until its first heartbeat says more.
    change({ ...quality, level: isReady ? "good" : "offline", framesPerSecond: 0 });
  };
  const removers = [
    client.state.subscribe(follow),
    client.onHeartbeat(beat),
    client.onFrame(() => {
      frames++;
    }),
  ];
  follow();
  return {
    getSnapshot: () => quality,
    subscribe: (listener) => {
      const own = (): void => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    stop: () => {
      for (const remove of removers) remove();
    },
  };
}
