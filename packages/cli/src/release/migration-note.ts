import { isObject, type Json, type Model, own, valueAt } from "@hivewire/codegen";
import { needsSaying, type WaivableChange } from "@hivewire/compat";
import type { Report } from "../diff/compare-all.js";
import { frameText } from "../diff/frame-text.js";
import { markdownCode, markdownJson, markdownText } from "../diff/markdown-text.js";
import { counted, waiverSentence } from "../diff/sentences.js";
import { affectedText } from "./affected.js";

/** The first example of the first of the messages that the contract has. */
function exampleOf({ messages, schema }: Model, names: readonly string[]): Json | undefined {
  const message = messages.find(
    ({ name, match }) =>
      names.includes(name) ||
      (match.kind === "constant" && match.values.some((value) => names.includes(String(value)))),
  );
  const definition = message ? valueAt(schema, message.pointer) : undefined;
  const examples = isObject(definition) ? own(definition, "examples") : undefined;
  return Array.isArray(examples) ? examples[0] : undefined;
}

function refusedBy({ sender }: WaivableChange, older: string, newer: string): string {
  if (sender === "client") return `Valid in ${older}, refused by a server on ${newer}`;
  if (sender === "server") return `Sent by a server on ${newer}, refused by clients on ${older}`;
  return `Valid in one of ${older} and ${newer}, refused by the other`;
}

function sectionOf(change: WaivableChange, index: number, { baseline }: Report, model: Model): string {
  const { summary, fix, witness, verdict, messages, waiver } = change;
  const blocks = [`## ${index + 1}. ${markdownText(summary)}`];
  const doubt = verdict === "unproven" ? "That it breaks no one could not be proven. " : "";
  blocks.push(`${doubt}${markdownText(fix)}`);
  const affected = affectedText(change);
  if (affected !== undefined) blocks.push(affected);
  if (witness) {
    const what = witness.pointer === "" ? "the frame" : markdownCode(witness.pointer);
    const who = refusedBy(change, baseline.label, model.version);
    blocks.push(`${who}: ${what} ${markdownText(witness.reason)}.`, markdownJson(frameText(witness.frame)));
  }
  const before = exampleOf(baseline.model, messages);
  const after = exampleOf(model, messages);
  if (before !== undefined && !witness)
    blocks.push(`Valid in ${baseline.label}:`, markdownJson(frameText(before)));
  if (after !== undefined) blocks.push(`Valid in ${model.version}:`, markdownJson(frameText(after)));
  if (waiver) blocks.push(markdownText(waiverSentence(waiver)));
  return `${blocks.join("\n\n")}\n`;
}

/** What whoever upgrades has to do, frame by frame; undefined when nothing breaks, or might. */
export function migrationNote(report: Report, model: Model): string | undefined {
  const loud = report.changes.filter(needsSaying);
  if (loud.length === 0) return undefined;
  const title = `# From ${markdownText(model.name)} ${report.baseline.label} to ${model.version}\n`;
  const head = `${counted(loud.length, "change")} to look at. Everything else stays as it is.\n`;
  return [title, head, ...loud.map((change, index) => sectionOf(change, index, report, model))].join("\n");
}
