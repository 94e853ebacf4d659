import type { CloseName, ErrorCode, Position } from "@hivewire/protocol";
import type { IncomingFrame, OutgoingFrame } from "./frames.js";
import type { TopicRules } from "./inbound-control.js";
import type { RateState } from "./inbound-rate.js";
import type { ContractRules } from "./inbound-validate.js";
import type { MetricName } from "./metrics.js";

/** A connection whose handshake is done. */
export interface OpenSession {
  readonly phase: "open";
  /** The negotiated contract version. */
  readonly version: string;
  /** Live topics, sorted. */
  readonly topics: readonly string[];
  readonly rate: RateState;
  /** When a frame last came; all times here are monotonic, in milliseconds. */
  readonly activeAtMs: number;
  /** When the last RFC 6455 ping was sent. */
  readonly pingedAtMs: number;
  /** When its pong is due; undefined when it came. */
  readonly pongDueAtMs: number | undefined;
  /** Round trip of the last ping that was answered. */
  readonly latencyMs: number | undefined;
  /** Frames in a row that broke a rule or the contract. */
  readonly invalidInARow: number;
  /** When the credentials end. */
  readonly credentialsEndAtMs: number | undefined;
}

/** What a session is. `closed` is left by no event. */
export type Session = OpenSession | { readonly phase: "closed"; readonly close: CloseName };

/** What can happen to a session. */
export type SessionEvent =
  /** A frame arrived; `text` is null when it was binary. `bytes`: its payload in UTF-8. */
  | { readonly type: "frame"; readonly text: string | null; readonly bytes: number; readonly nowMs: number }
  /** An RFC 6455 ping arrived. */
  | { readonly type: "ping"; readonly payload: Uint8Array; readonly nowMs: number }
  | { readonly type: "pong"; readonly nowMs: number }
  /** The credentials changed: topics that they do not reach have to go. */
  | { readonly type: "rights"; readonly credentialsEndAtMs: number | undefined }
  /** Time passed. */
  | {
      readonly type: "tick";
      readonly nowMs: number;
      /** When a topic frame was last sent. */
      readonly deliveredAtMs: number;
      /** Whether the socket is read: else no pong can come. */
      readonly isRead: boolean;
      /** Since when what waits in the socket is over its soft bound; undefined when it is not. */
      readonly stalledAtMs: number | undefined;
    }
  /** The server wants the connection to go; with a reason, a notice is sent before. */
  | {
      readonly type: "end";
      readonly close: CloseName;
      readonly notice?: string;
      readonly reconnectAfterMs?: number;
    }
  /** The socket is gone. */
  | { readonly type: "gone" };

/** What has to be done after a transition, in this order. */
export type SessionEffect =
  | { readonly type: "send"; readonly frame: OutgoingFrame; readonly correlationId: string | undefined }
  /** Hand a valid frame to the contract's handler. */
  | {
      readonly type: "handle";
      readonly messageType: string;
      readonly frame: IncomingFrame;
      readonly correlationId: string | undefined;
    }
  /** Check new credentials; the outcome comes back as frames, `rights` or an `end`. */
  | {
      readonly type: "authenticate";
      readonly accessToken: string;
      readonly correlationId: string | undefined;
    }
  /** Send an RFC 6455 ping. */
  | { readonly type: "ping" }
  /** Answer one. */
  | { readonly type: "pong"; readonly payload: Uint8Array }
  /** Do not read for a while. */
  | { readonly type: "pause"; readonly forMs: number }
  /** The live topics changed without a request. */
  | { readonly type: "topics"; readonly topics: readonly string[] }
  /** A request changed them: make them live, tell the client, and replay what it asks for. */
  | {
      readonly type: "subscribe";
      readonly topics: readonly string[];
      /** Those of them that were not live before. */
      readonly added: readonly string[];
      readonly resume: Readonly<Record<string, Position>>;
      readonly correlationId: string | undefined;
    }
  | { readonly type: "count"; readonly metric: MetricName; readonly by: number }
  /** Something was refused: for the log. */
  | { readonly type: "refused"; readonly refusal: RefusedFrame }
  | { readonly type: "close"; readonly close: CloseName };

/** What a log line says of a refused frame. Never what was in it. */
export interface RefusedFrame {
  readonly code: ErrorCode | CloseName;
  /** The frame's type, when it is one of the contract or short. */
  readonly type: string | undefined;
  readonly subscription: string | undefined;
  readonly pointer: string | undefined;
  readonly correlationId: string | undefined;
}

/** What does not change by events. */
export type SessionRules = ContractRules & TopicRules;

/** The next session and what has to be done. */
export interface SessionStep {
  readonly session: Session;
  readonly effects: readonly SessionEffect[];
}
