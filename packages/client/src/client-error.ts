/** Every reason for which this package throws, rejects, or reports a fault. */
export type ClientErrorCode =
  /** An option is outside its range. Thrown by `createClient`. */
  | "invalid-option"
  /** The contract cannot be spoken: its discriminator is not `type`. Thrown by `createClient`. */
  | "unsupported-contract"
  /** The topic is not in the contract. Thrown by `subscribe`. */
  | "unknown-topic"
  /** The runtime has no WebSocket and none was passed. Final. */
  | "no-websocket"
  /** The URL, or the socket that was made for it, was refused before any network. Final. */
  | "invalid-url"
  /** The URL or token provider threw or rejected. Tried again. */
  | "provider-failed"
  /** No `connection_established` in time. Tried again. */
  | "connect-timeout"
  /** The connection broke; `closeCode` says how. Tried again. */
  | "connection-lost"
  /** The server closed for good; `closeCode` says why. Final. */
  | "server-closed"
  /** The server refused the credentials, also after a refresh. Final. */
  | "unauthorized"
  /** Client and server have no contract version in common. Final. */
  | "version-mismatch"
  /** `close()` was called. Final. */
  | "closed"
  /** Sent or requested while the client was not `ready`. */
  | "not-ready"
  /** The frame to send is not JSON: a cycle or a bigint. */
  | "invalid-frame"
  /** No reply in time. The server may have acted on the request. */
  | "request-timeout"
  /** The request's signal was aborted. The server may have acted on the request. */
  | "aborted"
  /** The server answered the request with an `error` frame; `server` has its fields. */
  | "request-refused"
  /** Fault: what arrived is not a JSON object with a `type`. It was dropped. */
  | "malformed-frame"
  /** Fault: a frame arrived before `connection_established`. It was dropped. */
  | "early-frame"
  /** Fault: a handler or listener of the application threw; `cause` is what it threw. */
  | "handler-failed";

/** The fields of an `error` frame that programs read (PROTOCOL.md, "Errors"). */
export interface ServerFault {
  /** `message` of the frame, for people. */
  readonly message: string;
  /** `code` of the frame; undefined from a 1.0 server. */
  readonly code: string | undefined;
  /** JSON pointer to what is wrong in the request. */
  readonly pointer: string | undefined;
  /** What to do about it. */
  readonly hint: string | undefined;
  /** How long to wait before the next try, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/** What an error carries beside its code and sentence. */
export interface ClientErrorDetails {
  /** What was thrown underneath. */
  readonly cause?: unknown;
  /** Status code of the close (RFC 6455 section 7.4). */
  readonly closeCode?: number;
  /** The server's own words. */
  readonly server?: ServerFault;
}

/** The only error this package throws, rejects with or reports; the code is in the message and in `code`. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  /** Which of the closed list of reasons it is. */
  readonly code: ClientErrorCode;
  /** Status code of the close, for `connection-lost`, `server-closed`, `unauthorized` and `version-mismatch`. */
  readonly closeCode: number | undefined;
  /** The server's `error` frame, for `request-refused`. */
  readonly server: ServerFault | undefined;

  constructor(code: ClientErrorCode, sentence: string, details: ClientErrorDetails = {}) {
    super(`[${code}] ${sentence}`, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.closeCode = details.closeCode;
    this.server = details.server;
  }

  /** The error itself when it already is one of ours, else ours around it with `cause` kept. */
  static from(reason: unknown, code: ClientErrorCode, sentence: string): ClientError {
    return reason instanceof ClientError ? reason : new ClientError(code, sentence, { cause: reason });
  }
}
