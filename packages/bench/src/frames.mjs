// @ts-check
import { parts } from "./kinds.mjs";

/** @typedef {import("./kinds.mjs").Kind} Kind */
/** @typedef {import("./kinds.mjs").Fields} Fields */
/** @typedef {import("./shapes.mjs").Shape} Shape */
/** @typedef {Record<string, unknown>} Values */

/**
 * Frames that are measured together, in turn. Accepted ones cost a verdict, refused ones an error; null: either is right.
 * @typedef {{ readonly key: string, readonly accepted: boolean | null, readonly texts: readonly string[] }} Cell
 */

/** The columns of frame sizes, in bytes. */
export const frameSizes = [100, 1_000, 10_000, 60_000];

/** Messages with an array of objects, which can grow to any size; spread over the whole contract. */
const growing = /_(update|snapshot|metrics|result)$/;

const sentence = "Waits for the review of the second reviewer before the merge queue opens again. ";

/** @param {Kind} kind @param {string} key @param {number} seed @returns {unknown} */
function sample(kind, key, seed) {
  switch (kind.kind) {
    case "string":
      return key === "timestamp" ? "2026-03-02T10:15:30.250Z" : `${key} ${seed % 97}`;
    case "text":
      return kind.max > 500 ? sentence.repeat(1 + (seed % 3)) : `${key.slice(0, 8)}-${seed % 997}`;
    case "integer":
      return kind.min + (seed % 1_000);
    case "number":
      return (seed % 1_000) / 8 + 0.125;
    case "boolean":
      return seed % 2 === 0;
    case "enum":
      return kind.values[seed % kind.values.length];
    case "strings":
      return ["frontend", "urgent"].slice(0, 1 + (seed % 2));
    case "list":
      return [];
    case "map":
      return { cpu: sample(kind.of, "cpu", seed), memory: sample(kind.of, "memory", seed + 1) };
    case "object":
      return sampleFields(kind.fields, seed, true);
  }
}

/** @param {Fields} fields @param {number} seed @param {boolean} full with optional fields @returns {Values} */
function sampleFields(fields, seed, full) {
  const kept = Object.entries(fields).filter(([, field]) => full || field.optional !== true);
  return Object.fromEntries(kept.map(([key, field]) => [key, sample(field, key, seed)]));
}

/** @param {Shape} shape @param {number} bytes 100: the smallest frame of its type @returns {Values} */
function frameOf(shape, bytes) {
  const small = bytes <= 100;
  const frame = { type: shape.type, ...sampleFields(shape.fields, 7, !small) };
  const [key, field] = Object.entries(shape.fields).find(([, { kind }]) => kind === "list") ?? [];
  if (small || key === undefined || field?.kind !== "list") return frame;
  const items = [];
  let size = JSON.stringify(frame).length;
  for (let seed = 1; size < bytes; seed++) {
    const item = sampleFields(parts[field.of].fields, seed, seed % 2 === 0);
    items.push(item);
    size += JSON.stringify(item).length + 1;
  }
  return { ...frame, [key]: items };
}

/** The same frame with a wrong type in its last place: the last scalar of the last item, else of the frame. */
function spoil(/** @type {Values} */ frame) {
  const copy = structuredClone(frame);
  const items = Object.values(copy).find((value) => Array.isArray(value) && typeof value.at(-1) === "object");
  const target = Array.isArray(items) ? items.at(-1) : copy;
  const last = Object.keys(target).at(-1) ?? "type";
  target[last] = target[last] === null ? 0 : null;
  return copy;
}

/** @param {Values} frame @returns {Values} without its first property after `type` */
function cut(frame) {
  const key = Object.keys(frame).at(1);
  return Object.fromEntries(Object.entries(frame).filter(([name]) => name !== key));
}

/** @param {readonly Shape[]} shapes at most four, from the first to the last */
function spread(shapes) {
  const grown = shapes.filter(({ type }) => growing.test(type));
  const count = Math.min(4, grown.length);
  return Array.from({ length: count }, (_, index) =>
    grown.filter((__, at) => at === Math.round((index * (grown.length - 1)) / Math.max(1, count - 1))),
  ).flat();
}

/** The smallest frame of a type, grown in one text of unbounded length; undefined when it has none. */
function textFrameOf(/** @type {Shape} */ shape, /** @type {number} */ bytes) {
  const frame = frameOf(shape, 100);
  const [key] = Object.entries(shape.fields).find(([, { kind }]) => kind === "string") ?? [];
  const missing = bytes - JSON.stringify(frame).length;
  return key === undefined
    ? []
    : [{ ...frame, [key]: sentence.repeat(Math.ceil(missing / sentence.length)) }];
}

/** Sizes of frames that grow in one text, and the names of their cells. */
export const textSizes = frameSizes.slice(1).map((size) => ({ size, key: `${sizeName(size)} text` }));

/** Key of the cell with one small frame of every type. */
export const everyType = "every type";

/**
 * All frames of a contract: four types per size, taken from its start to its end, and their refusals.
 * @param {readonly Shape[]} shapes
 * @returns {readonly Cell[]}
 */
export function cellsOf(shapes) {
  const measured = spread(shapes);
  const smallest = measured.map((shape) => frameOf(shape, 100));
  /** @param {string} key @param {boolean} accepted @param {readonly Values[]} frames */
  const cell = (key, accepted, frames) => ({
    key,
    accepted,
    texts: frames.map((frame) => JSON.stringify(frame)),
  });
  const bySize = frameSizes.map(
    (size) => /** @type {const} */ ([sizeName(size), measured.map((shape) => frameOf(shape, size))]),
  );
  return [
    ...bySize.map(([key, frames]) => cell(key, true, frames)),
    cell(
      everyType,
      true,
      shapes.map((shape) => frameOf(shape, 100)),
    ),
    ...textSizes.map(({ size, key }) =>
      cell(
        key,
        true,
        measured.flatMap((shape) => textFrameOf(shape, size)),
      ),
    ),
    ...bySize.map(([key, frames]) => cell(key, false, frames.map(spoil))),
    cell(
      "unknown type",
      false,
      smallest.map((frame) => ({ ...frame, type: `${String(frame.type).slice(0, -1)}z` })),
    ),
    cell("missing key", false, smallest.map(cut)),
  ];
}

/** @param {number} bytes */
export function sizeName(bytes) {
  return bytes < 1_000 ? `${bytes} B` : `${bytes / 1_000} kB`;
}
