import type { Limits, Position } from "@hivewire/protocol";
import type { Bus, BusFrame, History } from "./bus.js";
import type { Environment } from "./environment.js";
import type { Log } from "./log.js";
import type { Metrics } from "./metrics.js";
import { type Recovery, selectReplay } from "./replay.js";
import { ServerError } from "./server-error.js";

/** Longest time that a bus may take for a history, in milliseconds. */
const historyTimeoutMs = 5_000;

/** What reading histories needs. */
export interface HistoryParts {
  readonly bus: Bus;
  readonly limits: () => Limits;
  readonly environment: Environment;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** What there is to replay, and what is said about it. */
export interface Histories {
  /** Topic by topic, each in order. */
  readonly frames: readonly BusFrame[];
  readonly recovered: Readonly<Record<string, Recovery>>;
}

function withTimeout<T>(promise: Promise<T>, { schedule }: Environment): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = `Failed to read a history: the bus took over ${historyTimeoutMs} ms. Please look at its health.`;
    const callOff = schedule(() => reject(new ServerError("bus_failed", late)), historyTimeoutMs);
    promise.then(resolve, reject).finally(callOff);
  });
}

/** Asks the bus for what topics had after positions. A topic whose history cannot be read is told as incomplete. */
export async function readHistories(
  positions: Readonly<Record<string, Position>>,
  { bus, limits, environment, metrics, log }: HistoryParts,
  connectionId: string,
): Promise<Histories> {
  const read = async (topic: string, after: Position): Promise<History> => {
    try {
      return await withTimeout(bus.history(topic, after), environment);
    } catch (cause) {
      metrics.add("bus_failures_total");
      log.error({ err: cause, subscription: topic, connection_id: connectionId }, "a history was not read");
      return { frames: [], complete: false };
    }
  };
  const histories = await Promise.all(
    Object.entries(positions).map(async ([topic, after]) => [topic, await read(topic, after)] as const),
  );
  const selected = histories.map(([topic, history]) => [topic, selectReplay(history, limits())] as const);
  return {
    frames: selected.flatMap(([, { frames }]) => frames),
    recovered: Object.fromEntries(selected.map(([topic, { recovery }]) => [topic, recovery])),
  };
}
