import { relative, resolve } from "node:path";
import type { SourceLocation } from "@hivewire/codegen";
import { portable } from "./files.js";
import { generatorVersion } from "./version.js";

/** How results are written. */
export const formats = ["text", "json", "github", "sarif"] as const;

/** One of the formats. */
export type Format = (typeof formats)[number];

/** How `hivewire diff` writes results beside that: for test reports, and for a comment on a pull request. */
export const diffFormats = [...formats, "junit", "markdown"] as const;

/** One of the formats of `hivewire diff`. */
export type DiffFormat = (typeof diffFormats)[number];

/** One thing that a command found, at its place. */
export interface Finding {
  /** Stable name of what was asked. */
  readonly rule: string;
  /** Only errors fail. */
  readonly level: "error" | "warning" | "notice";
  /** What is the matter, as sentences. */
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
  /** Path relative to the working folder, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Stable name of what was found, whatever line it stands on. */
  readonly id?: string;
  /** Why it is accepted. */
  readonly waived?: string;
}

/** Where a place of the contract stands, seen from the working folder. */
export function placeOf(
  { file, line, column }: SourceLocation,
  basePath: string,
  cwd: string,
): Pick<Finding, "file" | "line" | "column"> {
  return { file: portable(relative(cwd, resolve(basePath, file))), line, column };
}

const sentence = ({ message, fix }: Finding): string => (fix === undefined ? message : `${message} ${fix}`);

/** Workflow commands end at a line's end, and properties at `:` and `,` too. */
function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Annotations of GitHub Actions, one line each. */
export function githubAnnotations(findings: readonly Finding[]): string {
  return findings
    .map((finding) => {
      const { rule, level, file, line, column } = finding;
      const properties = `file=${escapedProperty(file)},line=${line},col=${column},title=${escapedProperty(`hivewire ${rule}`)}`;
      return `::${level} ${properties}::${escapedData(sentence(finding))}\n`;
    })
    .join("");
}

/** Version 1 of how ids are made, as SARIF asks for it (2.1.0, 3.27.17). */
const fingerprint = "hivewireId/v1";

/** A SARIF 2.1.0 log with one run. */
export function sarifLog(findings: readonly Finding[], rules: ReadonlyMap<string, string>): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hivewire",
            semanticVersion: generatorVersion,
            rules: ids.map((id) => ({ id, shortDescription: { text: rules.get(id) ?? id } })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: finding.level === "notice" ? "note" : finding.level,
          message: { text: sentence(finding) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(finding.file) },
                region: { startLine: finding.line, startColumn: finding.column },
              },
            },
          ],
          ...(finding.id === undefined ? {} : { partialFingerprints: { [fingerprint]: finding.id } }),
          ...(finding.waived === undefined
            ? {}
            : { suppressions: [{ kind: "external", status: "accepted", justification: finding.waived }] }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
