import { checkNumbers } from "./check-options.js";
import type { ClientError } from "./client-error.js";
import type { CreateOutbox, Delivery, Outbox, OutboxParts, Parcel } from "./outbox-types.js";

/** Bounds and pace of what waits to be sent. */
export interface OutboxLimits {
  /** Most frames that wait, or were written and are not known to have arrived. @default 1_000 */
  readonly maxFrames: number;
  /** Most bytes of them, as UTF-8. @default 1_048_576 */
  readonly maxBytes: number;
  /**
   * Frames per second that leave over time; more wait their turn. Keep it below the server's rate limit
   * (20/s by default): beyond it the server drops frames. @default 15
   */
  readonly perSecond: number;
  /** Frames that may leave at once after a pause. Keep it below the server's burst (40 by default). @default 30 */
  readonly burst: number;
}

const defaults: OutboxLimits = { maxFrames: 1_000, maxBytes: 1_048_576, perSecond: 15, burst: 30 };

/**
 * An outbox: frames wait in it for a connection and for their turn, each is written at most once, in order, and what
 * became of it is known (`delivery`). The client of `@hivewire/client` has one; that of `@hivewire/client/native` takes
 * it as the option `outbox`.
 * @throws ClientError `invalid-option`
 */
export function outbox(
  limits: { readonly [K in keyof OutboxLimits]?: number | undefined } = {},
): CreateOutbox {
  const { maxFrames, maxBytes, perSecond, burst } = checkNumbers("outbox.", defaults, limits, 1);
  return (parts) => createOutbox(parts, { maxFrames, maxBytes, perSecond, burst });
}

function createOutbox({ now, schedule, write, probe }: OutboxParts, limits: OutboxLimits): Outbox {
  const { maxFrames, maxBytes, perSecond, burst } = limits;
  let queue: readonly Parcel[] = [];
  let written: readonly Parcel[] = [];
  let bytes = 0;
  let tokens = burst;
  let filledMs = now();
  let isOpen = false;
  let cancelTimer: (() => void) | undefined;

  const pay = (cost: number): void => {
    const nowMs = now();
    tokens = Math.min(burst, tokens + (Math.max(nowMs - filledMs, 0) / 1_000) * perSecond) - cost;
    filledMs = nowMs;
  };
  const size = ({ text }: Parcel): number => new TextEncoder().encode(text).length;
  const settle = (parcels: readonly Parcel[], delivery: Delivery): void => {
    for (const parcel of parcels) {
      bytes -= size(parcel);
      parcel.settle(delivery);
    }
  };
  const stopTimer = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
  };
  const flush = (): void => {
    isOpen = true;
    stopTimer();
    pay(0);
    for (let parcel = queue[0]; parcel; parcel = queue[0]) {
      if (tokens < 1) {
        cancelTimer = schedule(flush, Math.ceil(((1 - tokens) / perSecond) * 1_000));
        return;
      }
      if (!write(parcel.text)) return;
      queue = queue.slice(1);
      written = [...written, parcel];
      tokens--;
      if (written.length === maxFrames >> 1) probe();
    }
  };
  const doubt = (cause: ClientError): void => {
    const parcels = written;
    written = [];
    settle(parcels, { status: "maybe-delivered", cause });
  };

  return {
    add: (parcel) => {
      if (queue.length + written.length >= maxFrames || bytes + size(parcel) > maxBytes) return "outbox-full";
      bytes += size(parcel);
      queue = [...queue, parcel];
      if (isOpen && !cancelTimer) flush();
      return queue.includes(parcel) ? "queued" : "sent";
    },
    cancel: (parcel) => {
      if (!queue.includes(parcel)) return;
      bytes -= size(parcel);
      queue = queue.filter((other) => other !== parcel);
    },
    flush,
    passed: (id) => {
      pay(1);
      written = [...written, { text: "", id, settle: () => {} }];
    },
    proven: (id) => {
      const count = written.findIndex((parcel) => parcel.id === id) + 1;
      const parcels = written.slice(0, count);
      written = written.slice(count);
      settle(parcels, { status: "delivered" });
    },
    doubt: (cause) => {
      doubt(cause);
      tokens = Math.min(tokens, 0);
    },
    lost: (cause, isFinal) => {
      isOpen = false;
      stopTimer();
      doubt(cause);
      if (!isFinal) return;
      const parcels = queue;
      queue = [];
      settle(parcels, { status: "dropped", cause });
    },
  };
}
