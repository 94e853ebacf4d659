/** Every reason for which this package throws. */
export type ProtocolErrorCode = "invalid_version" | "invalid_limit" | "unknown_close_code";

/** The only error this package throws; the code is in the message and in `code`. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(`[${code}] ${message}`, options);
    this.code = code;
  }

  /** The error itself when it already is one of ours, else ours around it with `cause` kept. */
  static from(reason: unknown, code: ProtocolErrorCode): ProtocolError {
    if (reason instanceof ProtocolError) return reason;
    return new ProtocolError(code, reason instanceof Error ? reason.message : String(reason), {
      cause: reason,
    });
  }
}
