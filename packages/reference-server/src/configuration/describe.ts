import { expectationOf, flagOf, type VariableRow } from "./variable.js";
import { variableGroups } from "./variables.js";

const width = 36;

function helpLine([name, row]: readonly [string, VariableRow]): string {
  const shown = row.default === undefined ? "" : ` (default: ${row.default})`;
  return `  ${name.padEnd(width)} ${row.help}${shown}`;
}

/** The table of variables for a terminal. */
export function variablesHelp(): string {
  return Object.entries(variableGroups)
    .map(([title, rows]) => `${title}:\n${Object.entries(rows).map(helpLine).join("\n")}`)
    .join("\n\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

function documentLine([name, row]: readonly [string, VariableRow]): string {
  const flag = row.isSecret ? "none" : `\`--${flagOf(name)}\``;
  const value = row.default === undefined ? "" : `\`${row.default}\``;
  return `| \`${name}\` | ${flag} | ${cell(expectationOf(row))} | ${value} | ${cell(row.help)} |`;
}

/** The table of variables in Markdown: one section per subject. */
export function variablesDocument(): string {
  const head = "| variable | flag | value | default | what it does |\n|---|---|---|---|---|";
  return Object.entries(variableGroups)
    .map(([title, rows]) => `## ${title}\n\n${head}\n${Object.entries(rows).map(documentLine).join("\n")}\n`)
    .join("\n");
}
