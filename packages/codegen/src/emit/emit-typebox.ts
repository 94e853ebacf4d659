import { isObject, type Json, own, valueAt } from "../json.js";
import { literal } from "../literal.js";
import type { Model } from "../model.js";
import { localPointer, walkSchemas } from "../read/references.js";
import { namesOfTargets } from "./describe-message.js";
import { expression } from "./typebox-expression.js";

/** One constant to be: its schema, and the names it refers to. */
interface Part {
  readonly name: string;
  readonly schema: Json;
  readonly needs: ReadonlySet<string>;
}

/** The schema alone: definitions inside it are parts of their own. */
function withoutDefinitions(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const { $defs, definitions, ...rest } = schema;
  return rest;
}

function partsOf(names: ReadonlyMap<string, string>, model: Model): readonly Part[] {
  const aliases = model.messages.flatMap(({ name, pointer }): readonly Part[] => {
    const first = names.get(pointer) ?? name;
    return first === name
      ? []
      : [{ name, schema: { $ref: `#${encodeURI(pointer)}` }, needs: new Set([first]) }];
  });
  const parts = [...names].map(([pointer, name]) => {
    const schema = withoutDefinitions(valueAt(model.schema, pointer) ?? true);
    const needs = walkSchemas(schema).flatMap((place) => {
      const reference = own(place.schema, "$ref");
      const target = typeof reference === "string" ? localPointer(reference) : undefined;
      return target === undefined ? [] : [names.get(target) ?? ""];
    });
    return { name, schema, needs: new Set(needs) };
  });
  return [...parts, ...aliases];
}

/** Every name that a part leads to, itself only when it is in a cycle. */
function reachable(parts: ReadonlyMap<string, Part>, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(parts.get(name)?.needs ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(parts.get(next)?.needs ?? []));
  }
  return found;
}

/** Parts in an order in which each stands after what it needs; those that need each other are one group. */
function groupsOf(all: readonly Part[]): readonly (readonly Part[])[] {
  const byName = new Map(all.map((part) => [part.name, part]));
  const reach = new Map(all.map(({ name }) => [name, reachable(byName, name)]));
  const reaches = (from: string, to: string): boolean => reach.get(from)?.has(to) ?? false;
  const done = new Set<string>();
  const groups: (readonly Part[])[] = [];
  const visit = (part: Part): void => {
    if (done.has(part.name)) return;
    const group = all.filter(
      ({ name }) => name === part.name || (reaches(name, part.name) && reaches(part.name, name)),
    );
    for (const { name } of group) done.add(name);
    for (const member of group)
      for (const need of member.needs) {
        const needed = byName.get(need);
        if (needed) visit(needed);
      }
    groups.push(group);
  };
  for (const part of all) visit(part);
  return groups;
}

function declaration(name: string, value: string): string {
  return `export const ${name} = ${value};\nexport type ${name} = t.Static<typeof ${name}>;\n`;
}

function emitGroup(group: readonly Part[], names: ReadonlyMap<string, string>, number: number): string {
  const [first] = group;
  if (first === undefined) return "";
  const isCycle = group.length > 1 || first.needs.has(first.name);
  if (!isCycle) return declaration(first.name, expression({ names, cycle: new Set() }, first.schema));
  const cycle = new Set(group.map(({ name }) => name));
  const members = group.map(
    ({ name, schema }) => `  ${name}: ${expression({ names, cycle }, schema).replaceAll("\n", "\n  ")},\n`,
  );
  const constants = group.map(({ name }) => declaration(name, `t.Cyclic(cycle${number}, ${literal(name)})`));
  return `const cycle${number} = {\n${members.join("")}};\n\n${constants.join("\n")}`;
}

/** Helpers for what TypeBox has no builder for, in the order of their names. */
const helpers: readonly (readonly [name: string, text: string])[] = [
  [
    "map",
    `/** An object of any names whose values are all of one schema; \`t.Record\` would refuse names with a line break. */
const map = <T extends t.TSchema>(values: T, options: t.TSchemaOptions = {}) =>
  t.Unsafe<{ [key: string]: t.Static<T> }>({ type: "object", ...options, additionalProperties: values });
`,
  ],
  [
    "oneOf",
    `/** Exactly one branch holds; \`t.Union\` would let several. */
const oneOf = <T extends t.TSchema[]>(branches: [...T], options: t.TSchemaOptions = {}) =>
  t.Unsafe<t.Static<t.TUnion<T>>>({ ...options, oneOf: branches });
`,
  ],
  [
    "shape",
    `/** Fields of an object where the schema says no \`type\`: it judges objects only, and its type is theirs. */
const shape = <T extends t.TObject>({ type: _, ...keywords }: T) => t.Unsafe<t.Static<T>>(keywords);
`,
  ],
  [
    "tuple",
    `/** A closed list; \`t.Tuple\` would write it as draft-07 does. */
const tuple = <T extends t.TSchema[]>(items: [...T], options: t.TSchemaOptions = {}) =>
  t.Unsafe<t.Static<t.TTuple<T>>>({ type: "array", ...options, prefixItems: items });
`,
  ],
];

function union(model: Model, sender: "client" | "server"): string {
  const names = model.messages.filter((message) => message.sender === sender).map(({ name }) => name);
  return names.length === 0 ? "t.Never()" : `t.Union([\n${names.map((name) => `  ${name},\n`).join("")}])`;
}

/**
 * `typebox.ts`: the contract as TypeBox 1 values, one constant and type per message and definition, each after what it uses.
 * Every constant is a JSON Schema with the verdict of the original. TypeBox itself checks `format` too, which the validators do not.
 * The two unions say nothing of what the root demands beside its branches, and a `$dynamicRef` is not resolved. Inside a cycle the types of `oneOf`, maps and tuples stop at the next reference.
 */
export function emitTypebox(model: Model): string {
  const names = namesOfTargets(model);
  const groups = groupsOf(partsOf(names, model));
  const bodies = groups.map((group, index) => emitGroup(group, names, index + 1));
  const text = bodies.join("\n");
  const used = helpers
    .filter(([name]) => new RegExp(`(?<![\\w."])${name}\\(`).test(text))
    .map(([, helper]) => helper);
  return `import t from "typebox";

${[...used, ...bodies].join("\n")}
/** Frames that clients send. */
${declaration("ClientMessage", union(model, "client"))}
/** Frames that servers send. */
${declaration("ServerMessage", union(model, "server"))}`;
}
