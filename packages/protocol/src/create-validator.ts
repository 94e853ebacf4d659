import { explain } from "./explain.js";
import type { Check, Shape } from "./shape.js";
import type { Validate, Validator } from "./validation.js";

/** The keys of a JSON pointer; those of arrays as numbers. */
function pathOf(value: unknown, pointer: string): readonly (string | number)[] {
  let current = value;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
      const key = Array.isArray(current) ? Number(name) : name;
      current = typeof current === "object" && current !== null ? Reflect.get(current, key) : undefined;
      return key;
    });
}

/**
 * A validator from a generated check and the shape that explains its refusals.
 * The check alone decides; the shape is looked at only when it refused.
 */
export function createValidator<T>(check: Check, shape: Shape): Validator<T> {
  const accepts = (value: unknown): value is T => check(value);
  const validate: Validate<T> = (value, options) => {
    if (accepts(value)) return { ok: true, value };
    const issues = explain(shape, value, options?.allErrors === true);
    return { ok: false, issue: issues[0], issues };
  };
  return Object.assign(validate, {
    "~standard": {
      version: 1,
      vendor: "hivewire",
      validate: (value: unknown) => {
        const result = validate(value, { allErrors: true });
        if (result.ok) return { value: result.value };
        return {
          issues: result.issues.map(({ pointer, message, hint }) => ({
            message: hint === undefined ? message : `${message}: ${hint}`,
            path: pathOf(value, pointer),
          })),
        };
      },
    },
  } as const);
}
