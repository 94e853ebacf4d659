import type { Project } from "../config.js";
import { type Finding, placeOf } from "../findings.js";
import type { Io } from "../io.js";
import { type DiffResult, standingOf } from "./compare-all.js";
import type { DiffView, ShownReport } from "./view.js";

/** Puts together what every format shows. */
export function viewOf(result: DiffResult, others: readonly Finding[], project: Project, io: Io): DiffView {
  const reports = result.reports.map((report): ShownReport => {
    const { comparison, changes, gate } = report;
    return {
      report,
      title: `${comparison.name} ${comparison.newer.version} beside ${comparison.older.label}`,
      changes: changes.map((change) => ({
        change,
        standing: standingOf(change, gate),
        place: placeOf(change.location, project.basePath, io.cwd),
      })),
    };
  });
  const ok =
    reports.every(({ report }) => report.gate.isSaid) && others.every(({ level }) => level !== "error");
  return { result, reports, others, ok };
}
