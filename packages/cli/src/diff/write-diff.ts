import type { Project } from "../config.js";
import { type DiffFormat, type Finding, githubAnnotations, sarifLog } from "../findings.js";
import type { Io } from "../io.js";
import { changeFindings, diffRules, gateFindings, withoutDoubles } from "./diff-findings.js";
import type { DiffView } from "./view.js";
import { diffJson } from "./write-json.js";
import { diffJunit } from "./write-junit.js";
import { diffMarkdown } from "./write-markdown.js";
import { diffText } from "./write-text.js";

/** The view as findings: what breaks someone or might, what the version says, and all else that is wrong. */
function findingsOf({ result, others }: DiffView, project: Project, io: Io): readonly Finding[] {
  return withoutDoubles([
    ...result.reports.flatMap((report) => changeFindings(report, project, io)),
    ...gateFindings(result, project, io),
    ...others,
  ]);
}

/** A diff in the format that was asked for. */
export function diffAs(format: DiffFormat, view: DiffView, project: Project, io: Io): string {
  switch (format) {
    case "text":
      return diffText(view, io.colors);
    case "json":
      return diffJson(view);
    case "github":
      return githubAnnotations(findingsOf(view, project, io));
    case "sarif":
      return sarifLog(findingsOf(view, project, io), diffRules);
    case "junit":
      return diffJunit(view);
    case "markdown":
      return diffMarkdown(view);
  }
}
