import {
  isObject,
  type Json,
  type JsonObject,
  keysOf,
  localPointer,
  own,
  pointerOf,
  valueAt,
} from "@hivewire/codegen";
import { mapOf } from "../formula/document.js";

/** A schema that speaks of a value, and where it stands. */
export interface Place {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** Most schemas about one value that are looked at. */
const maxPlaces = 500;

/** Every schema that a pointer leads to and that speaks of the same value: through references and unions. */
export function placesOf(root: Json, pointers: readonly string[]): readonly Place[] {
  const found = new Map<string, Place>();
  const queue = [...pointers];
  for (
    let pointer = queue.shift();
    pointer !== undefined && found.size < maxPlaces;
    pointer = queue.shift()
  ) {
    const schema = valueAt(root, pointer);
    if (!isObject(schema) || found.has(pointer)) continue;
    found.set(pointer, { pointer, schema });
    const reference = own(schema, "$ref");
    const target = typeof reference === "string" ? localPointer(reference) : undefined;
    if (target !== undefined) queue.push(target);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const branches = own(schema, keyword);
      if (!Array.isArray(branches)) continue;
      for (const index of branches.keys()) queue.push(pointer + pointerOf([keyword, index]));
    }
    for (const keyword of ["then", "else"])
      if (own(schema, keyword) !== undefined) queue.push(`${pointer}/${keyword}`);
  }
  return [...found.values()];
}

/** Where the places of an object describe a member. */
export function memberPointers(places: readonly Place[], key: string): readonly string[] {
  return places.flatMap(({ pointer, schema }) => {
    const properties = own(schema, "properties");
    if (isObject(properties) && own(properties, key) !== undefined)
      return [pointer + pointerOf(["properties", key])];
    return isObject(own(schema, "additionalProperties")) ? [`${pointer}/additionalProperties`] : [];
  });
}

/** Where the places of an array describe its item. */
export function itemPointers(places: readonly Place[], index: number): readonly string[] {
  return places.flatMap(({ pointer, schema }) => {
    const prefix = own(schema, "prefixItems");
    if (Array.isArray(prefix) && index < prefix.length) return [`${pointer}/prefixItems/${index}`];
    return own(schema, "items") === undefined ? [] : [`${pointer}/items`];
  });
}

/** The schemas that speak of the part of a value that a pointer names. */
export function placesAt(root: Json, pointer: string, valuePointer: string): readonly Place[] {
  let places = placesOf(root, [pointer]);
  for (const key of keysOf(valuePointer)) {
    const members = memberPointers(places, key);
    places = placesOf(root, members.length > 0 ? members : itemPointers(places, Number(key)));
  }
  return places;
}

/** Names that the places declare, each with where it does first. */
export function declaredKeys(places: readonly Place[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const { pointer, schema } of places) {
    for (const [key] of mapOf(schema, "properties"))
      if (!keys.has(key)) keys.set(key, pointer + pointerOf(["properties", key]));
  }
  return keys;
}

/** A part of a frame as people write it: `data.agents[].status`, and `*` for a key of a map. */
export function pathText(
  valuePointer: string,
  key?: string,
  isMapKey: (at: number) => boolean = () => false,
): string {
  const keys = [...keysOf(valuePointer), ...(key === undefined ? [] : [key])];
  let text = "";
  for (const [index, part] of keys.entries()) {
    if (isMapKey(index)) text += ".*";
    else if (/^(0|[1-9]\d*)$/.test(part)) text += "[]";
    else if (/^[A-Za-z_$][\w$-]*$/.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}

/** Which keys of a value pointer are keys of maps: the schema describes them together. */
export function mapKeysOf(root: Json, pointer: string, valuePointer: string): ReadonlySet<number> {
  const keys = keysOf(valuePointer);
  const found = keys.flatMap((key, index) => {
    const places = placesAt(root, pointer, pointerOf(keys.slice(0, index)));
    const members = memberPointers(places, key);
    return members.length > 0 && members.every((at) => at.endsWith("/additionalProperties")) ? [index] : [];
  });
  return new Set(found);
}
