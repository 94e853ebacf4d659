import type { Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { checkInclusion, type Inclusion, InclusionChecker } from "../src/check-inclusion.js";
import { readDocument } from "../src/read-document.js";
import { defaultBounds, type SolverBounds } from "../src/solve/solver.js";
import { crowds } from "./bounds/large-rows.js";
import { alternatives, depth } from "./bounds/nested-rows.js";
import { loops, oddities } from "./bounds/odd-rows.js";
import { map, text } from "./bounds/row.js";
import { nested, nestedObjects, pigeons, recursion, unions } from "./support/pathological.js";

function solved(
  narrow: Json,
  wide: Json,
  bounds: Partial<SolverBounds> = {},
): { readonly result: Inclusion; readonly checker: InclusionChecker } {
  const checker = new InclusionChecker({ bounds });
  const side = (schema: Json) => ({
    judged: checker.document(readDocument(schema, "bounds.json")),
    pointer: "",
  });
  return { result: checker.check(side(narrow), side(wide), false), checker };
}

describe.each([
  ["alternatives", alternatives],
  ["crowds", crowds],
  ["loops", loops],
  ["oddities", oddities],
])("ends within the bounds: %s", (_, rows) => {
  it.each(rows)("%s", (_title, narrow, wide, want) => {
    const { result, checker } = solved(narrow, wide);
    expect(result).toMatchObject({ verdict: want });
    // What is counted after the last look was begun before it.
    expect(checker.solver.steps).toBeLessThan(defaultBounds.maxSteps + 1_000);
    expect(checker.solver.effort.taken).toBeLessThanOrEqual(defaultBounds.maxLooks);
  });
});

it.each(depth)("ends without overflowing the stack: %s", (_title, narrow, wide, want) => {
  expect(checkInclusion(narrow, wide).verdict).toBe(want);
});

it.each([
  ["steps", { maxSteps: 10 }, "it was not decided within 10 steps"],
  ["looks", { maxLooks: 1_000 }, "it was not decided within 1000 looks"],
  ["levels", { maxDepth: 3 }, "it is nested over 3 levels deep"],
])("stops at a bound of %s that is asked for", (_, bounds, reason) => {
  const schema = nested(
    9,
    (inner) => map({ properties: { a: inner }, required: ["a"], allOf: [unions("anyOf", 9)] }),
    text,
  );
  const wide = nested(9, (inner) => map({ properties: { a: inner }, not: unions("oneOf", 9) }), text);
  const { result } = solved({ allOf: [schema, wide] }, false, bounds);
  expect(result).toEqual({ verdict: "unknown", reason });
});

it("answers a question as before after another one was broken off", () => {
  const checker = new InclusionChecker({ bounds: { maxSteps: 200 } });
  const side = (schema: Json) => ({ judged: checker.document(schema), pointer: "" });
  const whole = side(recursion(3, { type: "integer" }));
  const number = side(recursion(3, { type: "number" }));
  expect(checker.check(whole, number, false).verdict).toBe("included");
  expect(checker.check(side(pigeons(7)), side(false), false).verdict).toBe("unknown");
  expect(checker.check(side(nestedObjects(5_000, text)), side(text), false).verdict).toBe("unknown");
  expect(checker.check(whole, number, false).verdict).toBe("included");
  expect(checker.check(number, whole, false).verdict).toBe("excluded");
});
