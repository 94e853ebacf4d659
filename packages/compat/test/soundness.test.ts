import { Validator } from "@cfworker/json-schema";
import { isObject, type Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { mulberry32, mutated, type Random, randomValue } from "../../codegen/test/support/random-value.js";
import { type Inclusion, InclusionChecker, type JudgedDocument } from "../src/check-inclusion.js";
import { type Edited, edited } from "./support/random-edit.js";
import { type Subject, subjects } from "./support/subjects.js";

/** Pairs of schemas; the long profile asks for 100,000. */
const pairs = Number(process.env.HIVEWIRE_COMPAT_PAIRS ?? 1_500);

/** Instances that each proof is tried with. */
const instances = Number(process.env.HIVEWIRE_COMPAT_INSTANCES ?? 200);

const plain = { assertFormats: false };

/** Values drawn from a schema and changed a little. */
function* drawn(schema: Json, random: Random, count: number): Generator<Json> {
  for (let made = 0; made < count; made++) {
    let value = randomValue(schema, schema, random);
    for (let changes = Math.floor(random() * 3); changes > 0; changes--) value = mutated(value, random);
    yield value;
  }
}

/** Values that a document accepts: of some that are there, and of new ones until there are enough. */
function accepted(
  document: JudgedDocument,
  random: Random,
  count: number,
  known: readonly Json[] = [],
): readonly Json[] {
  const found = known.filter((value) => document.evaluator.accepts("", value));
  for (const value of drawn(document.root, random, 3 * count)) {
    if (found.length >= count) break;
    if (document.evaluator.accepts("", value)) found.push(value);
  }
  return found;
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

/** Verdicts about the edits of one keyword. */
interface Tally {
  included: number;
  excluded: number;
  unknown: number;
}

interface Pair {
  readonly narrow: JudgedDocument;
  readonly wide: JudgedDocument;
  readonly edit: Edited;
  /** Values that the narrow schema accepts. */
  readonly values: () => readonly Json[];
}

/** What is wrong with the verdict about a pair; undefined when nothing is. */
function faultOf(result: Inclusion, { narrow, wide, edit, values }: Pair): string | undefined {
  const about = `(${edit.keyword} at ${edit.pointer}): ${JSON.stringify(narrow.root)} in ${JSON.stringify(wide.root)}`;
  if (result.verdict === "included") {
    const counter = values().find((value) => !wide.evaluator.accepts("", value));
    return counter === undefined ? undefined : `"included", but ${JSON.stringify(counter)} ${about}`;
  }
  if (result.verdict === "unknown") return undefined;
  const { witness } = result;
  if (secondOpinion(narrow.root, witness) && !secondOpinion(wide.root, witness)) return undefined;
  return `"excluded", but the second validator does not take ${JSON.stringify(witness)} ${about}`;
}

/** A line for each keyword that some verdict was unknown about. */
function unknowns(tallies: ReadonlyMap<string, Tally>): string {
  const rows = [...tallies].filter(([, { unknown }]) => unknown > 0);
  return rows
    .map(
      ([keyword, { included, excluded, unknown }]) =>
        `${keyword} ${unknown} of ${included + excluded + unknown}`,
    )
    .join(", ");
}

describe("inclusion of random pairs", () => {
  it("has no proof with a counter-example, no witness that a second validator denies, and is unknown of at most 1 %", () => {
    const all: readonly Subject[] = subjects();
    const random = mulberry32(Number(process.env.HIVEWIRE_COMPAT_SEED ?? 20));
    const tallies = new Map<string, Tally>();
    const faults: string[] = [];
    const reasons = new Set<string>();
    const judge = (checker: InclusionChecker, pair: Pair): void => {
      const { narrow, wide, edit } = pair;
      const result = checker.check({ judged: narrow, pointer: "" }, { judged: wide, pointer: "" }, false);
      const tally = tallies.get(edit.keyword) ?? { included: 0, excluded: 0, unknown: 0 };
      tally[result.verdict]++;
      tallies.set(edit.keyword, tally);
      if (result.verdict === "unknown") reasons.add(`${edit.keyword}: ${result.reason}`);
      const fault = faultOf(result, pair);
      if (fault !== undefined) faults.push(fault);
    };
    const perSubject = Math.ceil(pairs / 2 / all.length);
    for (const subject of all) {
      const first = new InclusionChecker({ ...plain }).document(subject.schema);
      const values = accepted(first, random, instances);
      for (let count = 0; count < perSubject; count++) {
        const edit = edited(subject.schema, random);
        const checker = new InclusionChecker({ ...plain });
        const before = checker.document(subject.schema);
        const after = checker.document(edit.schema);
        judge(checker, { narrow: before, wide: after, edit, values: () => values });
        const others = (): readonly Json[] => accepted(after, random, instances, values.slice(instances / 4));
        judge(checker, { narrow: after, wide: before, edit, values: others });
      }
    }
    const sum = (key: keyof Tally): number =>
      [...tallies.values()].reduce((total, tally) => total + tally[key], 0);
    const total = sum("included") + sum("excluded") + sum("unknown");
    console.log(
      `${all.length} schemas, ${total} pairs: ${sum("included")} included, ${sum("excluded")} excluded, ${sum("unknown")} unknown (${unknowns(tallies)}; ${[...reasons].slice(0, 20).join("; ")})`,
    );
    for (const fault of faults.slice(0, 5)) console.log(fault.slice(0, 1500));
    expect(faults.length).toBe(0);
    expect(sum("unknown") / total).toBeLessThanOrEqual(0.01);
    expect(sum("included")).toBeGreaterThan(total / 4);
    expect(sum("excluded")).toBeGreaterThan(total / 8);
  }, 5_400_000);
});
