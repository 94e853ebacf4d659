import { isObject, type Json, type JsonObject, localPointer } from "@hivewire/codegen";

/** Keywords that say nothing about values, in any schema. */
const silent: ReadonlySet<string> = new Set([
  ...["$comment", "$defs", "$id", "$schema", "default", "definitions", "deprecated", "description"],
  ...["example", "examples", "readOnly", "title", "writeOnly"],
]);

/** Keywords whose members are schemas that the author names. */
const maps: ReadonlySet<string> = new Set(["dependentSchemas", "patternProperties", "properties"]);

/** Keywords whose value is no schema: keys in it mean nothing. */
const data: ReadonlySet<string> = new Set(["const", "dependentRequired", "enum"]);

/** Gives each target of a reference a number. */
type Numbering = (pointer: string) => number;

/** The schema without annotations, each reference replaced by the number of its target, keys in order. */
function numbered(value: Json, numberOf: Numbering): Json {
  if (Array.isArray(value)) return value.map((item: Json) => numbered(item, numberOf));
  if (!isObject(value)) return value;
  return sorted(value, (key, child) => {
    if (silent.has(key)) return undefined;
    if (data.has(key)) return child;
    if (maps.has(key) && isObject(child)) return sorted(child, (_, inner) => numbered(inner, numberOf));
    const target = key === "$ref" && typeof child === "string" ? localPointer(child) : undefined;
    return target === undefined ? numbered(child, numberOf) : numberOf(target);
  });
}

function sorted(object: JsonObject, map: (key: string, child: Json) => Json | undefined): JsonObject {
  const entries = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.flatMap(([key, child]) => {
      const mapped = map(key, child);
      return mapped === undefined ? [] : [[key, mapped]];
    }),
  );
}

/** A text that is equal for definitions which say the same, whatever their names and the document they stand in. */
export function recursionKey(at: (pointer: string) => Json | undefined, pointer: string): string {
  const numbers = new Map([[pointer, 0]]);
  const order = [pointer];
  const numberOf: Numbering = (target) => {
    const known = numbers.get(target);
    if (known !== undefined) return known;
    numbers.set(target, order.length);
    return order.push(target) - 1;
  };
  const texts: string[] = [];
  for (let index = 0; index < order.length; index++)
    texts.push(JSON.stringify(numbered(at(order[index] ?? "") ?? true, numberOf)));
  return texts.join("\n");
}
