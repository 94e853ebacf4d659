import type { Finding } from "../findings.js";
import type { Colors } from "../io.js";
import { frameText } from "./frame-text.js";
import { gateText, waiverSentence, witnessSentence } from "./sentences.js";
import {
  countsOf,
  type DiffView,
  isDocumentation,
  nothingReleased,
  type ShownChange,
  type ShownReport,
} from "./view.js";

/** Compatible changes of one comparison that are shown; the rest is counted. */
const maxCompatible = 50;

/** Changes of one comparison that break someone, or might, and are shown; the rest is counted. */
const maxLoud = 200;

function indented(text: string, by: string): string {
  return text
    .split("\n")
    .map((line) => `${by}${line}\n`)
    .join("");
}

function headOf({ change, standing }: ShownChange, colors: Colors): string {
  if (standing === "unsaid") return colors.red(change.verdict);
  return standing === "waived" ? colors.cyan(`waived ${change.verdict}`) : colors.yellow(change.verdict);
}

function loudText(shown: ShownChange, colors: Colors): string {
  const { change, place } = shown;
  const { summary, fix, witness, waiver, rule, id } = change;
  const frame = witness ? `  ${witnessSentence(witness)}\n${indented(frameText(witness.frame), "    ")}` : "";
  const waived = waiver ? `  ${waiverSentence(waiver)}\n` : "";
  const where = `${place.file}:${place.line}:${place.column}`;
  return `${headOf(shown, colors)}  ${colors.bold(summary)}\n  ${fix}\n${waived}${frame}  ${colors.dim(`${where} ${rule}, id ${id}`)}\n\n`;
}

function more(count: number, what: string): string {
  return count > 0 ? `… ${count} more ${what}; --format json shows all\n` : "";
}

function reportText({ report, title, changes, ...rest }: ShownReport, colors: Colors): string {
  const loud = changes.filter(({ standing }) => standing !== "compatible");
  const quiet = changes.filter((shown) => shown.standing === "compatible" && !isDocumentation(shown));
  const quietLines = quiet
    .slice(0, maxCompatible)
    .map(({ change }) => `${colors.green("compatible")}  ${change.summary}\n`);
  const { gate } = report;
  const verdict = gateText(gate);
  return [
    ...loud.slice(0, maxLoud).map((shown) => loudText(shown, colors)),
    more(loud.length - maxLoud, "that break someone"),
    ...quietLines,
    more(quiet.length - maxCompatible, "that are compatible"),
    quiet.length > 0 ? "\n" : "",
    `${colors.bold(title)}: ${countsOf({ report, title, changes, ...rest })}.\n`,
    `${gate.isSaid ? verdict : colors.red(verdict)}\n`,
  ].join("");
}

function findingText({ rule, level, message, fix, file, line }: Finding, colors: Colors): string {
  const paint = { error: colors.red, warning: colors.yellow, notice: colors.cyan }[level];
  return `${paint(level)}  ${message}${fix === undefined ? "" : ` ${fix}`}\n  ${colors.dim(`${file}:${line} ${rule}`)}\n`;
}

/** For people: first what breaks, then what was proven harmless, then what the version says about it. */
export function diffText({ result, reports, others }: DiffView, colors: Colors): string {
  const texts = reports.map((report) => reportText(report, colors));
  const head = reports.length === 0 ? `${nothingReleased(result)}\n` : texts.join("\n");
  const tail = others.map((finding) => findingText(finding, colors)).join("");
  return tail === "" ? head : `${head}\n${tail}`;
}
