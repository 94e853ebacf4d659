import { type ErrorCode, errorCodes, type Position } from "@hivewire/protocol";

/** A frame that the server sends, before it is stamped. */
export interface OutgoingFrame {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A parsed frame of a client: an object, of which nothing else is known. */
export type IncomingFrame = Readonly<Record<string, unknown>>;

/** What an `error` frame says beside its code. */
interface ErrorDetail {
  /** What follows the table's words after a colon. */
  readonly about?: string | undefined;
  readonly pointer?: string | undefined;
  readonly hint?: string | undefined;
  readonly supported_versions?: readonly string[] | undefined;
}

/** An `error` frame in the words of the protocol's table. */
export function errorFrame(code: ErrorCode, { about, ...detail }: ErrorDetail = {}): OutgoingFrame {
  const { message } = errorCodes[code];
  const told = Object.entries(detail).filter(([, value]) => value !== undefined);
  return {
    type: "error",
    message: about === undefined ? message : `${message}: ${about}`,
    code,
    ...Object.fromEntries(told),
  };
}

/** What a `resume` brought back of one topic (PROTOCOL.md, "Resume"). */
export interface Recovery {
  readonly complete: boolean;
  readonly replayed: number;
}

/** The members that have entries, under their names. */
export function filled(members: Readonly<Record<string, Readonly<Record<string, unknown>>>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, map]) => Object.keys(map).length > 0));
}

/** Answers a change of topics. `positions`: where the topics begin that are live from now on. */
export function subscriptionUpdated(
  subscriptions: readonly string[],
  positions: Readonly<Record<string, Position>>,
  recovered: Readonly<Record<string, Recovery>>,
): OutgoingFrame {
  return { type: "subscription_updated", subscriptions, ...filled({ positions, recovered }) };
}

/** The notice before a close. */
export function disconnectNotice(reason: string, code: number, reconnectAfterMs?: number): OutgoingFrame {
  const spread = reconnectAfterMs === undefined ? {} : { reconnect_after_ms: reconnectAfterMs };
  return { type: "disconnect_notice", reason, code, ...spread };
}
