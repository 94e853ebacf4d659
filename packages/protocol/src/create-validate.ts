import { nearestName } from "./nearest-name.js";
import type { Validate, ValidationIssue, ValidationResult } from "./validation.js";

/** The part of Ajv's error objects that is read (https://ajv.js.org/api.html#error-objects). */
export interface CheckError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled check: a verdict, and the errors of the last refusal in `errors`. */
export interface Check {
  (value: unknown): boolean;
  errors?: readonly CheckError[] | null;
}

/** How a direction picks the check of a frame. */
export interface DispatchTable {
  /** The discriminator. */
  readonly property: string;
  readonly constants: readonly (readonly [value: string, check: Check])[];
  /** Tried in this order when no constant matches. */
  readonly patterns: readonly (readonly [pattern: RegExp, check: Check])[];
  /** Decides in the end where the discriminator alone cannot; the picked check then only explains. */
  readonly whole?: Check;
}

function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function propertyAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

function valueAt(root: unknown, pointer: string): unknown {
  const keys = pointer.split("/").slice(1);
  return keys.reduce(
    (value, key) => propertyAt(value, key.replaceAll("~1", "/").replaceAll("~0", "~")),
    root,
  );
}

/** Params of Ajv that name a property which the pointer then includes. */
const propertyParams = [
  "missingProperty",
  "additionalProperty",
  "unevaluatedProperty",
  "propertyName",
] as const;

function issueOf(value: unknown, errors: readonly CheckError[] | null | undefined): ValidationIssue {
  const error = errors?.at(-1);
  if (!error) return { pointer: "", keyword: "schema", message: "must match the schema" };
  const { instancePath, keyword, params } = error;
  const property = propertyParams.map((name) => params[name]).find((name) => typeof name === "string");
  const pointer = typeof property === "string" ? `${instancePath}/${escapeKey(property)}` : instancePath;
  const message = error.message ?? "must match the schema";
  const hint = hintFor(value, error, property);
  return hint === undefined ? { pointer, keyword, message } : { pointer, keyword, message, hint };
}

function hintFor(value: unknown, error: CheckError, property: unknown): string | undefined {
  const { allowedValues } = error.params;
  if (Array.isArray(allowedValues))
    return `use one of ${allowedValues.map((item) => JSON.stringify(item)).join(", ")}`;
  if (error.keyword !== "required" || typeof property !== "string") return undefined;
  const parent = valueAt(value, error.instancePath);
  const keys = typeof parent === "object" && parent !== null ? Object.keys(parent) : [];
  const near = nearestName(property, keys);
  return near === undefined ? `add "${property}"` : `did you mean "${property}" where "${near}" stands?`;
}

/** A validator from a compiled check. */
export function createValidate<T>(check: Check): Validate<T> {
  const accepts = (value: unknown): value is T => check(value);
  return (value) =>
    accepts(value) ? { ok: true, value } : { ok: false, issue: issueOf(value, check.errors) };
}

/** A validator that refuses every value, for a direction in which nobody sends. */
export function refuseAll(message: string): Validate<never> {
  return () => ({ ok: false, issue: { pointer: "", keyword: "oneOf", message } });
}

/** The check that the discriminator picks, or why it picks none. */
function pick(
  table: DispatchTable,
  constants: ReadonlyMap<string, Check>,
  value: unknown,
): Check | ValidationIssue {
  const { property, patterns } = table;
  const pointer = `/${escapeKey(property)}`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { pointer: "", keyword: "type", message: "must be object" };
  }
  const tag = propertyAt(value, property);
  if (typeof tag !== "string") {
    const hint = `add "${property}", which names the message`;
    return tag === undefined
      ? { pointer, keyword: "required", message: `must have required property '${property}'`, hint }
      : { pointer, keyword: "type", message: "must be string", hint };
  }
  const check = constants.get(tag) ?? patterns.find(([pattern]) => pattern.test(tag))?.[1];
  if (check) return check;
  const near = nearestName(tag, [...constants.keys()]);
  const issue = { pointer, keyword: "discriminator", message: "must name a message" };
  return near === undefined ? issue : { ...issue, hint: `did you mean "${near}"?` };
}

/**
 * A validator that picks the check by the discriminator. With `whole` in the table, that check decides
 * and the picked one only explains a refusal.
 */
export function createDispatch<T>(table: DispatchTable): Validate<T> {
  const constants = new Map(table.constants);
  const { whole } = table;
  return (value): ValidationResult<T> => {
    const decided = whole && createValidate<T>(whole)(value);
    if (decided?.ok) return decided;
    const picked = pick(table, constants, value);
    const explained: ValidationResult<T> =
      typeof picked === "function" ? createValidate<T>(picked)(value) : { ok: false, issue: picked };
    return decided && explained.ok ? decided : explained;
  };
}
