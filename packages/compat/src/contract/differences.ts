import {
  isObject,
  isStringArray,
  type Json,
  type JsonObject,
  own,
  withoutAnnotations,
} from "@hivewire/codegen";
import { signed } from "../formula/node.js";
import type { Reader } from "./reader.js";
import { declaredKeys, itemPointers, memberPointers, type Place, placesOf } from "./schema-walk.js";

/** One place where two schemas of a message differ, whether that breaks anyone or not. */
export interface Difference {
  readonly rule:
    | "property-added"
    | "property-removed"
    | "property-required"
    | "property-optional"
    | "keywords-changed";
  /** Where it stands in the newer schema. */
  readonly pointer: string;
  /** The part of the frame, as a JSON pointer with 0 for every item. */
  readonly path: string;
  readonly key: string | undefined;
  /** Keywords that differ, for "keywords-changed". */
  readonly keywords: readonly string[];
}

/** Keywords that are compared by what they lead to. */
const followed: ReadonlySet<string> = new Set([
  ...[
    "$ref",
    "$defs",
    "definitions",
    "allOf",
    "anyOf",
    "oneOf",
    "then",
    "else",
    "properties",
    "required",
    "items",
  ],
  "prefixItems",
]);

/** Most pairs of places that are compared in one message. */
const maxPairs = 20_000;

function requiredKeys(places: readonly Place[]): ReadonlySet<string> {
  return new Set(
    places.flatMap(({ schema }) => {
      const keys = own(schema, "required");
      return isStringArray(keys) ? keys : [];
    }),
  );
}

/** The keywords of all places that say something about the value itself. */
function plainKeywords(places: readonly Place[]): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  for (const { schema } of places) {
    const plain = withoutAnnotations(schema);
    for (const [keyword, value] of Object.entries(isObject(plain) ? plain : {})) {
      if (followed.has(keyword) || (keyword.startsWith("x-") && keyword !== "x-open")) continue;
      found.set(keyword, [...(found.get(keyword) ?? []), JSON.stringify(value)]);
    }
  }
  return new Map([...found].map(([keyword, texts]) => [keyword, texts.sort().join()]));
}

/** Everything in which a message differs between two contracts. */
export function differences(
  older: Reader,
  newer: Reader,
  olderPointer: string,
  newerPointer: string,
): readonly Difference[] {
  const found: Difference[] = [];
  const seen = new Set<string>();
  const meaning = (reader: Reader, pointers: readonly string[]): string =>
    pointers.map((pointer) => signed(reader.judged.compiler.at(pointer, false))).join(",");
  const visit = (before: readonly string[], after: readonly string[], path: string): void => {
    const key = `${before.join()} ${after.join()}`;
    if (seen.has(key) || seen.size > maxPairs || meaning(older, before) === meaning(newer, after)) return;
    seen.add(key);
    const old = placesOf(older.model.schema, before);
    const now = placesOf(newer.model.schema, after);
    const pointer = after[0] ?? newerPointer;
    compareMembers(old, now, { pointer, path });
    const was = plainKeywords(old);
    const is = plainKeywords(now);
    const keywords = [...new Set([...was.keys(), ...is.keys()])].filter(
      (name) => was.get(name) !== is.get(name),
    );
    if (keywords.length > 0)
      found.push({ rule: "keywords-changed", pointer, path, key: undefined, keywords });
    visit(itemPointers(old, 0), itemPointers(now, 0), `${path}/0`);
  };
  const compareMembers = (
    old: readonly Place[],
    now: readonly Place[],
    at: { pointer: string; path: string },
  ): void => {
    const was = declaredKeys(old);
    const is = declaredKeys(now);
    const wasRequired = requiredKeys(old);
    const isRequired = requiredKeys(now);
    for (const [key, pointer] of is) {
      if (!was.has(key)) found.push({ rule: "property-added", pointer, path: at.path, key, keywords: [] });
      else {
        if (wasRequired.has(key) !== isRequired.has(key)) {
          const rule = isRequired.has(key) ? "property-required" : "property-optional";
          found.push({ rule, pointer, path: at.path, key, keywords: [] });
        }
        visit(
          memberPointers(old, key),
          memberPointers(now, key),
          `${at.path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        );
      }
    }
    for (const key of was.keys())
      if (!is.has(key))
        found.push({ rule: "property-removed", pointer: at.pointer, path: at.path, key, keywords: [] });
  };
  visit([olderPointer], [newerPointer], "");
  return found;
}

/** Whether two schemas are the same text but for what only people read. */
export function isSameText(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(sorted(a ?? null)) === JSON.stringify(sorted(b ?? null));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item));
  if (!isObject(value)) return value;
  const object: JsonObject = value;
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, sorted(object[key] ?? null)]),
  );
}
