/** Every reason for which this package throws. */
export type ReferenceServerErrorCode =
  /** A flag is unknown. Exit code 2. */
  | "usage"
  /** A variable of the environment cannot be used. Exit code 2. */
  | "invalid_configuration"
  /** Somebody else listens on the port. Exit code 1. */
  | "port_taken"
  /** The address cannot be listened on. Exit code 1. */
  | "cannot_listen"
  /** The keys of JSON Web Tokens cannot be fetched; nobody is let in by one. */
  | "keys_unavailable"
  /** A fault of this package. Exit code 70. */
  | "internal";

/** The only error this package throws; the code is in the message and in `code`. */
export class ReferenceServerError extends Error {
  override readonly name = "ReferenceServerError";
  readonly code: ReferenceServerErrorCode;

  constructor(code: ReferenceServerErrorCode, message: string, options?: ErrorOptions) {
    super(`[${code}] ${message}`, options);
    this.code = code;
  }

  /** The error itself when it already is one of ours, else ours around it with `cause` kept. */
  static from(reason: unknown, code: ReferenceServerErrorCode): ReferenceServerError {
    if (reason instanceof ReferenceServerError) return reason;
    return new ReferenceServerError(code, reason instanceof Error ? reason.message : String(reason), {
      cause: reason,
    });
  }
}
