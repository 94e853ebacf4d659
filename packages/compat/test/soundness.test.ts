import { Validator } from "@cfworker/json-schema";
import { isObject, type Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { mulberry32, mutated, type Random, randomValue } from "../../codegen/test/support/random-value.js";
import { InclusionChecker, type JudgedDocument } from "../src/check-inclusion.js";
import { type Edited, edited } from "./support/random-edit.js";
import { type Subject, subjects } from "./support/subjects.js";

/** Pairs of schemas; the long profile asks for 100,000. */
const pairs = Number(process.env.HIVEWIRE_COMPAT_PAIRS ?? 2_000);

/** Instances that each proof is tried with. */
const instances = Number(process.env.HIVEWIRE_COMPAT_INSTANCES ?? 200);

const plain = { assertFormats: false };

/** Values drawn from a schema and changed a little. */
function drawn(schema: Json, random: Random, count: number): readonly Json[] {
  return Array.from({ length: count }, () => {
    let value = randomValue(schema, schema, random);
    for (let changes = Math.floor(random() * 3); changes > 0; changes--) value = mutated(value, random);
    return value;
  });
}

/** The schema without `format`, which the second validator always asserts. */
function withoutFormats(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutFormats(item));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, child]) => key !== "format" || typeof child !== "string");
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutFormats(child)]));
}

/** What a validator of other authors says. */
function secondOpinion(root: Json, value: Json): boolean {
  const schema = withoutFormats(root);
  return isObject(schema) ? new Validator({ ...schema }, "2020-12").validate(value).valid : schema !== false;
}

interface Tally {
  included: number;
  excluded: number;
  unknown: number;
  readonly reasons: Map<string, number>;
  readonly faults: string[];
}

function judge(
  tally: Tally,
  narrow: JudgedDocument,
  wide: JudgedDocument,
  checker: InclusionChecker,
  values: readonly Json[],
  edit: Edited,
): void {
  const result = checker.check({ judged: narrow, pointer: "" }, { judged: wide, pointer: "" }, false);
  tally[result.verdict]++;
  if (result.verdict === "unknown") {
    const key = `${edit.keyword}: ${result.reason}`;
    tally.reasons.set(key, (tally.reasons.get(key) ?? 0) + 1);
  }
  if (result.verdict === "included") {
    const counter = values.find(
      (value) => narrow.evaluator.accepts("", value) && !wide.evaluator.accepts("", value),
    );
    if (counter !== undefined)
      tally.faults.push(
        `"included", but ${JSON.stringify(counter)} (${edit.keyword} at ${edit.pointer}): ${JSON.stringify(narrow.root)} in ${JSON.stringify(wide.root)}`,
      );
  }
  if (result.verdict === "excluded") {
    if (!secondOpinion(narrow.root, result.witness) || secondOpinion(wide.root, result.witness))
      tally.faults.push(
        `"excluded", but the second validator does not take ${JSON.stringify(result.witness)} (${edit.keyword} at ${edit.pointer}): ${JSON.stringify(narrow.root)} in ${JSON.stringify(wide.root)}`,
      );
  }
}

describe("inclusion of random pairs", () => {
  it("has no proof with a counter-example and no witness that a second validator denies", () => {
    const all: readonly Subject[] = subjects();
    const random = mulberry32(Number(process.env.HIVEWIRE_COMPAT_SEED ?? 20));
    const tally: Tally = { included: 0, excluded: 0, unknown: 0, reasons: new Map(), faults: [] };
    const perSubject = Math.ceil(pairs / 2 / all.length);
    const start = performance.now();
    for (const subject of all) {
      const values = drawn(subject.schema, random, instances);
      for (let count = 0; count < perSubject; count++) {
        const edit = edited(subject.schema, random);
        const checker = new InclusionChecker({ ...plain });
        const before = checker.document(subject.schema);
        const after = checker.document(edit.schema);
        judge(tally, before, after, checker, values, edit);
        judge(tally, after, before, checker, [...values, ...drawn(edit.schema, random, instances / 4)], edit);
      }
    }
    const total = tally.included + tally.excluded + tally.unknown;
    console.log(
      `${all.length} subjects, ${total} pairs: ${tally.included} included, ${tally.excluded} excluded, ${tally.unknown} unknown (${((tally.unknown / total) * 100).toFixed(2)} %), ${Math.round(performance.now() - start)} ms`,
      [...tally.reasons].sort((a, b) => b[1] - a[1]).slice(0, 30),
    );
    for (const fault of tally.faults.slice(0, 8)) console.log(fault.slice(0, 1500));
    expect(tally.faults.length).toBe(0);
  }, 3_600_000);
});
