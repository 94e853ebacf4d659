import type { ContractTypes } from "./contract.js";

/** One fault of a refused value. */
export interface ValidationIssue {
  /** JSON pointer (RFC 6901) into the value; for a missing property, where it belongs. Keys over 128 characters are cut. */
  readonly pointer: string;
  /** The JSON Schema keyword that refused it, e.g. `required`; `discriminator` when no message has that name. */
  readonly keyword: string;
  /** What would have been right, e.g. `string`, `one of "idle", "busy"`, `present`. Speaks of the schema only. */
  readonly expected: string;
  /** What kind of value was there, e.g. `number`, `string of 3 characters`, `nothing`. Never quotes the value. */
  readonly received: string;
  /** `expected` as a sentence part: `must be string`. */
  readonly message: string;
  /** What to do about it, when there is something to say. */
  readonly hint?: string;
}

/** Accepted, with the value under its type, or refused with the primary fault. */
export type ValidationResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** The first fault: what to mend. */
      readonly issue: ValidationIssue;
      /** With `allErrors` up to 20 faults, else only the first. */
      readonly issues: readonly ValidationIssue[];
    };

/** How a value is explained. */
export interface ValidateOptions {
  /** Collect up to 20 faults instead of the first. @default false */
  readonly allErrors?: boolean;
}

/** Decides whether a value is a `T`. Never throws, never changes the value. */
export type Validate<T> = (value: unknown, options?: ValidateOptions) => ValidationResult<T>;

/** What the generated `validators` module exports for each direction. */
export interface Validators<Types extends ContractTypes = ContractTypes> {
  /** Frames that clients send. */
  readonly client: Validate<Types["client"]>;
  /** Frames that servers send. */
  readonly server: Validate<Types["server"]>;
}

/** The part of Standard Schema v1 that validators have (https://standardschema.dev). */
export interface StandardProps<T> {
  readonly version: 1;
  readonly vendor: "hivewire";
  readonly validate: (value: unknown) =>
    | { readonly value: T; readonly issues?: undefined }
    | {
        readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[];
      };
  /** Never set: carries the types. */
  readonly types?: { readonly input: T; readonly output: T };
}

/** A validator that also speaks Standard Schema. */
export interface Validator<T> extends Validate<T> {
  readonly "~standard": StandardProps<T>;
}
