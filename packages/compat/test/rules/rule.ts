import type { Json } from "@hivewire/codegen";

/** What a change is to those who speak by the older schema. */
export type Verdict = "compatible" | "breaking" | "unknown";

/** What holds beyond the schemas; the strict choice where nothing is said. */
export interface RulePolicy {
  readonly assertFormats?: boolean;
  readonly declaredOnly?: boolean;
}

/** One kind of change of one keyword. */
export interface Rule {
  readonly keyword: string;
  /** What changes, in a few words. */
  readonly change: string;
  readonly before: Json;
  readonly after: Json;
  /** For a message that a client sends: everything that fitted before has to fit after. */
  readonly client: Verdict;
  /** For a message that a server sends: everything that fits after has to have fitted before. */
  readonly server: Verdict;
  /** For what both send. */
  readonly both: Verdict;
  readonly policy?: RulePolicy | undefined;
  /** The change of the rule that goes the other way, or why there is none. */
  readonly mirror: { readonly twin: string } | { readonly reason: string };
  /** Why a verdict of this rule is unknown. */
  readonly why?: string;
}

/** A change that accepts more, and its twin that accepts less. */
export function twins(
  keyword: string,
  [widening, narrowing]: readonly [string, string],
  narrow: Json,
  wide: Json,
  policy?: RulePolicy,
): readonly Rule[] {
  return [
    {
      ...{ keyword, change: widening, before: narrow, after: wide, policy },
      ...{ client: "compatible", server: "breaking", both: "breaking", mirror: { twin: narrowing } },
    },
    {
      ...{ keyword, change: narrowing, before: wide, after: narrow, policy },
      ...{ client: "breaking", server: "compatible", both: "breaking", mirror: { twin: widening } },
    },
  ];
}

/** A change that accepts something new and refuses something old. */
export function incomparable(
  keyword: string,
  change: string,
  before: Json,
  after: Json,
  policy?: RulePolicy,
): readonly Rule[] {
  return [
    {
      ...{ keyword, change, before, after, policy },
      ...{ client: "breaking", server: "breaking", both: "breaking" },
      mirror: { reason: "neither holds the other: the way back is the same kind of change" },
    },
  ];
}

/** A change of words alone. */
export function same(
  keyword: string,
  change: string,
  before: Json,
  after: Json,
  policy?: RulePolicy,
): readonly Rule[] {
  return [
    {
      ...{ keyword, change, before, after, policy },
      ...{ client: "compatible", server: "compatible", both: "compatible" },
      mirror: { reason: "both mean the same: the way back is the same kind of change" },
    },
  ];
}
