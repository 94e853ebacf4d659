import type { ValidationIssue } from "@hivewire/protocol";

/** Every reason for which this package throws, rejects, or reports a fault. */
export type ClientErrorCode =
  /** An option is outside its range; the sentence names it, its value and the range. Thrown by `createClient`. */
  | "invalid-option"
  /** The contract cannot be spoken: its discriminator is not `type`. Thrown by `createClient`. */
  | "unsupported-contract"
  /** The topic is not in the contract. Thrown by `subscribe`. */
  | "unknown-topic"
  /** There is no `ClientProvider` above the component. Thrown by `useContextClient`. */
  | "no-provider"
  /** The runtime has no WebSocket and none was passed. Final. */
  | "no-websocket"
  /** The URL, or the socket that was made for it, was refused before any network. Final. */
  | "invalid-url"
  /** The URL or token provider threw or rejected. Tried again; also a fault when it was a refresh. */
  | "provider-failed"
  /** No `connection_established` in time. Tried again. */
  | "connect-timeout"
  /** The connection broke; `closeCode` says how. Tried again. */
  | "connection-lost"
  /** The server answered no ping in time. Tried again. */
  | "no-pong"
  /** The page was hidden, frozen or offline. Tried again when it is back. */
  | "suspended"
  /** The server closed for good; `closeCode` says why. Final. */
  | "server-closed"
  /** The server refused the credentials, also after a refresh. Final. */
  | "unauthorized"
  /** Client and server have no contract version in common. Final. */
  | "version-mismatch"
  /** `close()` was called. Final. */
  | "closed"
  /** Sent or requested with `queue: false` while no frame could leave at once. */
  | "not-ready"
  /** As many frames, or bytes, wait as may wait. */
  | "outbox-full"
  /** The server dropped frames for their rate: it may have dropped this one. */
  | "rate-limited"
  /** The frame to send is not JSON: a cycle or a bigint. */
  | "invalid-frame"
  /** No reply in time. The server may have acted on the request, unless it was still queued. */
  | "request-timeout"
  /** The request's signal was aborted. The server may have acted on the request, unless it was still queued. */
  | "aborted"
  /** The server answered the request with an `error` frame; `server` has its fields. */
  | "request-refused"
  /** Fault: what arrived is not a JSON object with a `type`. It was dropped. */
  | "malformed-frame"
  /** Fault: a frame breaks the contract (option `validate`); `issue` says where. It was dropped. */
  | "refused-frame"
  /** Fault: a frame arrived before `connection_established`. It was dropped. */
  | "early-frame"
  /** Fault: a handler or listener of the application threw; `cause` is what it threw. */
  | "handler-failed";

/** An `error` frame as the server sent it (PROTOCOL.md, "Errors"): a 1.0 server sends only `message`. */
export interface ServerFault {
  /** For people. */
  readonly message: string;
  /** For programs, e.g. `invalid_message`. */
  readonly code?: string;
  /** JSON pointer to what is wrong in the request. */
  readonly pointer?: string;
  /** What to do about it. */
  readonly hint?: string;
  /** How long to wait before the next try, in milliseconds. */
  readonly retry_after_ms?: number;
  /** Contract versions of the server, with `unsupported_contract_version`. */
  readonly supported_versions?: readonly string[];
}

/** What an error carries beside its code and sentence. */
export interface ClientErrorDetails {
  /** What was thrown underneath. */
  readonly cause?: unknown;
  /** Status code of the close (RFC 6455 section 7.4). */
  readonly closeCode?: number | undefined;
  /** The server's own words. */
  readonly server?: ServerFault | undefined;
  /** What is wrong in a frame, and where. */
  readonly issue?: ValidationIssue | undefined;
}

/** The only error this package throws, rejects with or reports; the code is in the message and in `code`. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  /** Which of the closed list of reasons it is. */
  readonly code: ClientErrorCode;
  /** Status code of the close, for `connection-lost`, `server-closed`, `unauthorized` and `version-mismatch`. */
  readonly closeCode: number | undefined;
  /** The server's `error` frame: the answer to a request, or what it said before it closed. */
  readonly server: ServerFault | undefined;
  /** Pointer, keyword and hint, for `refused-frame`. */
  readonly issue: ValidationIssue | undefined;

  constructor(code: ClientErrorCode, sentence: string, details: ClientErrorDetails = {}) {
    super(`[${code}] ${sentence}`, details);
    this.code = code;
    this.closeCode = details.closeCode;
    this.server = details.server;
    this.issue = details.issue;
  }

  /** The error itself when it already is one of ours, else ours around it with `cause` kept. */
  static from(reason: unknown, code: ClientErrorCode, sentence: string): ClientError {
    return reason instanceof ClientError ? reason : new ClientError(code, sentence, { cause: reason });
  }
}

/** The error whose sentence is `Failed to …: …. Please ….` */
export function failure(
  code: ClientErrorCode,
  action: string,
  why: string,
  advice: string,
  details?: ClientErrorDetails,
): ClientError {
  return new ClientError(code, `Failed to ${action}: ${why}. Please ${advice}.`, details);
}
