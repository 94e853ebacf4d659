import type { Key } from "./explain-words.js";
import type { Shape } from "./shape.js";
import type { ValidationIssue } from "./validation.js";

/** Most shapes that one explanation looks at: unions within unions multiply. */
export const maxVisits = 20_000;

/** A walk of a shape along a value, as the rules see it. */
export interface Walk {
  readonly issues: ValidationIssue[];
  /** Most issues that are wanted. */
  readonly limit: number;
  /** Shapes that were looked at. */
  readonly visits: number;
  /** Keys to the value that is looked at. */
  readonly path: readonly Key[];
  /** What holds each of them. */
  readonly holders: readonly unknown[];
  /** Adds the fault of a rule at the current place. */
  readonly add: (op: number, asserted: unknown, value: unknown, hint?: string) => void;
  /** Holds a value against a shape. */
  readonly visit: (shape: Shape, value: unknown) => void;
  /** The same for a member, one step further down; not walked where it can be told at once that nothing is wrong. */
  readonly inside: (holder: unknown, key: Key, shape: Shape, value: unknown) => void;
  /** Does something about a member, or about what is missing there. */
  readonly at: (holder: unknown, key: Key, run: () => void) => void;
  /** What would be wrong, asked apart from what was found so far. */
  readonly trial: (shape: Shape, value: unknown) => readonly ValidationIssue[];
  /** Whether nothing would be. */
  readonly accepts: (shape: Shape, value: unknown) => boolean;
}
