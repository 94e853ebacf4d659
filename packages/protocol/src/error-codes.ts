/** One row of the table of errors that a server sends (PROTOCOL.md, "Errors"). */
export interface ErrorRow {
  /** The first words of `message`: a promise to 1.0 clients, which have no `code` to read. */
  readonly message: string;
  /** When a server sends it. */
  readonly when: string;
  /** Close code that follows at once; null leaves the connection open. */
  readonly closes: number | null;
}

/** The table of `error.code` values. Validation, documents and the server read this one. */
export const errorCodes = {
  invalid_json: {
    message: "Invalid JSON message format",
    when: "the frame does not parse, or is not an object",
    closes: null,
  },
  message_too_large: {
    message: "Message too large",
    when: "the frame is over the limit in UTF-8 bytes; it is dropped",
    closes: null,
  },
  rate_limited: {
    message: "Rate limit exceeded",
    when: "the connection's bucket is empty; once per cooldown",
    closes: null,
  },
  unknown_message_type: {
    message: "Unknown message type",
    when: "no client message of the negotiated version has this type",
    closes: null,
  },
  invalid_message: {
    message: "Invalid message",
    when: "the frame breaks the schema of its type",
    closes: null,
  },
  invalid_subscription: {
    message: "Invalid subscription(s)",
    when: "topics that the contract does not have; the valid ones of the same request take effect",
    closes: null,
  },
  too_many_subscriptions: {
    message: "Too many subscriptions requested",
    when: "the connection would hold more topics than the limit",
    closes: null,
  },
  unsupported_contract_version: {
    message: "Unsupported contract version",
    when: "client and server have no version in common",
    closes: 4406,
  },
  unauthorized: {
    message: "Unauthorized",
    when: "credentials are missing, wrong or expired",
    closes: 4401,
  },
  forbidden: {
    message: "Forbidden",
    when: "the credentials do not reach this topic; it is withheld",
    closes: null,
  },
  internal: {
    message: "Internal error",
    when: "a handler threw; the cause is in the server's log under the correlation_id",
    closes: null,
  },
} as const satisfies Record<string, ErrorRow>;

/** A value of `error.code`. */
export type ErrorCode = keyof typeof errorCodes;

/** Whether a value is a code of the table. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(errorCodes, value);
}
