import type { ClientError } from "./client-error.js";
import type { Environment } from "./environment.js";

/** What became of a frame that was taken. It is never rejected. */
export type Delivery =
  /** The server has read it. */
  | { readonly status: "delivered" }
  /**
   * It was written, and the connection died before anything proved that it arrived. It is never sent again. Without an
   * outbox nothing proves it: then this comes at once, without a cause.
   */
  | { readonly status: "maybe-delivered"; readonly cause: ClientError | undefined }
  /** It was never written: the client was closed first, or the request ended. */
  | { readonly status: "dropped"; readonly cause: ClientError };

/** A frame on its way. */
export interface Parcel {
  readonly text: string;
  /** Its `correlation_id`, if the server answers it. */
  readonly id: string | undefined;
  readonly settle: (delivery: Delivery) => void;
}

/** What an outbox is made of. */
export interface OutboxParts extends Pick<Environment, "now" | "schedule"> {
  /** Writes to the socket now; false when it cannot. */
  readonly write: (text: string) => boolean;
  /** Asks the server for an answer, which proves that it read what was written before. */
  readonly probe: () => void;
}

/** Frames on their way to the server, each written at most once, in order. */
export interface Outbox {
  /** Takes a frame, and writes it at once when it can; else it waits, or the code says why it was not taken. */
  readonly add: (parcel: Parcel) => "sent" | "queued" | "not-ready" | "outbox-full";
  /** Takes a frame back that was not written yet. */
  readonly cancel: (parcel: Parcel) => void;
  /** Writes what waits, as far as pace and socket allow. */
  readonly flush: () => void;
  /** A frame of the client's own left beside the queue: it counts for the pace, and its answer proves what was before it. */
  readonly passed: (id: string | undefined) => void;
  /** The server answered the frame of that id: it read all that was written before. */
  readonly proven: (id: string) => void;
  /** Nothing will prove what was written. */
  readonly doubt: (cause: ClientError) => void;
  /** The connection is over: what was written is in doubt, and what waits goes on waiting, or is dropped at the end. */
  readonly lost: (cause: ClientError, isFinal: boolean) => void;
}

/** Makes an outbox. Starts nothing. */
export type CreateOutbox = (parts: OutboxParts) => Outbox;
