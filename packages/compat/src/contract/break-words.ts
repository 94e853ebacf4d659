import type { Json } from "@hivewire/codegen";

/** What is known of a break when it is put into words. */
export interface BreakFacts {
  readonly keyword: string;
  /** What is refused, as `data.status`; empty for the whole frame. */
  readonly path: string;
  /** The name of the member that is missing or not allowed. */
  readonly key: string | undefined;
  /** What the keyword says. */
  readonly limit: Json | undefined;
  /** Refused values, for keywords that list values. */
  readonly values: readonly Json[];
  /** What the message is called. */
  readonly message: string;
}

/** How a break is named and put into words, for messages that clients send and for those they receive. */
interface Words {
  readonly rule: string;
  /** Why the newer server refuses what older clients send. */
  readonly sent: (facts: BreakFacts) => string;
  /** Why older clients refuse what the newer server sends. */
  readonly received: (facts: BreakFacts) => string;
  /** The smallest compatible alternative. */
  readonly mendSent: (facts: BreakFacts) => string;
  readonly mendReceived: (facts: BreakFacts) => string;
}

/** Most values that are listed. */
const maxListed = 5;

/** Longest value that is quoted. */
const maxText = 60;

/** A value in a sentence. */
export function quoted(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}

const code = (text: string): string => (text === "" ? "the message" : `\`${text}\``);
/** Values in a sentence; of many the first. */
const listed = (values: readonly Json[]): string =>
  `${values.slice(0, maxListed).map(quoted).join(", ")}${values.length > maxListed ? " and others" : ""}`;
const place = ({ path }: BreakFacts): string => code(path);

const unit = (limit: Json | undefined, what: string): string =>
  limit === 1 ? what.replace(/s( |$)/, "$1") : what;

const bound = (least: boolean, what: string): Words => ({
  rule: "range-changed",
  sent: (facts) =>
    `${place(facts)} has to be ${least ? "at least" : "at most"} ${quoted(facts.limit)}${unit(facts.limit, what)} now`,
  received: (facts) =>
    `${place(facts)} may be ${least ? "under" : "over"} ${quoted(facts.limit)}${unit(facts.limit, what)} now`,
  mendSent: (facts) =>
    `Keep the old bound in the schema and let the handler answer what is out of the new one; or take a new name beside ${place(facts)} and deprecate the old one.`,
  mendReceived: (facts) =>
    `Keep ${place(facts)} within ${quoted(facts.limit)}, or add a new property for the wider range.`,
});

const generic: Words = {
  rule: "rule-changed",
  sent: (facts) => `${place(facts)} has to meet another rule now (\`${facts.keyword}\`)`,
  received: (facts) => `${place(facts)} no longer keeps the rule \`${facts.keyword}\``,
  mendSent: (facts) =>
    `Loosen \`${facts.keyword}\` until it accepts what was accepted before, or add the new form under a new name.`,
  mendReceived: (facts) =>
    `Keep \`${facts.keyword}\` as strict as it was, or add the new form under a new name.`,
};

const values: Words = {
  rule: "values-changed",
  sent: (facts) => `${place(facts)} no longer accepts ${listed(facts.values)}`,
  received: (facts) => `${place(facts)} may be ${listed(facts.values)} now, which they do not know`,
  mendSent: (facts) => `Go on accepting ${listed(facts.values)}, and deprecate it.`,
  mendReceived: (facts) =>
    `Declare \`x-open\` beside the enum in a major version, so that readers expect values they do not know; or say the new value in a new optional property beside ${place(facts)}.`,
};

const extra: Words = {
  rule: "property-refused",
  sent: (facts) => `${code(joined(facts))} is no longer accepted`,
  received: (facts) =>
    `${code(joined(facts))} is new, and their version accepts no property that it does not declare`,
  mendSent: (facts) => `Keep \`${facts.key}\` as an optional property and mark it deprecated.`,
  mendReceived: () =>
    `Take the new property out of what older versions get: with a converter for them (\`hivewire generate\` makes it), or by a new message.`,
};

const missing: Words = {
  rule: "property-required",
  sent: (facts) => `${code(joined(facts))} is required now`,
  received: (facts) => `${code(joined(facts))} may be missing now`,
  mendSent: (facts) => `Add \`${facts.key}\` as optional and let the server fill in what is missing.`,
  mendReceived: (facts) =>
    `Keep \`${facts.key}\` required, fill it with a default if there is nothing to say, and deprecate it.`,
};

function joined({ path, key }: BreakFacts): string {
  return path === "" ? (key ?? "") : `${path}.${key}`;
}

const type: Words = {
  rule: "type-changed",
  sent: (facts) =>
    `${place(facts)} no longer accepts ${listed(facts.values)}: it has to be ${typeText(facts.limit)}`,
  received: (facts) =>
    `${place(facts)} may be ${listed(facts.values)} now; they expect ${typeText(facts.limit)}`,
  mendSent: (facts) =>
    `Accept the old type beside the new one, or add the new form as an optional property beside ${place(facts)} and deprecate it.`,
  mendReceived: (facts) =>
    `Go on sending ${typeText(facts.limit)} there, and add the new form as an optional property beside ${place(facts)}.`,
};

function typeText(limit: Json | undefined): string {
  return Array.isArray(limit)
    ? limit.map(String).join(" or ")
    : typeof limit === "string"
      ? `${/^[aeio]/.test(limit) ? "an" : "a"} ${limit}`
      : quoted(limit);
}

const pattern: Words = {
  rule: "text-changed",
  sent: (facts) => `${place(facts)} has to match ${quoted(facts.limit)} now`,
  received: (facts) => `${place(facts)} may be a text that does not match ${quoted(facts.limit)} now`,
  mendSent: (facts) =>
    `Accept the old form beside the new one, or add the new form as an optional property beside ${place(facts)}.`,
  mendReceived: (facts) =>
    `Keep ${place(facts)} in the old form, and add the new one as an optional property beside it.`,
};

const union: Words = {
  rule: "alternatives-changed",
  sent: (facts) => `${place(facts)} matches none of the alternatives that the server knows now, or too many`,
  received: (facts) => `${place(facts)} may be an alternative that they do not know`,
  mendSent: () => "Keep the alternative that went, and deprecate it.",
  mendReceived: () => "Send the new alternative as a message of its own, or only to versions that know it.",
};

/** Stands for a keyword where a property is declared that senders may have used for something else. */
export const undeclared = "undeclared";

const claimed: Words = {
  rule: "property-claimed",
  sent: (facts) =>
    `${code(joined(facts))} has a meaning now, while the contract let them send anything under that name`,
  received: (facts) =>
    `${code(joined(facts))} is no longer declared, so that the contract lets servers send anything under that name`,
  mendSent: () => claimedFix,
  mendReceived: () => claimedFix,
};

const claimedFix =
  'If senders never send properties that the schema does not declare, let the contract say so: `x-contract.policy.undeclaredProperties: "never-sent"`.';

/** The table of words, by the keyword that refuses. */
const table: ReadonlyMap<string, Words> = new Map([
  ["required", missing],
  ["dependentRequired", missing],
  ["additionalProperties", extra],
  ["unevaluatedProperties", extra],
  ["propertyNames", { ...generic, rule: "property-refused" }],
  ["enum", values],
  ["const", values],
  ["type", type],
  ["pattern", pattern],
  [
    "format",
    {
      ...pattern,
      sent: (facts) => `${place(facts)} has to have the format ${quoted(facts.limit)} now`,
      received: (facts) => `${place(facts)} may lack the format ${quoted(facts.limit)} now`,
    },
  ],
  ["minimum", bound(true, "")],
  ["exclusiveMinimum", bound(true, "")],
  ["maximum", bound(false, "")],
  ["exclusiveMaximum", bound(false, "")],
  ["minLength", bound(true, " characters long")],
  ["maxLength", bound(false, " characters long")],
  ["minItems", bound(true, " items long")],
  ["maxItems", bound(false, " items long")],
  ["minProperties", bound(true, " members large")],
  ["maxProperties", bound(false, " members large")],
  [undeclared, claimed],
  ["oneOf", union],
  ["anyOf", union],
]);

/** The words for a keyword. */
export function wordsFor(keyword: string): Words {
  return table.get(keyword) ?? generic;
}
