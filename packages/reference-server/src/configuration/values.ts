import { Check } from "typebox/value";
import { ReferenceServerError } from "../reference-server-error.js";
import { expectationOf, flagOf, type Variables } from "./variable.js";
import { type VariableName, variables } from "./variables.js";

/** Text from outside that a message repeats, in characters. */
const maxShown = 80;

/** Refuses a variable in one sentence that names it. */
export function refuseVariable(name: string, cause: string, please: string): ReferenceServerError {
  return new ReferenceServerError(
    "invalid_configuration",
    `Failed to read ${name}: ${cause}. Please ${please}.`,
  );
}

/** A text as the value it spells: a number, true, false, or itself. */
function spelled(text: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === "true" || text === "false" ? text === "true" : text;
}

/** Reads variables by the table: flags first, then the environment, then defaults. An empty one counts as unset. */
export class Values {
  readonly #env: Variables;
  readonly #flags: Variables;

  constructor(env: Variables, flags: Variables) {
    this.#env = env;
    this.#flags = flags;
  }

  /** Whether somebody set it. */
  isSet(name: string): boolean {
    return this.#source(name) !== undefined;
  }

  /**
   * The value of a variable; undefined when it has neither value nor default.
   * @throws ReferenceServerError `invalid_configuration`
   */
  read(name: string): unknown {
    const row = variables[name];
    const source = this.#source(name);
    const text = source?.text ?? row?.default;
    if (!row || text === undefined) return undefined;
    const value = [spelled(text), text].find((candidate) => Check(row.schema, candidate));
    if (value !== undefined) return value;
    const shown = row.isSecret ? "" : ` "${text.slice(0, maxShown)}"`;
    const where = source?.flag === undefined ? "" : ` of --${source.flag}`;
    throw refuseVariable(name, `its value${shown}${where} cannot be used`, `set ${expectationOf(row)}`);
  }

  /** A text; undefined when it is not set and has no default. */
  text(name: VariableName): string | undefined {
    const value = this.read(name);
    return value === undefined ? undefined : String(value);
  }

  /** A number; the table has a default for each. */
  number(name: string): number {
    return Number(this.read(name));
  }

  /** Whether it is true. */
  flag(name: VariableName): boolean {
    return this.read(name) === true;
  }

  #source(name: string): { readonly text: string; readonly flag?: string } | undefined {
    const flag = flagOf(name);
    const given = this.#flags[flag];
    if (given !== undefined && given !== "") return { text: given, flag };
    const text = this.#env[name];
    return text === undefined || text === "" ? undefined : { text };
  }
}
