import { own } from "../json.js";
import type { Model } from "../model.js";
import {
  describeDefinition,
  describeMessage,
  type FieldDescription,
  type MessageDescription,
  type SectionDescription,
} from "./describe-message.js";
import type { Word } from "./describe-type.js";

/** The longest run of backticks decides how many have to stand around. */
function fence(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return "`".repeat(longest < least ? least : longest + 1);
}

/** A code span: nothing in it is markup. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const mark = fence(line, 1);
  const pad = /^[` ]|[` ]$/.test(line) || line === "" ? " " : "";
  return mark + pad + line + pad + mark;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;" };

function plain(text: string): string {
  return text.replace(/[\\`*_[\]~#$]/g, "\\$&").replace(/[&<>|]/g, (character) => entities[character] ?? "");
}

/** Prose of the schema on one line: `code` stays code, everything else is only text. */
function prose(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const pieces = line.split(/(?<!`)(`[^`]+`)(?!`)/);
  const escaped = pieces
    .map((piece, index) => (index % 2 === 1 ? code(piece.slice(1, -1)) : plain(piece)))
    .join("");
  return escaped.replace(/^(\d+)([.)])/, "$1\\$2").replace(/^[-+=]/, "\\$&");
}

/** A cell: a pipe in it, even in code, would end it (GFM, section 4.10). */
function cell(markdown: string): string {
  return markdown.replaceAll("|", "\\|");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** Link targets of the sections, as GitHub makes them: a second heading of the same text gets a number. */
function anchorsOf(model: Model): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const names = [
    ...model.messages.map(({ name }) => name),
    "Definitions",
    ...model.definitions.map(({ name }) => name),
  ];
  const given = [titleOf(model), "Messages", ...names].map((heading) => {
    const base = slug(heading);
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    return [heading, count === 0 ? base : `${base}-${count}`] as const;
  });
  const sections = given.slice(2).filter((_, index) => index !== model.messages.length);
  return new Map(sections);
}

function titleOf(model: Model): string {
  return `${model.name} ${model.version}`;
}

type Anchors = ReadonlyMap<string, string>;

function link(name: string, anchors: Anchors, text = name): string {
  const anchor = anchors.get(name);
  return anchor === undefined ? text : `[${text}](#${anchor})`;
}

function typeText(words: readonly Word[], anchors: Anchors): string {
  return words
    .map(({ text, kind }) =>
      kind === "name" ? link(text, anchors) : kind === "value" ? code(text) : plain(text),
    )
    .join("");
}

function constraint(text: string): string {
  const found = /^(matches|none of) ([\s\S]*)$/.exec(text);
  return found ? `${found[1]} ${code(found[2] ?? "")}` : plain(text.replace(/\s+/g, " "));
}

function tagText({ tags }: MessageDescription): string {
  return tags.map(code).join(", ");
}

function arrow(sender: "client" | "server"): string {
  return sender === "client" ? "client → server" : "server → client";
}

function fieldRow(field: FieldDescription, anchors: Anchors): readonly string[] {
  const notes = [
    ...(field.deprecated ? ["**Deprecated.**"] : []),
    ...(field.description === "" ? [] : [prose(field.description)]),
  ];
  return [
    code(field.path),
    typeText(field.type, anchors),
    field.required ? "yes" : "no",
    field.constraints.map(constraint).join("; "),
    notes.join(" "),
    plain(field.since ?? ""),
    field.defaultText === undefined ? "" : code(field.defaultText),
  ];
}

const fieldHead = ["field", "type", "required", "constraints", "description", "since", "default"];

function fields(section: SectionDescription, anchors: Anchors): readonly string[] {
  return section.fields.length === 0
    ? []
    : [
        table(
          fieldHead,
          section.fields.map((field) => fieldRow(field, anchors)),
        ),
      ];
}

function opening(section: SectionDescription): readonly string[] {
  return [
    `### ${section.name}`,
    ...(section.deprecated ? ["**Deprecated.**"] : []),
    ...(section.description === "" ? [] : [prose(section.description)]),
  ];
}

function messageSection(message: MessageDescription, anchors: Anchors): string {
  const { example, replies } = message;
  const json = example === undefined ? undefined : JSON.stringify(example, null, 2);
  const facts = [
    arrow(message.sender),
    ...(message.tags.length === 0 ? [] : [tagText(message)]),
    ...(message.topic === undefined ? [] : [`topic ${code(message.topic)}`]),
    ...(message.since === undefined ? [] : [`since ${plain(message.since)}`]),
  ];
  return [
    ...opening(message),
    facts.join(" · "),
    ...(message.fields.length === 0
      ? [`Type: ${typeText(message.type, anchors)}.`]
      : fields(message, anchors)),
    ...(json === undefined ? [] : [`${fence(json, 3)}json\n${json}\n${fence(json, 3)}`]),
    ...(replies.length === 0
      ? []
      : [`Answered by ${replies.map(({ tag, name }) => link(name, anchors, code(tag))).join(", ")}.`]),
  ].join("\n\n");
}

function definitionSection(definition: SectionDescription, anchors: Anchors): string {
  const asked = definition.constraints.map(constraint).join("; ");
  return [
    ...opening(definition),
    `Type: ${typeText(definition.type, anchors)}${asked === "" ? "" : `; ${asked}`}.`,
    ...fields(definition, anchors),
  ].join("\n\n");
}

function messageRow(message: MessageDescription): readonly string[] {
  return [
    tagText(message) || message.name,
    arrow(message.sender),
    message.topic === undefined ? "" : code(message.topic),
    plain(message.since ?? ""),
    message.replies.map(({ tag }) => code(tag)).join(", "),
  ];
}

/** The Markdown table of all messages: type, direction, topic, first version and replies. */
export function messageTable(model: Model): string {
  const rows = model.messages.map((message) => messageRow(describeMessage(model, message)));
  return `${table(["type", "direction", "topic", "since", "replies"], rows)}\n`;
}

/** The reference of the contract in GitHub Flavored Markdown: a table of messages, then a section for each message and definition. */
export function emitMarkdown(model: Model): string {
  const anchors = anchorsOf(model);
  const messages = model.messages.map((message) => describeMessage(model, message));
  const definitions = model.definitions.map((definition) => describeDefinition(model, definition));
  const description = own(model.schema, "description");
  const rows = messages.map((message) => [
    link(message.name, anchors),
    ...messageRow(message),
    message.deprecated ? "yes" : "",
  ]);
  const head = ["name", "type", "direction", "topic", "since", "replies", "deprecated"];
  return `${[
    `# ${plain(titleOf(model).replace(/\s+/g, " "))}`,
    ...(typeof description === "string" ? [prose(description)] : []),
    "## Messages",
    table(head, rows),
    ...messages.map((message) => messageSection(message, anchors)),
    ...(definitions.length === 0 ? [] : ["## Definitions"]),
    ...definitions.map((definition) => definitionSection(definition, anchors)),
  ].join("\n\n")}\n`;
}
