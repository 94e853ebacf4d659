import { type Level, lintRules, type Waiver } from "@hivewire/codegen";
import {
  accountabilityKeys,
  itemsOf,
  membersOf,
  oneOf,
  readAccountability,
  refuseUnknown,
  textOf,
} from "./config-readers.js";

/** What `hivewire.json` says under `lint`. */
export interface LintSettings {
  readonly levels: Readonly<Record<string, Level>>;
  readonly waivers: readonly Waiver[];
}

const ruleNames = lintRules.map(({ name }) => name);

function readWaiver(value: unknown, place: string): Waiver {
  const members = membersOf(value, place);
  refuseUnknown(members, ["rule", "pointer", ...accountabilityKeys], `${place}.`);
  const accountability = readAccountability(members, place);
  const pointer = members.get("pointer");
  return {
    rule: oneOf(members.get("rule"), ruleNames, `${place}.rule`),
    pointer: pointer === "" ? "" : textOf(pointer, `${place}.pointer`),
    ...accountability,
  };
}

/**
 * Reads the levels and waivers of `hivewire lint`.
 * @throws CliError `invalid_config`
 */
export function readLint(value: unknown): LintSettings {
  const members = membersOf(value ?? {}, "lint");
  refuseUnknown(members, ["rules", "waivers"], "lint.");
  const rules = membersOf(members.get("rules") ?? {}, "lint.rules");
  const levels = [...rules].map(([name, level]) => {
    oneOf(name, ruleNames, `lint.rules.${name}`);
    return [name, oneOf(level, ["error", "warning", "off"] as const, `lint.rules.${name}`)] as const;
  });
  const waivers = itemsOf(members.get("waivers"), "lint.waivers");
  return {
    levels: Object.fromEntries(levels),
    waivers: waivers.map((waiver, index) => readWaiver(waiver, `lint.waivers[${index}]`)),
  };
}
