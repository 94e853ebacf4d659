import type { DiffView } from "./view.js";

/** One JSON object, on one line: everything that was found, nothing cut. */
export function diffJson({ result, reports, others, ok }: DiffView): string {
  const comparisons = reports.map(({ report, changes }) => {
    const { older, newer, bump } = report.comparison;
    return {
      ...{ older, newer, bump, gate: report.gate },
      changes: changes.map(({ change: { location: _, ...change }, standing, place }) => ({
        ...{ ...change, standing },
        ...place,
      })),
    };
  });
  const { name, version } = result.model;
  return `${JSON.stringify({ ok, name, version, comparisons, findings: others })}\n`;
}
