/** Where a frame stands in a topic's stream; `offset` counts by one within an `epoch`. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** Requests that the protocol itself answers, whatever the contract (PROTOCOL.md, "Client → server"). */
export type ControlRequest =
  | { readonly type: "ping" }
  | {
      readonly type: "subscribe";
      readonly subscriptions: readonly string[];
      readonly resume: Readonly<Record<string, Position>>;
    }
  | { readonly type: "unsubscribe"; readonly subscriptions: readonly string[] }
  | { readonly type: "authenticate"; readonly accessToken: string };

/** The first frame of every connection, as far as the SDK reads it. */
export interface Established {
  readonly connectionId: string;
  /** The negotiated version; 1.0.0 when the server said none. */
  readonly contractVersion: string;
  /** Topics that are live without asking. */
  readonly subscriptions: readonly string[];
  /** Time between the server's pings, when it said so. */
  readonly heartbeatMs: number | undefined;
}

const controlTypes: ReadonlySet<string> = new Set(["ping", "subscribe", "unsubscribe", "authenticate"]);

/** Whether the protocol itself answers this `type`. */
export function isControlType(type: string): boolean {
  return controlTypes.has(type);
}

/** The JSON pointer of what a control request lacks. */
export interface ControlFault {
  readonly pointer: string;
  readonly message: string;
}

function strings(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const all: readonly unknown[] = value;
  return all.every((item): item is string => typeof item === "string") ? all : undefined;
}

/** Whether a value is a position: an epoch and an offset from 0 on. */
export function isPosition(value: unknown): value is Position {
  if (typeof value !== "object" || value === null) return false;
  if (!("epoch" in value) || !("offset" in value)) return false;
  return typeof value.epoch === "string" && Number.isSafeInteger(value.offset) && Number(value.offset) >= 0;
}

function positions(value: unknown): Readonly<Record<string, Position>> | undefined {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  const valid = entries.filter((entry): entry is [string, Position] => isPosition(entry[1]));
  return valid.length === entries.length ? Object.fromEntries(valid) : undefined;
}

/**
 * Reads a control request from a parsed frame. It stands behind the contract's own validation, so
 * that a contract which leaves these messages out, or shapes them otherwise, cannot break the server.
 * @returns the request, a fault, or undefined when `type` is none of the protocol's
 */
export function readControlRequest(
  frame: Readonly<Record<string, unknown>>,
): ControlRequest | ControlFault | undefined {
  switch (frame.type) {
    case "ping":
      return { type: "ping" };
    case "subscribe":
    case "unsubscribe": {
      const subscriptions = strings(frame.subscriptions);
      if (!subscriptions) return { pointer: "/subscriptions", message: "must be an array of topic names" };
      if (frame.type === "unsubscribe") return { type: "unsubscribe", subscriptions };
      const resume = positions(frame.resume);
      if (!resume) return { pointer: "/resume", message: "must map topics to { epoch, offset }" };
      return { type: "subscribe", subscriptions, resume };
    }
    case "authenticate":
      return typeof frame.access_token === "string"
        ? { type: "authenticate", accessToken: frame.access_token }
        : { pointer: "/access_token", message: "must be a string" };
    default:
      return undefined;
  }
}

/** Reads `connection_established`; undefined when the frame is anything else. */
export function readEstablished(
  frame: Readonly<Record<string, unknown>>,
  unversioned: string,
): Established | undefined {
  if (frame.type !== "connection_established") return undefined;
  return {
    connectionId: typeof frame.connection_id === "string" ? frame.connection_id : "",
    contractVersion: typeof frame.contract_version === "string" ? frame.contract_version : unversioned,
    subscriptions: strings(frame.subscriptions) ?? [],
    heartbeatMs: typeof frame.heartbeat_ms === "number" ? frame.heartbeat_ms : undefined,
  };
}
