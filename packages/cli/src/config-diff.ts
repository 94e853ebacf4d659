import type { ChangeWaiver } from "@hivewire/compat";
import {
  accountabilityKeys,
  itemsOf,
  membersOf,
  readAccountability,
  refuseUnknown,
  textOf,
  wrongSetting,
} from "./config-readers.js";

/** What `hivewire.json` says under `diff`. */
export interface DiffSettings {
  readonly waivers: readonly ChangeWaiver[];
  /** Package that releases of the contract are published in, for changesets. */
  readonly package: string | undefined;
}

/** Names that npm takes (validate-npm-package-name); they end up in a changeset's front matter. */
const packageName = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]{0,213}$/;

function readWaiver(value: unknown, place: string): ChangeWaiver {
  const members = membersOf(value, place);
  refuseUnknown(members, ["id", ...accountabilityKeys], `${place}.`);
  const id = textOf(members.get("id"), `${place}.id`);
  if (!/^[0-9a-f]{12}$/.test(id))
    throw wrongSetting(`${place}.id`, "the id of a change: 12 hexadecimal digits, as diff shows them");
  return { id, ...readAccountability(members, place) };
}

/**
 * Reads the waivers of `hivewire diff` and the package of `hivewire release`.
 * @throws CliError `invalid_config`
 */
export function readDiff(value: unknown): DiffSettings {
  const members = membersOf(value ?? {}, "diff");
  refuseUnknown(members, ["waivers", "package"], "diff.");
  const waivers = itemsOf(members.get("waivers"), "diff.waivers");
  const name = members.get("package");
  if (name !== undefined && !packageName.test(textOf(name, "diff.package")))
    throw wrongSetting("diff.package", "the name of an npm package");
  return {
    waivers: waivers.map((waiver, index) => readWaiver(waiver, `diff.waivers[${index}]`)),
    package: name === undefined ? undefined : textOf(name, "diff.package"),
  };
}
