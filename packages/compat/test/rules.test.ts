import type { Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { checkInclusion, type Inclusion } from "../src/check-inclusion.js";
import type { Rule, Verdict } from "./rules/rule.js";
import { rules } from "./rules/rule-table.js";
import { secondOpinion } from "./support/second-opinion.js";

const verdictOf = ({ verdict }: Inclusion): Verdict =>
  verdict === "included" ? "compatible" : verdict === "excluded" ? "breaking" : "unknown";

/** Of two questions, the one that breaks; unknown where one is not decided and none breaks. */
function worse(a: Verdict, b: Verdict): Verdict {
  if (a === "breaking" || b === "breaking") return "breaking";
  return a === "unknown" || b === "unknown" ? "unknown" : "compatible";
}

const title = ({ keyword, change, policy }: Rule): string =>
  `${keyword}: ${change}${policy === undefined ? "" : ` ${JSON.stringify(policy)}`}`;

const twinOf = (rule: Rule): Rule | undefined => {
  const { mirror } = rule;
  return "twin" in mirror
    ? rules.find(
        ({ keyword, change, policy }) =>
          keyword === rule.keyword &&
          change === mirror.twin &&
          JSON.stringify(policy) === JSON.stringify(rule.policy),
      )
    : undefined;
};

const expected = (verdict: Verdict): Inclusion["verdict"] =>
  verdict === "compatible" ? "included" : verdict === "breaking" ? "excluded" : "unknown";

/** Whether a validator of other authors can judge a rule: it reads draft 2020-12, and asserts formats always. */
const isForOthers = ({ keyword, before, after }: Rule): boolean =>
  keyword !== "format" && !JSON.stringify([before, after]).includes("$schema");

/** Whether that validator takes the witness for one; true where there is none. */
function convinces(narrow: Json, wide: Json, result: Inclusion): boolean {
  if (result.verdict !== "excluded") return true;
  return secondOpinion(narrow)(result.witness) && !secondOpinion(wide)(result.witness);
}

describe("what a change breaks", () => {
  it.each(rules.map((rule) => [title(rule), rule] as const))("%s", (_, rule) => {
    const { before, after, policy = {} } = rule;
    const client = checkInclusion(before, after, policy);
    const server = checkInclusion(after, before, policy);
    const both = worse(verdictOf(client), verdictOf(server));
    expect({ both, client, server }).toMatchObject({
      both: rule.both,
      client: { verdict: expected(rule.client) },
      server: { verdict: expected(rule.server) },
    });
    expect(rule.why !== undefined).toBe([rule.client, rule.server].includes("unknown"));
    if (!isForOthers(rule)) return;
    expect([client, convinces(before, after, client)]).toEqual([client, true]);
    expect([server, convinces(after, before, server)]).toEqual([server, true]);
  });
});

describe("the table", () => {
  it("names each rule once", () => {
    const titles = rules.map(title);
    expect(titles.filter((one, index) => titles.indexOf(one) !== index)).toEqual([]);
  });

  it("has for each rule a twin that goes the other way, or a reason", () => {
    const wrong = rules.filter((rule) => {
      if ("reason" in rule.mirror) return rule.mirror.reason.length < 20;
      const twin = twinOf(rule);
      const swapped = twin && JSON.stringify([twin.after, twin.before]);
      return (
        swapped !== JSON.stringify([rule.before, rule.after]) ||
        twin?.client !== rule.server ||
        twin.server !== rule.client ||
        twin.both !== rule.both
      );
    });
    expect(wrong.map(title)).toEqual([]);
  });

  it("has a rule for each keyword of draft 2020-12 and each kind of change", () => {
    const keywords = new Set(rules.map(({ keyword }) => keyword));
    const known = [
      ...["$anchor", "$defs", "$dynamicRef", "$ref", "additionalProperties", "allOf", "anyOf", "const"],
      ...["contains", "contentEncoding", "contentMediaType", "contentSchema", "dependentRequired"],
      ...[
        "dependentSchemas",
        "else",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "if",
        "items",
      ],
      ...["maxContains", "maxItems", "maxLength", "maxProperties", "maximum", "minContains", "minItems"],
      ...["minLength", "minProperties", "minimum", "multipleOf", "not", "oneOf", "pattern"],
      ...["patternProperties", "prefixItems", "properties", "propertyNames", "required", "then", "type"],
      ...["unevaluatedItems", "unevaluatedProperties", "uniqueItems"],
    ];
    expect(known.filter((keyword) => !keywords.has(keyword))).toEqual([]);
  });
});
