import {
  isObject,
  type Json,
  type MessageModel,
  type Model,
  own,
  pointerOf,
  type Tag,
} from "@hivewire/codegen";
import type { InclusionChecker, JudgedDocument, Side } from "../check-inclusion.js";

/** Name of the definitions that are added for questions; no contract has it. */
const added = "~hivewire";

const tagTexts = (tags: readonly Tag[]): readonly string[] => tags.map(String);

/** What a person calls a message: the value, or the pattern, of its discriminator. */
export function messageLabel({ match, name }: MessageModel): string {
  if (match.kind === "pattern") return match.pattern;
  return match.kind === "constant" ? tagTexts(match.values).join(" | ") : name;
}

/** Whether a message of one contract could be meant by a frame of a message of another. */
function couldBe(sent: MessageModel, known: MessageModel): boolean {
  const a = sent.match;
  const b = known.match;
  if (a.kind === "constant" && b.kind === "constant")
    return a.values.some((value) => b.values.includes(value));
  const accepts = (pattern: string, values: readonly Tag[]): boolean =>
    values.some((value) => typeof value === "string" && new RegExp(pattern, "u").test(value));
  if (a.kind === "constant" && b.kind === "pattern") return accepts(b.pattern, a.values);
  if (a.kind === "pattern" && b.kind === "constant") return accepts(a.pattern, b.values);
  return true;
}

/** A contract as questions are asked of it. */
export interface Reader {
  readonly model: Model;
  readonly judged: JudgedDocument;
  /** The schema of a message as it is sent: with what the root asks of every frame. */
  readonly sent: (message: MessageModel) => Side;
  /** Messages of that sender that a frame of another contract's message could be. */
  readonly candidates: (message: MessageModel) => readonly MessageModel[];
  /** The schema that reads such frames. */
  readonly reads: (message: MessageModel) => Side;
}

/** Prepares a contract. */
export function readerOf(checker: InclusionChecker, model: Model): Reader {
  const extra: Record<string, Json> = {};
  const refer = (pointer: string): Json => ({ $ref: `#${encodeURI(pointer)}` });
  const beside: readonly Json[] = model.beside === undefined ? [] : [model.beside];
  // Where a frame could be two messages, what the root says about that is part of each.
  const root: readonly Json[] = model.exact ? beside : [{ $ref: "#" }];
  const side = (name: string): string => pointerOf(["$defs", added, "$defs", name]);
  const candidatesOf = (message: MessageModel): readonly MessageModel[] =>
    model.messages.filter((known) => known.sender === message.sender && couldBe(message, known));
  for (const message of model.messages)
    extra[`sent ${message.name}`] = { allOf: [refer(message.pointer), ...root] };
  const sets = new Map<string, string>();
  const nameOf = (messages: readonly MessageModel[]): string => {
    const key = messages.map(({ name }) => name).join(",");
    const known = sets.get(key);
    if (known !== undefined) return known;
    const name = `read ${sets.size}`;
    sets.set(key, name);
    extra[name] = { allOf: [{ anyOf: messages.map(({ pointer }) => refer(pointer)) }, ...root] };
    return name;
  };
  // Every set that can be asked for is named before the document is made; a union of nothing is no schema.
  for (const sender of ["client", "server"] as const) {
    const messages = model.messages.filter((one) => one.sender === sender);
    if (messages.length > 0) nameOf(messages);
  }
  const definitions = own(model.schema, "$defs");
  const withSets = (): Json => ({
    ...model.schema,
    $defs: { ...(isObject(definitions) ? definitions : {}), [added]: { $defs: { ...extra } } },
  });
  const judged = checker.document(withSets());
  return {
    model,
    judged,
    sent: (message) => ({
      judged,
      pointer: root.length === 0 ? message.pointer : side(`sent ${message.name}`),
    }),
    candidates: candidatesOf,
    reads: (message) => {
      const [only, ...others] = candidatesOf(message);
      if (only && others.length === 0 && root.length === 0) return { judged, pointer: only.pointer };
      return {
        judged,
        pointer: side(nameOf(model.messages.filter(({ sender }) => sender === message.sender))),
      };
    },
  };
}

/** The object in `$defs` under which questions are added. */
export function isAdded(pointer: string): boolean {
  return pointer.startsWith(`/$defs/${added}`);
}
