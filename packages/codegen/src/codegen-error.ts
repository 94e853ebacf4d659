/** Every reason for which this package throws. */
export type CodegenErrorCode =
  | "too_large"
  | "invalid_json"
  | "invalid_yaml"
  | "duplicate_key"
  | "invalid_schema"
  | "unsafe_pattern"
  | "unsupported_dialect"
  | "unresolved_reference"
  | "invalid_contract"
  | "internal";

/** Where in the source a fault stands. */
export interface SourceLocation {
  /** The file's name as it was handed in. */
  readonly file: string;
  /** Line, counted from 1. */
  readonly line: number;
  /** Column, counted from 1, in UTF-16 units. */
  readonly column: number;
  /** JSON pointer (RFC 6901) of the value at fault; empty for the whole document. */
  readonly pointer: string;
}

/** What a fault says beside its code. */
export interface CodegenErrorDetail {
  /** What would have been right, as a sentence part. */
  readonly expected?: string;
  readonly location?: SourceLocation;
  readonly cause?: unknown;
}

/** The only error this package throws; nothing has been generated when it is thrown. */
export class CodegenError extends Error {
  override readonly name = "CodegenError";
  readonly code: CodegenErrorCode;
  readonly expected: string | undefined;
  readonly location: SourceLocation | undefined;

  constructor(code: CodegenErrorCode, message: string, detail: CodegenErrorDetail = {}) {
    super(`[${code}] ${message}`, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.expected = detail.expected;
    this.location = detail.location;
  }

  /** The error itself when it already is one of ours, else an `internal` one around it. */
  static from(reason: unknown): CodegenError {
    if (reason instanceof CodegenError) return reason;
    const text = reason instanceof Error ? reason.message : String(reason);
    return new CodegenError("internal", `Failed to generate: ${text}.`, { cause: reason });
  }
}
