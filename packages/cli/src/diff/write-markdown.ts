import type { Finding } from "../findings.js";
import { frameText } from "./frame-text.js";
import { markdownCode, markdownJson, markdownText } from "./markdown-text.js";
import { gateText, waiverSentence, witnessSentence } from "./sentences.js";
import {
  countsOf,
  type DiffView,
  isDocumentation,
  nothingReleased,
  type ShownChange,
  type ShownReport,
} from "./view.js";

/** First line of the comment: whoever updates it finds it by this. */
const commentMarker = "<!-- hivewire-diff -->";

/** Most characters of a comment: GitHub takes 65,536. */
export const maxCommentLength = 65_000;

/** Room for the line that says what was left out. */
const reserved = 200;

function loudItem({ change, standing, place }: ShownChange): string {
  const { verdict, summary, fix, witness, waiver, rule, id } = change;
  const mark = { unsaid: "❌", said: "⚠️", waived: "🤝", compatible: "✅" }[standing];
  const lines = [`- ${mark} **${verdict}**: ${markdownText(summary)} ${markdownText(fix)}`];
  if (waiver) lines.push(`  ${markdownText(waiverSentence(waiver))}`);
  lines.push(`  <sub>${markdownCode(`${place.file}:${place.line}`)} ${rule}, id ${markdownCode(id)}</sub>`);
  if (witness) {
    const block = ["<details><summary>The frame</summary>", "", markdownText(witnessSentence(witness)), ""];
    lines.push(...block.map((line) => (line === "" ? "" : `  ${line}`)));
    const json = markdownJson(frameText(witness.frame)).split("\n");
    lines.push(...json.map((line) => `  ${line}`), "", "  </details>");
  }
  return `${lines.join("\n")}\n`;
}

function reportParts(shown: ShownReport): readonly string[] {
  const { title, changes, report } = shown;
  const loud = changes.filter(({ standing }) => standing !== "compatible");
  const quiet = changes.filter((each) => each.standing === "compatible" && !isDocumentation(each));
  const mark = report.gate.isSaid ? "" : "❌ ";
  return [
    `\n### ${markdownText(title)}\n\n${countsOf(shown)}.\n\n${mark}${markdownText(gateText(report.gate))}\n\n`,
    ...loud.map(loudItem),
    ...quiet.map(({ change }) => `- ✅ ${markdownText(change.summary)}\n`),
  ];
}

function findingItem({ rule, level, message, fix = "", file }: Finding): string {
  const mark = { error: "❌", warning: "⚠️", notice: "ℹ️" }[level];
  return `- ${mark} ${markdownText(`${message} ${fix}`)} <sub>${markdownCode(file)} ${rule}</sub>\n`;
}

/** Parts in order, as many as there is room for; the end says how many were left out. */
function bounded(parts: readonly string[]): string {
  let text = "";
  for (const [index, part] of parts.entries()) {
    if (text.length + part.length > maxCommentLength - reserved)
      return `${text}\n… and ${parts.length - index} more; \`hivewire diff\` shows all.\n`;
    text += part;
  }
  return text;
}

/** A comment of Markdown that is found again by its first line. */
function markdownComment(isOk: boolean, parts: readonly string[]): string {
  const head = `${commentMarker}\n## ${isOk ? "✅" : "❌"} Contract\n`;
  return bounded([head, ...parts]);
}

/** A diff as a comment on a pull request. */
export function diffMarkdown({ result, reports, others, ok }: DiffView): string {
  const findings = others.length === 0 ? [] : ["\n### Releases and waivers\n\n", ...others.map(findingItem)];
  const nothing = reports.length === 0 ? [`\n${markdownText(nothingReleased(result))}\n`] : [];
  return markdownComment(ok, [...nothing, ...findings, ...reports.flatMap(reportParts)]);
}

/** Findings alone as a comment, such as an error that stopped the comparison. */
export function findingsMarkdown(findings: readonly Finding[]): string {
  return markdownComment(false, ["\n", ...findings.map(findingItem)]);
}
