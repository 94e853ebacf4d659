import {
  isObject,
  type Json,
  type JsonObject,
  keysOf,
  own,
  targetOf,
  valueAt,
  walkSchemas,
} from "@hivewire/codegen";
import type { Random } from "../../../codegen/test/support/random-value.js";
import { edits, member, pick } from "./edit-table.js";

/** A schema with one keyword changed somewhere in it, and which. */
export interface Edited {
  readonly schema: Json;
  readonly keyword: string;
  readonly pointer: string;
}

/** A copy in which the value that keys lead to is another. */
export function replaced(value: Json, keys: readonly string[], by: Json): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item: Json, index) => (String(index) === key ? replaced(item, rest, by) : item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]),
  );
}

/** A schema inside a document. */
interface Site {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** The schemas of a document that say something about its values: the root of definitions only refers to one. */
export function sitesOf(root: Json): readonly Site[] {
  const seen = new Set<string>();
  const visit = (pointer: string): readonly Site[] => {
    if (seen.has(pointer)) return [];
    seen.add(pointer);
    const inside = walkSchemas(valueAt(root, pointer) ?? true, pointer).filter(
      (site) => !site.pointer.slice(pointer.length).startsWith("/$defs/"),
    );
    const targets = inside.flatMap(({ schema }) => targetOf(schema) ?? []);
    return [...inside, ...[targets].flat().flatMap(visit)];
  };
  const distinct = new Map(visit("").map((site) => [site.pointer, site]));
  const sites = [...distinct.values()].filter(
    ({ pointer }) => pointer !== "" || !isObject(root) || own(root, "$defs") === undefined,
  );
  return sites.length > 0 ? sites : walkSchemas(root);
}

/** Whether every reference leads somewhere: an edit may have moved what one leads to. */
export function isWhole(root: Json): boolean {
  const targets = walkSchemas(root).flatMap(({ schema }) => targetOf(schema) ?? []);
  return [targets].flat().every((target) => valueAt(root, target) !== undefined);
}

/** Changes one keyword of one schema at or below the root, among those that a value can meet. */
export function edited(root: Json, random: Random): Edited {
  const sites = sitesOf(root);
  for (let tries = 0; tries < 200; tries++) {
    const site = pick(random, sites);
    const [keyword, ways] = pick(random, Object.entries(edits)) ?? ["type", []];
    const changed = site && pick(random, ways)?.(site.schema, random);
    if (!site || !changed || JSON.stringify(changed) === JSON.stringify(site.schema)) continue;
    const schema = replaced(root, keysOf(site.pointer), changed);
    if (isWhole(schema)) return { schema, keyword, pointer: site.pointer };
  }
  return { schema: root, keyword: "none", pointer: "" };
}

/** Changes two keywords, one after the other. */
export function editedTwice(root: Json, random: Random): Edited {
  const first = edited(root, random);
  const second = edited(first.schema, random);
  return {
    schema: second.schema,
    keyword: `${first.keyword} and ${second.keyword}`,
    pointer: `${first.pointer} and ${second.pointer}`,
  };
}

/** A schema and everything it refers to, as a document of its own. */
export function excerpt(root: JsonObject, pointer: string): JsonObject {
  const wanted = new Set<string>();
  const queue = [pointer];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [holder = "", name = ""] = keysOf(next);
    if (holder !== "$defs" || wanted.has(name)) continue;
    wanted.add(name);
    for (const { schema } of walkSchemas(member(root, "$defs")[name] ?? true)) {
      const reference = own(schema, "$ref");
      if (typeof reference === "string") queue.push(decodeURIComponent(reference.slice(1)));
    }
  }
  const definitions = Object.entries(member(root, "$defs")).filter(([name]) => wanted.has(name));
  return { $ref: `#${encodeURI(pointer)}`, $defs: Object.fromEntries(definitions) };
}
