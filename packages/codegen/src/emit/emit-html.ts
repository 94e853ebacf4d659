import { type Json, own } from "../json.js";
import type { Model } from "../model.js";
import {
  describeDefinition,
  describeMessage,
  type FieldDescription,
  type MessageDescription,
  type SectionDescription,
} from "./describe-message.js";
import type { Word } from "./describe-type.js";
import { pageScript, pageStyle } from "./html-assets.js";

const entities: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Text of the schema, for elements and for attributes in quotes. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities.get(character) ?? character);
}

const code = (text: string): string => `<code>${escaped(text)}</code>`;

/** Prose of the schema: what stands between two backticks is code. */
function prose(text: string): string {
  const pieces = text.trim().split(/`([^`]+)`/);
  return pieces.map((piece, index) => (index % 2 === 1 ? code(piece) : escaped(piece))).join("");
}

function paragraph(text: string): string {
  return text === "" ? "" : `<p>${prose(text)}</p>\n`;
}

function link(name: string, inner = escaped(name)): string {
  return `<a href="#${escaped(name)}">${inner}</a>`;
}

function typeText(words: readonly Word[]): string {
  return words
    .map(({ text, kind }) => (kind === "name" ? link(text) : kind === "value" ? code(text) : escaped(text)))
    .join("");
}

/** JSON with a class for each kind of token. */
function highlight(value: Json): string {
  const text = JSON.stringify(value, null, 2);
  const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;
  let end = 0;
  let html = "";
  for (const match of text.matchAll(token)) {
    const [whole, string, colon, number] = match;
    const kind = string === undefined ? (number === undefined ? "w" : "n") : colon === undefined ? "s" : "k";
    html += `${escaped(text.slice(end, match.index))}<span class="${kind}">${escaped(string ?? whole)}</span>${colon ?? ""}`;
    end = match.index + whole.length;
  }
  return html + escaped(text.slice(end));
}

function badge(sender: "client" | "server"): string {
  return `<span class="badge ${sender}">${sender === "client" ? "client → server" : "server → client"}</span>`;
}

const deprecatedBadge = '<span class="badge warn">deprecated</span>';

function fieldRow(field: FieldDescription): string {
  const { since, defaultText } = field;
  const notes = [
    ...field.constraints.map(escaped),
    ...(defaultText === undefined ? [] : [`default ${code(defaultText)}`]),
    ...(since === undefined ? [] : [`since ${escaped(since)}`]),
  ];
  return `<tr>
<th scope="row">${code(field.path)}${field.deprecated ? ` ${deprecatedBadge}` : ""}</th>
<td>${typeText(field.type)}</td>
<td>${field.required ? "yes" : '<span class="optional">no</span>'}</td>
<td>${prose(field.description)}${notes.length === 0 ? "" : `<span class="notes">${notes.join(" · ")}</span>`}</td>
</tr>
`;
}

function fieldTable({ name, fields }: SectionDescription): string {
  if (fields.length === 0) return "";
  return `<div class="scroll" role="region" aria-label="Fields of ${escaped(name)}" tabindex="0">
<table>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Required</th><th scope="col">Description</th></tr></thead>
<tbody>
${fields.map(fieldRow).join("")}</tbody>
</table>
</div>
`;
}

/** What the search looks through: names, tags, fields, descriptions and types. */
function searchText(section: SectionDescription, tags: readonly string[]): string {
  const fields = section.fields.flatMap(({ path, description, type }) => [
    path,
    description,
    ...type.map(({ text }) => text),
  ]);
  return escaped(
    [section.name, ...tags, section.description, ...fields].join(" ").toLowerCase().replace(/\s+/g, " "),
  );
}

function heading({ name, deprecated }: SectionDescription): string {
  return `<h3>${link(name)}</h3>${deprecated ? ` ${deprecatedBadge}` : ""}`;
}

function messageArticle(message: MessageDescription): string {
  const { name, sender, tags, topic, since, replies, example } = message;
  const facts = [
    badge(sender),
    ...(tags.length === 0 ? [] : [tags.map(code).join(" ")]),
    ...(topic === undefined ? [] : [`topic ${code(topic)}`]),
    ...(since === undefined ? [] : [`since ${escaped(since)}`]),
    ...(replies.length === 0
      ? []
      : [`answered by ${replies.map((reply) => link(reply.name, code(reply.tag))).join(", ")}`]),
  ];
  return `<article id="${escaped(name)}" data-in="${sender}" data-search="${searchText(message, [...tags, topic ?? ""])}">
${heading(message)}
<ul class="facts">${facts.map((fact) => `<li>${fact}</li>`).join("")}</ul>
${paragraph(message.description)}${message.fields.length === 0 ? `<p>Type: ${typeText(message.type)}.</p>\n` : fieldTable(message)}${example === undefined ? "" : `<h4>Example</h4>\n<pre tabindex="0"><code>${highlight(example)}</code></pre>\n`}</article>
`;
}

function definitionArticle(definition: SectionDescription): string {
  const asked = definition.constraints.map(escaped).join("; ");
  return `<article id="${escaped(definition.name)}" data-in="definitions" data-search="${searchText(definition, [])}">
${heading(definition)}
${paragraph(definition.description)}<p>Type: ${typeText(definition.type)}${asked === "" ? "" : `; ${asked}`}.</p>
${fieldTable(definition)}</article>
`;
}

interface Group {
  readonly key: "client" | "server" | "definitions";
  readonly title: string;
  readonly entries: readonly {
    readonly section: SectionDescription;
    readonly label: string;
    readonly search: string;
    readonly article: string;
  }[];
}

function groupsOf(model: Model): readonly Group[] {
  const messages = model.messages.map((message) => describeMessage(model, message));
  const ofSender = (key: "client" | "server"): Group["entries"] =>
    messages
      .filter(({ sender }) => sender === key)
      .map((message) => ({
        section: message,
        label: message.tags[0] ?? message.name,
        search: searchText(message, [...message.tags, message.topic ?? ""]),
        article: messageArticle(message),
      }));
  const definitions = model.definitions.map((definition) => {
    const section = describeDefinition(model, definition);
    return {
      section,
      label: section.name,
      search: searchText(section, []),
      article: definitionArticle(section),
    };
  });
  const groups: readonly Group[] = [
    { key: "client", title: "Client to server", entries: ofSender("client") },
    { key: "server", title: "Server to client", entries: ofSender("server") },
    { key: "definitions", title: "Definitions", entries: definitions },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

function navigation({ key, title, entries }: Group): string {
  const items = entries.map(
    ({ section, label, search }) =>
      `<li${section.deprecated ? ' class="old"' : ""} data-in="${key}" data-search="${search}">${link(section.name, escaped(label))}</li>\n`,
  );
  return `<div data-group="${key}">\n<h2>${title}</h2>\n<ul>\n${items.join("")}</ul>\n</div>\n`;
}

/**
 * The reference of the contract as one HTML page that loads nothing from anywhere. Its policy forbids every request, so that a
 * fault in the escaping could not reach the network. Without script everything is shown and only the search is missing.
 */
export function emitHtml(model: Model): string {
  const groups = groupsOf(model);
  const title = `${model.name} ${model.version}`;
  const description = own(model.schema, "description");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the messages</a>
<div class="layout">
<nav aria-label="Messages">
<p class="title">${escaped(model.name)} <small>${escaped(model.version)}</small></p>
<div id="find" hidden>
<label><span class="hidden-text">Search messages</span><input type="search" id="search" placeholder="Search  ( / )" autocomplete="off" spellcheck="false"></label>
<p class="count" id="count" role="status"></p>
</div>
${groups.map(navigation).join("")}</nav>
<main id="content">
<header>
<h1>${escaped(title)}</h1>
${typeof description === "string" ? paragraph(description) : ""}</header>
${groups.map(({ key, title: name, entries }) => `<h2 data-group="${key}">${name}</h2>\n${entries.map(({ article }) => article).join("")}`).join("")}</main>
</div>
<script>${pageScript}</script>
</body>
</html>
`;
}
