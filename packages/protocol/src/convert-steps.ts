import { deepEqual, isJsonObject } from "./json-values.js";

/**
 * A part of the way from a frame to a value in it: the name of a member, the index of an item, or every item of an
 * array, or every member of an object.
 */
export type PathPart = string | number | { readonly every: "item" | "member" };

/** One step of a conversion: gives the frame itself where it has nothing to do, else a copy. */
export type ConvertStep = (frame: object) => unknown;

type Change = (value: unknown) => unknown;

function changedItems(items: readonly unknown[], part: PathPart, change: Change): readonly unknown[] {
  const isMeant = (index: number): boolean =>
    typeof part === "object" ? part.every === "item" : part === index;
  const changed = items.map((item, index) => (isMeant(index) ? change(item) : item));
  return changed.every((item, index) => item === items[index]) ? items : changed;
}

function changedMembers(object: Record<string, unknown>, part: PathPart, change: Change): object {
  if (typeof part === "object") {
    if (part.every !== "member") return object;
    const entries = Object.entries(object).map(([key, value]) => [key, change(value)] as const);
    return entries.every(([key, value]) => value === object[key]) ? object : Object.fromEntries(entries);
  }
  if (typeof part === "number" || !Object.hasOwn(object, part)) return object;
  const value = change(object[part]);
  return value === object[part] ? object : { ...object, [part]: value };
}

/** The value with a change made where the path leads. Nothing is changed in place: only what is on the way is copied. */
function changedAt(value: unknown, path: readonly PathPart[], change: Change, depth = 0): unknown {
  const part = path[depth];
  if (part === undefined) return change(value);
  const inner: Change = (child) => changedAt(child, path, change, depth + 1);
  if (Array.isArray(value)) return changedItems(value, part, inner);
  return isJsonObject(value) ? changedMembers(value, part, inner) : value;
}

/**
 * A step that takes members out of the objects that a path leads to. It goes as deep as the path is long, and looks at
 * own members only.
 * @param path - from the frame; empty for the frame itself
 * @param keys - names of the members
 */
export function removeMembers(path: readonly PathPart[], keys: readonly string[]): ConvertStep {
  const change: Change = (value) => {
    if (!isJsonObject(value) || !keys.some((key) => Object.hasOwn(value, key))) return value;
    return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
  };
  return (frame) => changedAt(frame, path, change);
}

/**
 * A step that puts another value where the values that a path leads to are among some. It goes as deep as the path is
 * long.
 * @param path - from the frame
 * @param from - values that have to go; compared as JSON, to a depth of `maxValueDepth`
 * @param to - what stands in their place
 */
export function replaceValues(path: readonly PathPart[], from: readonly unknown[], to: unknown): ConvertStep {
  const change: Change = (value) => (from.some((known) => deepEqual(known, value)) ? to : value);
  return (frame) => changedAt(frame, path, change);
}
