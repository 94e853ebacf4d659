import { isObject, type Json, type Model, own } from "@hivewire/codegen";
import { CompatError } from "../compat-error.js";

/** What a contract promises beyond its schemas. The strict choice is the default of each. */
export interface Policy {
  /** Whether clients refuse messages that they do not know, or ignore them. @default "refused" */
  readonly unknownMessages: "refused" | "ignored";
  /** Whether senders may send properties that the schema does not declare. Never assumed of maps. @default "sent" */
  readonly undeclaredProperties: "sent" | "never-sent";
  /** Whether readers refuse values that do not have their `format`. @default "asserted" */
  readonly formats: "asserted" | "annotated";
}

/** The table of settings: the strict choice first. */
const choices = {
  unknownMessages: ["refused", "ignored"],
  undeclaredProperties: ["sent", "never-sent"],
  formats: ["asserted", "annotated"],
} as const satisfies { readonly [K in keyof Policy]: readonly Policy[K][] };

function declared(model: Model): Readonly<Record<string, Json>> | undefined {
  const header = own(model.schema, "x-contract");
  const policy = isObject(header) ? own(header, "policy") : undefined;
  if (policy === undefined || isObject(policy)) return policy;
  throw wrong(model, "policy", "an object");
}

function wrong(model: Model, what: string, expected: string): CompatError {
  const { file, line } = model.source.locate("/x-contract/policy");
  return new CompatError(
    "invalid_policy",
    `Failed to read x-contract.policy of ${file}:${line}: "${what.slice(0, 60)}" is not ${expected}. Please mend it.`,
  );
}

function choice<K extends keyof Policy>(
  model: Model,
  key: K,
  known: readonly Policy[K][],
): Policy[K] | undefined {
  const value = declared(model)?.[key];
  if (value === undefined) return undefined;
  const found = known.find((name) => name === value);
  if (found === undefined)
    throw wrong(model, `${key}: ${JSON.stringify(value)}`, `one of ${known.join(", ")}`);
  return found;
}

/**
 * The policy that two contracts are compared under. What a release declared binds it; where it declared nothing, what
 * the newer contract says of its readers and senders counts for earlier ones, too. Where both declare, the stricter holds.
 * @throws CompatError `invalid_policy`
 */
export function policyOf(older: Model, newer: Model): Policy {
  for (const model of [older, newer]) {
    const unknown = Object.keys(declared(model) ?? {}).find((key) => !Object.hasOwn(choices, key));
    if (unknown !== undefined)
      throw wrong(model, unknown, `a setting; known are ${Object.keys(choices).join(", ")}`);
  }
  const agreed = <K extends keyof Policy>(key: K, known: readonly [Policy[K], ...Policy[K][]]): Policy[K] => {
    const [strict] = known;
    const said = [choice(older, key, known), choice(newer, key, known)].filter((one) => one !== undefined);
    return said.includes(strict) ? strict : (said[0] ?? strict);
  };
  return {
    unknownMessages: agreed("unknownMessages", choices.unknownMessages),
    undeclaredProperties: agreed("undeclaredProperties", choices.undeclaredProperties),
    formats: agreed("formats", choices.formats),
  };
}
