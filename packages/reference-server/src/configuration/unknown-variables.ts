import { nearestName } from "@hivewire/protocol";
import type { Variables } from "./variable.js";
import { variables } from "./variables.js";

/** A variable that nothing reads. */
export interface UnknownVariable {
  readonly name: string;
  /** What was most likely meant. */
  readonly nearest: string | undefined;
}

/** Most that are named; more do not help anybody. */
const maxNamed = 20;

/** Variables of the environment that begin with `WS_` and that nothing reads: most likely misspelt. Never their values. */
export function findUnknownVariables(env: Variables): readonly UnknownVariable[] {
  const names = Object.keys(variables);
  return Object.keys(env)
    .filter((name) => name.startsWith("WS_") && !Object.hasOwn(variables, name))
    .slice(0, maxNamed)
    .map((name) => ({ name: name.slice(0, 64), nearest: nearestName(name, names) }));
}
