import type { TSchema } from "typebox";

/** One variable of the environment. */
export interface VariableRow {
  /** What its value has to be, once the text is read as a number or as true or false. */
  readonly schema: TSchema;
  /** What it is without the variable, as text. */
  readonly default?: string;
  readonly help: string;
  /** What its value has to be, in words; needed where `schema` does not say it. */
  readonly expects?: string;
  /** Its value is never repeated, and it has no flag: other users of a machine see flags. */
  readonly isSecret?: true;
}

/** Variables of the environment, as the process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The flag of a variable: `WS_RATE_BURST` is `ws-rate-burst`, without its dashes. */
export function flagOf(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

/** What a value has to be, for a sentence that ends "Please set …". */
export function expectationOf({ schema, expects }: VariableRow): string {
  if (expects !== undefined) return expects;
  const { type, minimum, maximum, minLength, enum: values }: Record<string, unknown> = { ...schema };
  if (Array.isArray(values)) return `one of ${values.join(", ")}`;
  if (type === "boolean") return "true or false";
  if (minimum === undefined) return minLength === 1 ? "a text" : `a text of at least ${minLength} characters`;
  return `a number from ${minimum} to ${maximum}`;
}
