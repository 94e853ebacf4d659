import { isJsonObject } from "@hivewire/protocol";
import type { Random } from "./random.js";
import { entries, list, one, own, referred, type Schema } from "./schema-walk.js";

/** Which optional parts a sample has: none, or all. */
export type SampleVariant = "minimal" | "full";

/** What one value is made under. */
export interface Task {
  readonly root: Schema;
  readonly random: Random;
  readonly variant: SampleVariant;
  /** Schemas that the values around this one are made from: entering one again would never end. */
  readonly above: ReadonlySet<Schema>;
  /** Attempts that are left: a grammar without an end has more ways than anyone can go. */
  readonly budget: { left: number };
}

type Options = readonly (readonly unknown[])[];

/** Every choice that a schema leaves: one list of options each, of which one has to be taken. */
function choicesOf(schema: Schema, { random, variant }: Task): readonly Options[] {
  const unions = ["oneOf", "anyOf"].map((keyword) =>
    random.shuffled(list(schema, keyword)).map((branch) => [branch]),
  );
  const condition = one(schema, "if");
  const outcomes: Options = [
    [...condition, ...one(schema, "then")],
    [...condition.map((not) => ({ not })), ...one(schema, "else")],
  ];
  const dependents = entries(schema, "dependentSchemas").map(([name, dependent]): Options => {
    const present = [dependent, { required: [name] }];
    const absent = [{ not: { required: [name] } }];
    return variant === "full" ? [present, absent] : [absent, present];
  });
  const conditions = condition.length === 0 ? [] : [random.shuffled(outcomes)];
  return [...unions.filter((options) => options.length > 0), ...conditions, ...dependents];
}

function* product(choices: readonly Options[]): Generator<readonly unknown[]> {
  const [first, ...rest] = choices;
  if (first === undefined) return yield [];
  for (const option of first) for (const others of product(rest)) yield [...option, ...others];
}

/** Every way to take one branch of each union: all schemas that then have to hold. */
export function* alternatives(
  task: Task,
  work: readonly unknown[],
  done: readonly Schema[] = [],
): Generator<readonly Schema[]> {
  const [schema, ...later] = work;
  if (work.length === 0) return yield done;
  if (schema === true || done.some((known) => known === schema))
    return yield* alternatives(task, later, done);
  if (!isJsonObject(schema) || task.above.has(schema)) return;
  const target = own(schema, "$ref");
  const forced = [...(target === undefined ? [] : [referred(task.root, target)]), ...list(schema, "allOf")];
  for (const chosen of product(choicesOf(schema, task)))
    yield* alternatives(task, [...forced, ...chosen, ...later], [...done, schema]);
}
