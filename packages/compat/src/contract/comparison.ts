import type { Json, SourceLocation } from "@hivewire/codegen";

/** Where a change shows: on the wire, in generated TypeScript, or only to readers of documents. */
export type Plane = "wire" | "typescript" | "documentation";

/** Smallest step of the version that says a change. */
export type Bump = "none" | "patch" | "minor" | "major";

/** What is known of a change: it breaks someone, that could not be ruled out, or it is proven to break no one. */
export type Verdict = "breaking" | "unproven" | "compatible";

/** A frame that one side sends and the other refuses. */
export interface Witness {
  readonly frame: Json;
  /** JSON pointer into the frame, of what is refused. */
  readonly pointer: string;
  /** Why it is refused, as a sentence part such as `must be one of "a", "b"`. */
  readonly reason: string;
}

/** One change between two contracts. */
export interface Change {
  /** Stable name: 12 hexadecimal digits of what changed and for whom, whatever line it stands on. Waivers name it. */
  readonly id: string;
  /** Name of the kind of change, such as `property-required`. */
  readonly rule: string;
  readonly plane: Plane;
  readonly verdict: Verdict;
  /** Messages that are affected, by discriminator value or name. */
  readonly messages: readonly string[];
  /** Who sends those messages; null where that makes no difference. */
  readonly sender: "client" | "server" | null;
  /** JSON pointer into the newer schema. */
  readonly pointer: string;
  /** Where that stands. */
  readonly location: SourceLocation;
  /** First sentence a person reads: who breaks, and how. */
  readonly summary: string;
  /** How to mend it: the smallest compatible alternative. */
  readonly fix: string;
  readonly witness: Witness | undefined;
}

/** Two contracts side by side. */
export interface Comparison {
  readonly name: string;
  readonly older: { readonly label: string; readonly version: string };
  readonly newer: { readonly label: string; readonly version: string };
  /** Breaking first, then unproven, then compatible. */
  readonly changes: readonly Change[];
  /** The step that the changes ask for. */
  readonly bump: Bump;
}
