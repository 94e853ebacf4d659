import type { ContractTypes } from "./contract.js";

/** The one fault a refused value is told about. */
export interface ValidationIssue {
  /** JSON pointer (RFC 6901) into the value; for a missing property, where it belongs. */
  readonly pointer: string;
  /** The JSON Schema keyword that refused it, e.g. `required`. */
  readonly keyword: string;
  /** What was expected, as a sentence part: `must be string`. Never quotes the value. */
  readonly message: string;
  /** What to do about it, when there is something to say. */
  readonly hint?: string;
}

/** Accepted, with the value under its type, or refused with the primary fault. */
export type ValidationResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issue: ValidationIssue };

/** Decides whether a value is a `T`. Never throws, never changes the value. */
export type Validate<T> = (value: unknown) => ValidationResult<T>;

/** What the generated `validators` module exports for each direction. */
export interface Validators<Types extends ContractTypes = ContractTypes> {
  /** Frames that clients send. */
  readonly client: Validate<Types["client"]>;
  /** Frames that servers send. */
  readonly server: Validate<Types["server"]>;
}
