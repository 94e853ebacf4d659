/** Every reason for which this package throws. */
export type CompatErrorCode = "invalid_policy" | "internal";

/** The only error this package throws. */
export class CompatError extends Error {
  override readonly name = "CompatError";
  readonly code: CompatErrorCode;

  constructor(code: CompatErrorCode, message: string, options?: ErrorOptions) {
    super(`[${code}] ${message}`, options);
    this.code = code;
  }

  /** The error itself when it already is one of ours, else an `internal` one around it. */
  static from(reason: unknown): CompatError {
    if (reason instanceof CompatError) return reason;
    const text = reason instanceof Error ? reason.message : String(reason);
    return new CompatError("internal", text, { cause: reason });
  }
}
