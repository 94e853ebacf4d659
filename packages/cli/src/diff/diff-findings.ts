import { join, relative } from "node:path";
import { type ChangeWaiver, changeRules } from "@hivewire/compat";
import type { Project } from "../config.js";
import { configFile } from "../config-readers.js";
import { portable } from "../files.js";
import { type Finding, placeOf } from "../findings.js";
import type { Io } from "../io.js";
import { checkSnapshots } from "./check-snapshots.js";
import { type DiffResult, type Report, type Standing, standingOf } from "./compare-all.js";
import { gateFix, gateSentence, waiverSentence } from "./sentences.js";

/** What every rule of a comparison is about, for SARIF. */
export const diffRules: ReadonlyMap<string, string> = new Map([
  ...changeRules,
  ["expired-waiver", "A waiver counts through its last day."],
  ["unused-waiver", "A waiver that covers nothing is noise to the next reader."],
  ["version-too-small", "Whoever reads only the version has to learn what changed from it."],
  ["version-too-large", "A version that says more than changed worries people for nothing."],
  ["snapshot-edited", "A release never changes."],
  ["snapshot-unrecorded", "A snapshot without a record can be edited unnoticed."],
  ["snapshot-unread", "A snapshot without the schema's file is compared with nothing."],
]);

const levels: Readonly<Record<Standing, Finding["level"]>> = {
  unsaid: "error",
  said: "warning",
  waived: "notice",
  compatible: "notice",
};

/** What breaks someone, or might, in one comparison. */
export function changeFindings({ changes, gate }: Report, project: Project, io: Io): readonly Finding[] {
  return changes.flatMap((change): readonly Finding[] => {
    const standing = standingOf(change, gate);
    if (standing === "compatible") return [];
    const { id, rule, summary, fix, location, waiver } = change;
    const place = placeOf(location, project.basePath, io.cwd);
    const waived = waiver ? { waived: waiverSentence(waiver) } : {};
    return [{ id, rule, level: levels[standing], message: summary, fix, ...place, ...waived }];
  });
}

/** The same change beside several baselines is one finding, as heavy as its heaviest. */
export function withoutDoubles(findings: readonly Finding[]): readonly Finding[] {
  const weight: Readonly<Record<Finding["level"], number>> = { error: 2, warning: 1, notice: 0 };
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = finding.id ?? `${finding.rule} ${finding.file} ${finding.message}`;
    const earlier = kept.get(key);
    if (!earlier || weight[earlier.level] < weight[finding.level]) kept.set(key, finding);
  }
  return [...kept.values()];
}

/** What the version says too little of, or too much. */
export function gateFindings(result: DiffResult, project: Project, io: Io): readonly Finding[] {
  const place = placeOf(result.model.source.locate("/x-contract/version"), project.basePath, io.cwd);
  return result.reports.flatMap(({ gate }): readonly Finding[] => {
    const message = gateSentence(gate);
    if (gate.verdict === "too-small")
      return [{ rule: "version-too-small", level: "error", message, fix: gateFix(gate), ...place }];
    return gate.verdict === "too-large"
      ? [{ rule: "version-too-large", level: "notice", message, ...place }]
      : [];
  });
}

/** What is wrong beside the changes and the version: waivers and edited releases. */
export async function otherFindings(
  result: DiffResult,
  project: Project,
  io: Io,
): Promise<readonly Finding[]> {
  const config = portable(relative(io.cwd, join(project.root ?? io.cwd, configFile)));
  const place = { file: config, line: 1, column: 1 };
  const what = ({ id, owner }: ChangeWaiver): string => `The waiver of ${id} by ${owner}`;
  return [
    ...result.expired.map((waiver): Finding => {
      const message = `${what(waiver)} ended on ${waiver.expires}.`;
      const fix = `Mend what it covers (${waiver.reason}), or agree on a later day.`;
      return { rule: "expired-waiver", level: "error", message, fix, ...place };
    }),
    ...result.unused.map(
      (waiver): Finding => ({
        rule: "unused-waiver",
        level: "warning",
        message: `${what(waiver)} covers nothing.`,
        fix: "Remove it.",
        ...place,
      }),
    ),
    ...(await checkSnapshots(project.schemaPath, io.cwd)),
  ];
}
