import type { Finding } from "../findings.js";
import { frameText } from "./frame-text.js";
import { gateSentence, gateText, waiverSentence, witnessSentence } from "./sentences.js";
import type { DiffView, ShownChange, ShownReport } from "./view.js";

/** Characters that XML 1.0 has no way to write (its section 2.2), lone surrogates among them. */
const unwritable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must go.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** A text as XML, in an attribute or between tags. */
export function xmlText(text: string): string {
  return text.replace(unwritable, "\ufffd").replace(/[&<>"\t\n\r]/g, (found) => entities[found] ?? found);
}

interface Case {
  readonly name: string;
  readonly className: string;
  readonly place: Pick<Finding, "file" | "line"> | undefined;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Kind of the failure. */
  readonly kind: string;
  readonly message: string;
  readonly details: string;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join("");
}

function caseXml({ name, className, place, outcome, kind, message, details }: Case): string {
  const where = place ? { file: place.file, line: place.line } : {};
  const open = `    <testcase${attributes({ name, classname: className, time: 0, ...where })}>\n`;
  const inner = {
    failed: `      <failure${attributes({ message, type: kind })}>${xmlText(details)}</failure>\n`,
    skipped: `      <skipped${attributes({ message })}/>\n`,
    passed: `      <system-out>${xmlText(details)}</system-out>\n`,
  }[outcome];
  return `${open}${inner}    </testcase>\n`;
}

function suiteXml(name: string, cases: readonly Case[]): string {
  const count = (outcome: Case["outcome"]): number => cases.filter((each) => each.outcome === outcome).length;
  const counts = { tests: cases.length, failures: count("failed"), errors: 0, skipped: count("skipped") };
  return `  <testsuite${attributes({ name, ...counts, time: 0 })}>\n${cases.map(caseXml).join("")}  </testsuite>\n`;
}

function changeCase({ change, standing, place }: ShownChange): Case {
  const { id, rule, messages, summary, fix, witness, waiver } = change;
  const frame = witness ? `\n${witnessSentence(witness)}\n${frameText(witness.frame)}` : "";
  return {
    name: `${rule} ${id}`,
    className: messages.join(", ") || "contract",
    place,
    outcome: standing === "unsaid" ? "failed" : standing === "waived" ? "skipped" : "passed",
    kind: rule,
    message: waiver ? `${summary} ${waiverSentence(waiver)}` : summary,
    details: `${summary}\n${fix}${frame}\n${place.file}:${place.line}:${place.column}`,
  };
}

function gateCase({ report: { gate } }: ShownReport): Case {
  return {
    name: "the version says what changed",
    className: "version",
    place: undefined,
    outcome: gate.isSaid ? "passed" : "failed",
    kind: "version-too-small",
    message: gateSentence(gate),
    details: gateText(gate),
  };
}

function findingCase({ rule, level, message, fix, ...place }: Finding): Case {
  return {
    name: message,
    className: rule,
    place,
    outcome: level === "error" ? "failed" : "passed",
    kind: rule,
    message,
    details: fix === undefined ? message : `${message} ${fix}`,
  };
}

/** A JUnit report: one suite per comparison with a case per change and one for the version, and one suite of the rest. */
export function junitXml(suites: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="hivewire diff">\n${suites.join("")}</testsuites>\n`;
}

/** What else was found, as a suite. */
export function findingsSuite(findings: readonly Finding[]): string {
  return suiteXml("releases and waivers", findings.map(findingCase));
}

/** A diff as a JUnit report. */
export function diffJunit({ reports, others }: DiffView): string {
  const suites = reports.map((shown) =>
    suiteXml(shown.title, [...shown.changes.map(changeCase), gateCase(shown)]),
  );
  return junitXml(others.length === 0 ? suites : [...suites, findingsSuite(others)]);
}
