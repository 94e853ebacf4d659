import type { WaivableChange } from "@hivewire/compat";
import type { Finding } from "../findings.js";
import type { DiffResult, Report, Standing } from "./compare-all.js";
import { counted } from "./sentences.js";

/** A change as it is shown: where it stands, and its line in a file. */
export interface ShownChange {
  readonly change: WaivableChange;
  readonly standing: Standing;
  readonly place: Pick<Finding, "file" | "line" | "column">;
}

/** One comparison as it is shown. */
export interface ShownReport {
  readonly report: Report;
  /** `dashboard 1.1.0 beside 1.0.0`. */
  readonly title: string;
  readonly changes: readonly ShownChange[];
}

/** Everything that a format of `hivewire diff` writes from. */
export interface DiffView {
  readonly result: DiffResult;
  readonly reports: readonly ShownReport[];
  /** Waivers and releases: what is wrong beside the changes. What the version says stands in each report. */
  readonly others: readonly Finding[];
  readonly ok: boolean;
}

/** What is said when there is no release to compare with. */
export function nothingReleased({ model }: DiffResult): string {
  return `${model.name} ${model.version}: nothing is released yet, so no one can break. "hivewire release" makes the first release.`;
}

/** Changes that only readers of documents see. */
export function isDocumentation({ change }: ShownChange): boolean {
  return change.plane === "documentation" && change.verdict === "compatible";
}

/** How many changes there are of each kind: `1 breaking, 0 unproven, 3 compatible, 2 in documentation`. */
export function countsOf({ changes }: ShownReport): string {
  const count = (accepts: (shown: ShownChange) => boolean): number => changes.filter(accepts).length;
  const waived = count(({ standing }) => standing === "waived");
  const parts = [
    `${count(({ change }) => change.verdict === "breaking")} breaking`,
    `${count(({ change }) => change.verdict === "unproven")} unproven`,
    `${count((shown) => shown.change.verdict === "compatible" && !isDocumentation(shown))} compatible`,
    `${count(isDocumentation)} in documentation`,
  ];
  return `${counted(changes.length, "change")}: ${parts.join(", ")}${waived > 0 ? `; ${waived} waived` : ""}`;
}
