import type { Bump, VersionGate } from "@hivewire/compat";
import { countsOf, type ShownReport } from "../diff/view.js";

/** Folder that changesets are kept in. */
export const changesetFolder = ".changeset";

/** The step of the package that the contract is published in: what the contract's version says. */
function stepOf(gate: VersionGate | undefined): Exclude<Bump, "none"> {
  if (gate === undefined) return "minor";
  return gate.declared === "none" ? "patch" : gate.declared;
}

/** A changeset (of the tool of that name) for the package that the contract is published in. */
export function changesetText(packageName: string, version: string, shown: ShownReport | undefined): string {
  const what = shown ? countsOf(shown) : "the first release";
  return `---\n"${packageName}": ${stepOf(shown?.report.gate)}\n---\n\nContract ${version}: ${what}.\n`;
}
