import {
  deepEqual,
  hasMaxLength,
  hasMinLength,
  hasUniqueItems,
  isJsonObject,
  isMultipleOf,
} from "./json-values.js";
import { type Rule, type Shape, typeBits } from "./shape.js";

/** The bit of `typeBits` for a value; 0 for what JSON has no word for. */
export function bitOf(value: unknown): number {
  if (typeof value === "string") return 4;
  if (typeof value === "number") return Number.isInteger(value) ? 16 : Number.isFinite(value) ? 8 : 0;
  if (typeof value === "object") return value === null ? 1 : Array.isArray(value) ? 32 : 64;
  return typeof value === "boolean" ? 2 : 0;
}

const typeTexts = /* @__PURE__ */ new Map<number, string>();

/** The names of a sum of `typeBits`. */
export function typesOf(mask: number): string {
  const known = typeTexts.get(mask);
  if (known !== undefined) return known;
  const names = Object.entries(typeBits).filter(([, bits]) => (mask & bits) === bits);
  const kept = names.filter(([name]) => name !== "integer" || (mask & typeBits.number) !== typeBits.number);
  const text = kept.map(([name]) => name).join(" or ");
  typeTexts.set(mask, text);
  return text;
}

export function describe(value: unknown): string {
  if (typeof value === "string") return `string of ${value.length} characters`;
  if (Array.isArray(value)) return `array of ${value.length} items`;
  return value === undefined ? "nothing" : value === null ? "null" : typeof value;
}

/** An own member; what an object has by inheritance is no JSON. */
export function memberOf(object: Record<string, unknown>, key: string): unknown {
  const member = object[key];
  if (typeof member === "function" || key === "__proto__")
    return Object.hasOwn(object, key) ? member : undefined;
  return member;
}

/** Whether a bound, or another rule about the value alone, holds. */
export function holds(rule: Rule, value: unknown): boolean {
  switch (rule[0]) {
    case 0:
      return (bitOf(value) & rule[1]) !== 0;
    case 1:
      return deepEqual(value, rule[1]);
    case 2:
      return rule[1].some((item) => deepEqual(value, item));
    case 3:
      return typeof value !== "string" || hasMinLength(value, rule[1]);
    case 4:
      return typeof value !== "string" || hasMaxLength(value, rule[1]);
    case 5:
      return !Array.isArray(value) || value.length >= rule[1];
    case 6:
      return !Array.isArray(value) || value.length <= rule[1];
    case 7:
      return !isJsonObject(value) || Object.keys(value).length >= rule[1];
    case 8:
      return !isJsonObject(value) || Object.keys(value).length <= rule[1];
    case 14:
      return typeof value !== "string" || expressionOf(rule[1]).test(value);
    case 15:
      return typeof value !== "string" || rule[2](value);
    case 16:
      return !Array.isArray(value) || hasUniqueItems(value);
    case 35:
      return false;
    default:
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return true;
  switch (rule[0]) {
    case 9:
      return value >= rule[1];
    case 10:
      return value <= rule[1];
    case 11:
      return value > rule[1];
    case 12:
      return value < rule[1];
    case 13:
      return isMultipleOf(value, rule[1]);
    default:
      return true;
  }
}

/**
 * The shape that has to be walked to see what is wrong: none where a check, or rules about the value alone, say that
 * nothing is. Rules whose work grows with the value are left to the walk, which asks them once.
 */
export function toWalk(shape: Shape, value: unknown): Shape | undefined {
  for (const rule of shape) {
    if (rule[0] === 37 && shape.length === 1) return rule[1](value) ? undefined : rule[2];
    if (rule[0] >= 14 || !holds(rule, value)) return shape;
  }
  return undefined;
}

const expressions = /* @__PURE__ */ new Map<string, RegExp>();

/** The compiled pattern of a contract: there are as many as the contract has. */
export function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const expression = new RegExp(pattern, "u");
  expressions.set(pattern, expression);
  return expression;
}
