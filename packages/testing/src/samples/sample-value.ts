import { alternatives, type Task } from "./alternatives.js";
import { type TypeName, typeNames, typesOf } from "./assertions.js";
import { holds } from "./holds.js";
import { sampleArray } from "./sample-array.js";
import { sampleNumber } from "./sample-number.js";
import { sampleObject } from "./sample-object.js";
import { sampleText } from "./sample-text.js";
import { list, own, type Schema } from "./schema-walk.js";

/** Combinations of branches that are tried for one value. */
const maxCombinations = 200;

/** Values that are tried per type and combination. */
const maxAttempts = 6;

/** Keywords that tell a type when `type` does not. */
const hints: readonly (readonly [TypeName, readonly string[]])[] = [
  ["object", ["properties", "required", "additionalProperties", "patternProperties", "minProperties"]],
  ["array", ["items", "prefixItems", "minItems", "uniqueItems", "contains"]],
  ["string", ["minLength", "maxLength", "pattern", "format"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];

/** Types that all schemas allow, the likeliest first. */
function typesFor(schemas: readonly Schema[], { random }: Task): readonly TypeName[] {
  const named = schemas.flatMap((schema) => {
    const types = typesOf(own(schema, "type"));
    return types ? [types] : [];
  });
  const allowed = typeNames.filter((name) => named.every((types) => types.includes(name)));
  if (named.length > 0) return random.shuffled(allowed);
  const hinted = hints.filter(([, keywords]) =>
    schemas.some((schema) => keywords.some((keyword) => Object.hasOwn(schema, keyword))),
  );
  const likely = hinted.map(([type]) => type);
  return [...likely, ...(["string", "integer", ...typeNames] as const).filter((t) => !likely.includes(t))];
}

function build(task: Task, schemas: readonly Schema[], type: TypeName, attempt: number): unknown {
  const { random } = task;
  switch (type) {
    case "object":
      return sampleObject(task, schemas, attempt, sample);
    case "array":
      return sampleArray(task, schemas, attempt, sample);
    case "string":
      return sampleText(schemas, random, attempt);
    case "integer":
    case "number":
      return sampleNumber(schemas, type === "integer", random);
    case "boolean":
      return random.next() < 0.5;
    case "null":
      return null;
  }
}

/** Values that schemas list; undefined when none lists any. */
function listed(schemas: readonly Schema[]): readonly unknown[] | undefined {
  for (const schema of schemas) {
    if (Object.hasOwn(schema, "const")) return [schema.const];
    if (Array.isArray(own(schema, "enum"))) return list(schema, "enum");
  }
  return undefined;
}

const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;

/** Values that an author gave for people: `x-known` of an open enum, `examples`. An object may hold more than is asked for. */
function suggested(schemas: readonly Schema[]): readonly unknown[] {
  return ["x-known", "examples"]
    .flatMap((keyword) => schemas.flatMap((schema) => list(schema, keyword)))
    .filter(isScalar);
}

/**
 * A value that every schema accepts: made from what they ask for, then judged by all of them. The same one for the same
 * task on every run.
 * @returns undefined when none was found
 */
export function sample(task: Task, schemas: readonly unknown[]): unknown {
  const { random, root, budget } = task;
  let combinations = 0;
  for (const all of alternatives(task, schemas)) {
    if (++combinations > maxCombinations || budget.left <= 0) return undefined;
    const accepts = (value: unknown): boolean => all.every((schema) => holds(root, schema, value));
    const values = listed(all);
    const known = random.shuffled(values ?? suggested(all)).find(accepts);
    if (known !== undefined || values) {
      if (known !== undefined) return known;
      continue;
    }
    const inner = { ...task, above: new Set([...task.above, ...all]) };
    for (const type of typesFor(all, task))
      for (let attempt = 0; attempt < maxAttempts && budget.left-- > 0; attempt++) {
        const value = build(inner, all, type, attempt);
        if (value !== undefined && accepts(value)) return value;
      }
  }
  return undefined;
}
