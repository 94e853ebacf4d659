/** Every reason for which this package throws. */
export type TestingErrorCode =
  /** An option has a value that cannot work. */
  | "invalid_option"
  /** The contract cannot be spoken: its discriminator is not `type`. */
  | "unsupported_contract"
  /** The schema has no message of that name or type. */
  | "unknown_message"
  /** No value was found that the schema accepts. */
  | "no_sample"
  /** The topic is not in the contract. */
  | "unknown_topic"
  /** A frame of the server breaks the contract; nothing was sent. */
  | "invalid_frame"
  /** A fake socket was asked for what its state does not allow. */
  | "socket_state"
  /** The proxy could not listen. */
  | "cannot_listen"
  /** The proxy was stopped. */
  | "proxy_stopped";

/** The only error this package throws; the code is in the message and in `code`. */
export class TestingError extends Error {
  override readonly name = "TestingError";
  readonly code: TestingErrorCode;
  /** JSON pointer into the frame, for `invalid_frame`. */
  readonly pointer: string | undefined;

  constructor(
    code: TestingErrorCode,
    message: string,
    options: ErrorOptions & { readonly pointer?: string } = {},
  ) {
    super(`[${code}] ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.pointer = options.pointer;
  }

  /** The error itself when it already is one of ours, else ours around it with `cause` kept. */
  static from(reason: unknown, code: TestingErrorCode): TestingError {
    if (reason instanceof TestingError) return reason;
    return new TestingError(code, reason instanceof Error ? reason.message : String(reason), {
      cause: reason,
    });
  }
}
