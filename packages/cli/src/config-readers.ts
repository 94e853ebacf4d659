import { CliError } from "./cli-error.js";

/** Name of the configuration file, looked for from the working folder upwards. */
export const configFile = "hivewire.json";

/** Who accepts a finding, why, and until when: what every waiver says. */
export interface Accountability {
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it counts, as `2026-12-31`. */
  readonly expires: string;
}

/** The members that every waiver has. */
export const accountabilityKeys = ["owner", "reason", "expires"] as const;

/** The error for a setting that is not what it has to be. */
export function wrongSetting(place: string, expected: string): CliError {
  return new CliError(
    "invalid_config",
    `Failed to read ${configFile}: "${place.slice(0, 60)}" is not ${expected}. Please mend it.`,
  );
}

/**
 * The members of an object.
 * @throws CliError `invalid_config`
 */
export function membersOf(value: unknown, place: string): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrongSetting(place, "an object");
  return new Map(Object.entries(value));
}

/**
 * The items of a list; none when it is left out.
 * @throws CliError `invalid_config`
 */
export function itemsOf(value: unknown, place: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrongSetting(place, "a list");
  return value;
}

/**
 * A text that is not empty.
 * @throws CliError `invalid_config`
 */
export function textOf(value: unknown, place: string): string {
  if (typeof value !== "string" || value === "") throw wrongSetting(place, "a setting with a text");
  return value;
}

/**
 * One of the known words.
 * @throws CliError `invalid_config`
 */
export function oneOf<T extends string>(value: unknown, known: readonly T[], place: string): T {
  const found = known.find((name) => name === value);
  if (found === undefined) throw wrongSetting(place, `one of ${known.join(", ")}`);
  return found;
}

/**
 * Makes sure that an object has no member beside the known ones.
 * @throws CliError `invalid_config`
 */
export function refuseUnknown(
  members: ReadonlyMap<string, unknown>,
  known: readonly string[],
  place: string,
): void {
  const unknown = [...members.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw wrongSetting(`${place}${unknown}`, `a setting; known are ${known.join(", ")}`);
}

/**
 * What every waiver says.
 * @throws CliError `invalid_config`
 */
export function readAccountability(members: ReadonlyMap<string, unknown>, place: string): Accountability {
  const expires = textOf(members.get("expires"), `${place}.expires`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || Number.isNaN(Date.parse(expires)))
    throw wrongSetting(`${place}.expires`, "a day such as 2026-12-31");
  return {
    owner: textOf(members.get("owner"), `${place}.owner`),
    reason: textOf(members.get("reason"), `${place}.reason`),
    expires,
  };
}
