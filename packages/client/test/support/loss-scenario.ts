import type { Delivery } from "@hivewire/client";
import { MemoryBus } from "@hivewire/server";
import { CuttingProxy } from "./cutting-proxy.js";
import { LosslessServer } from "./lossless-server.js";

/** The part of a client that the scenario uses: a bare one can have it as well. */
export interface Subject {
  /** Hears of each frame with a number, on one topic. */
  readonly onNumber: (listener: (n: number) => void) => void;
  /** Sends a number; the promise says what became of it, if anybody knows. */
  readonly send: (n: number) => Promise<Delivery["status"]> | undefined;
  readonly isReady: () => boolean;
  /** Resolves once everything was sent, and it is known what became of it. */
  readonly settle: () => Promise<void>;
  readonly close: () => void;
}

/** What came of it. */
export interface LossReport {
  readonly drops: number;
  readonly restarts: number;
  readonly published: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly sent: number;
  /** Sent, not arrived, and nobody said so. */
  readonly sentLost: number;
  readonly sentDuplicated: number;
  readonly sentOutOfOrder: number;
  /** Said to be delivered, but not arrived. */
  readonly falselyDelivered: number;
  readonly delivered: number;
  readonly maybeDelivered: number;
}

/** How hard it gets. */
export interface LossOptions {
  readonly drops: number;
  /** A restart after this many drops. */
  readonly restartEvery: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function disorder(numbers: readonly number[]): { readonly duplicated: number; readonly outOfOrder: number } {
  const unique = [...new Set(numbers)];
  const outOfOrder = unique.filter((n, index) => index > 0 && n < (unique[index - 1] ?? 0)).length;
  return { duplicated: numbers.length - unique.length, outOfOrder };
}

/**
 * A server that publishes numbers and a client that sends numbers, both all the time, while the connection between
 * them is cut at random moments and the server restarts now and then.
 */
export async function runLossScenario(
  createSubject: (url: string) => Subject,
  { drops, restartEvery, random }: LossOptions,
): Promise<LossReport> {
  const server = await LosslessServer.start(new MemoryBus());
  const proxy = await CuttingProxy.start(server.port);
  const subject = createSubject(`ws://127.0.0.1:${proxy.port}/ws`);
  const received: number[] = [];
  const outcomes = new Map<number, Delivery["status"] | "unknown">();
  const open: Promise<unknown>[] = [];
  let published = 0;
  let sent = 0;
  let restarts = 0;
  let isRestarting = false;
  let isOver = false;
  subject.onNumber((n) => received.push(n));

  const traffic = async (): Promise<void> => {
    while (!isOver) {
      if (!isRestarting) await server.publish("tasks", ++published);
      const n = ++sent;
      const outcome = subject.send(n);
      outcomes.set(n, "unknown");
      if (outcome) open.push(outcome.then((status) => outcomes.set(n, status)));
      await pause(1);
    }
  };
  const cutting = async (): Promise<void> => {
    while (proxy.cuts < drops) {
      await pause(random() * 12);
      proxy.cut(random() < 0.5 ? "reset" : "end");
      if (proxy.cuts < (restarts + 1) * restartEvery) continue;
      restarts++;
      isRestarting = true;
      await server.restart();
      proxy.target = server.port;
      isRestarting = false;
    }
    isOver = true;
  };
  const settled = async (isDone: () => boolean, timeoutMs: number): Promise<void> => {
    const end = Date.now() + timeoutMs;
    while (!isDone() && Date.now() < end) await pause(5);
  };
  while (!subject.isReady()) await pause(1);
  await Promise.all([traffic(), cutting()]);
  await settled(() => received.includes(published), 2_000);
  await subject.settle();
  subject.close();
  await Promise.all(open);
  await proxy.stop();
  await server.stop();

  const arrived = new Set(server.asked);
  const all = [...outcomes].map(([n, status]) => ({ status, hasArrived: arrived.has(n) }));
  const got = new Set(received);
  const { duplicated: sentDuplicated, outOfOrder: sentOutOfOrder } = disorder(server.asked);
  return {
    drops: proxy.cuts,
    restarts,
    published,
    lost: Array.from({ length: published }, (_, index) => index + 1).filter((n) => !got.has(n)).length,
    ...disorder(received),
    sent,
    sentLost: all.filter(({ status, hasArrived }) => !hasArrived && status !== "maybe-delivered").length,
    sentDuplicated,
    sentOutOfOrder,
    falselyDelivered: all.filter(({ status, hasArrived }) => !hasArrived && status === "delivered").length,
    delivered: all.filter(({ status }) => status === "delivered").length,
    maybeDelivered: all.filter(({ status }) => status === "maybe-delivered").length,
  };
}
