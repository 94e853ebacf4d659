/** What a string has to be; all of it at once. */
export interface StringConditions {
  /** Fewest code points. */
  readonly minLength: number;
  /** Most code points; infinite when there is no bound. */
  readonly maxLength: number;
  /** Patterns (ECMA-262 source, `u` flag, unanchored) that have to match. */
  readonly matches: readonly string[];
  /** Patterns that must not match. */
  readonly refuses: readonly string[];
  /** Strings that it must not be. */
  readonly excluded: ReadonlySet<string>;
}

/** What is known of the strings that meet conditions. */
export type StringAnswer =
  /** Different strings that meet them, short and readable ones first; `complete`: there are no others. */
  | { readonly kind: "found"; readonly texts: readonly string[]; readonly complete: boolean }
  /** Proven: no string meets them. */
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly reason: string };
