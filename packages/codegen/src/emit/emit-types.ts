import { compile } from "json-schema-to-typescript";
import { CodegenError } from "../codegen-error.js";
import type { MessageModel, Model } from "../model.js";
import { pascalCase } from "../names.js";
import { tagsOf } from "../read/read-messages.js";
import { formatTypes } from "./format-types.js";
import { discriminatorType, patternType } from "./pattern-type.js";
import { unmarkOptional, unmaskKeys } from "./types-masks.js";
import { typesSchemaOf } from "./types-schema.js";

/** Name of the interface that carries all types of the contract. */
export function contractTypesName(model: Model): string {
  return `${pascalCase(model.name)}Types`;
}

function union(messages: readonly MessageModel[]): string {
  return messages.length === 0 ? "never" : messages.map(({ name }) => name).join(" | ");
}

function block(rows: readonly string[]): string {
  return rows.length === 0 ? "{}" : `{\n${rows.join("\n")}\n}`;
}

function byConstant(messages: readonly MessageModel[]): string {
  const rows = messages.flatMap(({ name, match }) =>
    tagsOf(match).map((tag) => `  readonly ${JSON.stringify(tag)}: ${name};`),
  );
  return block(rows);
}

/** Patterns that have no template literal share one index signature. */
function byPattern(messages: readonly MessageModel[]): string {
  const names = new Map<string, readonly MessageModel[]>();
  for (const message of messages) {
    if (message.match.kind !== "pattern") continue;
    const type = patternType(message.match.pattern);
    names.set(type, [...(names.get(type) ?? []), message]);
  }
  const all = [...names.values()].flat();
  const rows = [...names].map(
    ([type, of]) => `  readonly [type: ${type}]: ${union(type === "string" ? all : of)};`,
  );
  return block(rows);
}

function byTopic(model: Model): string {
  const rows = model.topics.map((topic) => {
    const frames = model.messages.filter((message) => isTopicFrame(model, message, topic));
    return `  readonly ${JSON.stringify(topic)}: ${union(frames)};`;
  });
  return block(rows);
}

/** Frames of that topic, and pattern messages, whose topic only the frame itself says. */
function isTopicFrame(model: Model, message: MessageModel, topic: string): boolean {
  if (message.sender !== "server") return false;
  return (
    message.topic === topic ||
    (message.topic === undefined && message.match.kind === "pattern" && model.topics.length > 0)
  );
}

function replies(messages: readonly MessageModel[]): string {
  const rows = messages.flatMap((message) => {
    if (message.replies.length === 0) return [];
    const frames = messages.filter(({ match }) => tagsOf(match).some((tag) => message.replies.includes(tag)));
    return tagsOf(message.match).map((tag) => `  readonly ${JSON.stringify(tag)}: ${union(frames)};`);
  });
  return block(rows);
}

/** The unions and maps that json-schema-to-typescript does not know of. */
function contractTypes(model: Model): string {
  const clients = model.messages.filter(({ sender }) => sender === "client");
  const servers = model.messages.filter(({ sender }) => sender === "server");
  return `/** Every frame of the contract. */
export type Message = ${union(model.messages)};

/** Frames that clients send. */
export type ClientMessage = ${union(clients)};

/** Frames that servers send. */
export type ServerMessage = ${union(servers)};

/** Frame by the constant that recognises it. */
export interface MessageByType ${byConstant(model.messages)}

/** Frame by the pattern that recognises it; a constant wins. */
export interface MessageByPattern ${byPattern(model.messages)}

/** Frames by topic. */
export interface MessageByTopic ${byTopic(model)}

/** Answers by the type of the request. */
export interface RepliesByType ${replies(model.messages)}

/** All types of the contract, for \`Contract\`, \`createClient\` and \`createServer\`. */
export interface ${contractTypesName(model)} {
  readonly client: ClientMessage;
  readonly server: ServerMessage;
  readonly messages: MessageByType;
  readonly patterns: MessageByPattern;
  readonly topics: MessageByTopic;
  readonly replies: RepliesByType;
}
`;
}

/** The root of the compiled copy refers to every definition, so that each is named; its own type is dropped. */
const rootName = "HivewireRoot";

/** `types.ts`: one type per message and definition, then the unions and maps of the contract. */
export async function emitTypes(model: Model): Promise<string> {
  try {
    const compiled = await compile({ ...typesSchemaOf(model) }, rootName, {
      additionalProperties: false,
      bannerComment: "",
      enableConstEnums: false,
      unknownAny: true,
      unreachableDefinitions: true,
      format: false,
      $refOptions: { resolve: { external: false } },
    });
    const marked = model.messages.some(({ name }) => discriminatorType(model, name)?.startsWith("Matching<"));
    const imports = marked ? 'import type { Matching } from "@hivewire/protocol";\n\n' : "";
    const body = compiled
      .replace(/^\/\*\*\n \* This interface was referenced by[\s\S]*?\*\/\n/gm, "")
      .replace(/\n \* ?\n \* This interface was referenced by[\s\S]*?(?=\n \*\/)/g, "")
      .replace(
        new RegExp(`^export interface ${rootName} \\{\\n[\\s\\S]*?\\n\\}(?=\\n(?:export|/\\*\\*|$)|$)`, "m"),
        "",
      );
    return `${imports}${unmarkOptional(unmaskKeys(formatTypes(body))).trim()}\n\n${contractTypes(model)}`;
  } catch (reason) {
    throw new CodegenError("internal", "Failed to compile the types of the schema.", { cause: reason });
  }
}
