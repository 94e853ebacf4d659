/** Every reason for which this package throws. */
export type ServerErrorCode =
  /** The contract cannot be spoken: its discriminator is not `type`. */
  | "unsupported_contract"
  /** An option has a value that cannot work. */
  | "invalid_option"
  /** A frame to publish breaks the contract; nothing was sent. */
  | "invalid_frame"
  /** The topic is not in the contract. */
  | "unknown_topic"
  /** The bus did not take a frame, or not in time. */
  | "bus_failed"
  /** The server is closing or closed. */
  | "server_closed";

/** The only error this package throws; the code is in the message and in `code`. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: ServerErrorCode;
  /** JSON pointer into the frame, for `invalid_frame`. */
  readonly pointer: string | undefined;

  constructor(
    code: ServerErrorCode,
    message: string,
    options: ErrorOptions & { readonly pointer?: string } = {},
  ) {
    super(`[${code}] ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.pointer = options.pointer;
  }

  /** The error itself when it already is one of ours, else ours around it with `cause` kept. */
  static from(reason: unknown, code: ServerErrorCode): ServerError {
    if (reason instanceof ServerError) return reason;
    return new ServerError(code, reason instanceof Error ? reason.message : String(reason), {
      cause: reason,
    });
  }
}
