import type { Model } from "@hivewire/codegen";
import type { WaivableChange } from "@hivewire/compat";
import type { Report } from "../diff/compare-all.js";
import { markdownText } from "../diff/markdown-text.js";
import { counted } from "../diff/sentences.js";
import { affectedText } from "./affected.js";

/** Name of the file beside the folder of versions. */
export const changelogFile = "CHANGELOG.md";

function itemOf(change: WaivableChange): string {
  const doubt = change.verdict === "unproven" ? "May break: " : "";
  const affected = affectedText(change);
  const fix = change.verdict === "compatible" ? "" : ` ${markdownText(change.fix)}`;
  return `- ${doubt}${markdownText(change.summary)}${fix}${affected === undefined ? "" : ` ${affected}`}`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `\n### ${title}\n\n${items.join("\n")}\n`;
}

/**
 * What a version brings, for people: what breaks, what else changed, what only documents say.
 * @param report - what changed since the release before; undefined for the first one
 * @param day - as `2026-11-23`
 * @param note - path of the migration note, relative to the changelog
 */
export function changelogEntry(
  { version, messages }: Pick<Model, "version" | "messages">,
  report: Report | undefined,
  day: string,
  note: string | undefined,
): string {
  const title = `## ${version} (${day})\n`;
  if (!report) return `${title}\nFirst release: ${counted(messages.length, "message")}.\n`;
  const of = (accepts: (change: WaivableChange) => boolean): readonly string[] =>
    report.changes.filter(accepts).map(itemOf);
  const isDocumentation = ({ plane }: WaivableChange): boolean => plane === "documentation";
  const isQuiet = ({ verdict }: WaivableChange): boolean => verdict === "compatible";
  const how = note === undefined ? "" : ` [How to migrate](${note}).`;
  return [
    `${title}\nSince ${report.baseline.label}: ${counted(report.changes.length, "change")}.${how}\n`,
    section(
      "Breaking",
      of((change) => !isQuiet(change)),
    ),
    section(
      "Changed",
      of((change) => isQuiet(change) && !isDocumentation(change)),
    ),
    section(
      "Documentation",
      of((change) => isQuiet(change) && isDocumentation(change)),
    ),
  ].join("");
}

/** A changelog with the entry on top, below its title. */
export function withEntry(changelog: string | undefined, name: string, entry: string): string {
  if (changelog === undefined) return `# Changelog of ${markdownText(name)}\n\n${entry}`;
  const first = changelog.search(/^## /m);
  if (first < 0) return `${changelog.trimEnd()}\n\n${entry}`;
  return `${changelog.slice(0, first)}${entry}\n${changelog.slice(first)}`;
}
