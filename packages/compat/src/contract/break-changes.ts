import { type Json, keysOf, type MessageModel, pointerOf, valueAt } from "@hivewire/codegen";
import type { Refusal } from "../evaluate/refusal.js";
import { typeOf } from "../formula/node.js";
import { type BreakFacts, quoted, undeclared, wordsFor } from "./break-words.js";
import { changeId } from "./change-id.js";
import type { Change, Witness } from "./comparison.js";
import type { Break } from "./find-breaks.js";
import { isAdded, messageLabel } from "./reader.js";
import { type Rename, renamesAt } from "./renames.js";
import { mapKeysOf, pathText } from "./schema-walk.js";
import { type Sides, whoBreaks } from "./sides.js";

/** Breaks of several messages, or of several values, that are one change. */
interface Group {
  readonly rule: string;
  /** Where it stands in the newer schema. */
  readonly pointer: string;
  readonly detail: readonly (string | undefined)[];
  readonly messages: Set<string>;
  readonly values: Json[];
  readonly first: Extract<Break, { kind: "refused" }>;
  readonly rename: Rename | undefined;
}

/** The nearest place of the newer schema to one of the schema that refuses. */
function pointerInNewer({ newer, wide }: Sides, refusing: string, message: MessageModel): string {
  const { schema } = newer.reader.model;
  if (isAdded(refusing)) return valueAt(schema, message.pointer) === undefined ? "" : message.pointer;
  const keys = keysOf(refusing);
  // A keyword that went is shown by the schema it stood in.
  for (let length = keys.length; length > 0; length--) {
    const pointer = pointerOf(keys.slice(0, length));
    if (valueAt(schema, pointer) !== undefined && (length > 1 || keys.length === 1)) return pointer;
  }
  const known = newer.reader.model.messages.find((one) => messageLabel(one) === messageLabel(message));
  return known?.pointer ?? (wide === newer ? message.pointer : "");
}

/** What the refused value says of its keyword: the value itself, or for `type` the type it has. */
function refusedValue({ keyword, valuePointer }: Refusal, frame: Json): Json {
  const value = valueAt(frame, valuePointer) ?? null;
  return keyword === "type" ? typeOf(value) : value;
}

function witnessOf(frame: Json, refusal: Refusal, facts: BreakFacts): Witness {
  const { keyword, key, valuePointer } = refusal;
  if (keyword === undeclared)
    return { frame, pointer: valuePointer, reason: `is refused: "${key}" is declared otherwise` };
  const limit = facts.limit === undefined ? "" : ` (${quoted(facts.limit)})`;
  const reason =
    key === undefined ? `is refused by "${keyword}"${limit}` : `is refused by "${keyword}": "${key}"`;
  return { frame, pointer: valuePointer, reason };
}

/** Turns breaks of one direction into changes: one for each keyword that refuses, whatever the number of messages. */
export function breakChanges(sides: Sides, breaks: readonly Break[]): readonly Change[] {
  const groups = new Map<string, Group>();
  const changes: Change[] = [];
  for (const found of breaks) {
    if (found.kind === "unproven") changes.push(unproven(sides, found));
    if (found.kind !== "refused") continue;
    const { refusal, message, frame } = found;
    const rename = renamesAt(sides, message, refusal.valuePointer).find(
      ({ from, to }) => refusal.key === from || refusal.key === to,
    );
    const rule = rename ? "property-renamed" : wordsFor(refusal.keyword).rule;
    const detail = rename ? [rename.from, rename.to] : [refusal.keyword, refusal.key];
    const at =
      rename && refusal.keyword !== undeclared
        ? refusal.schemaPointer.slice(0, -(refusal.keyword.length + 1))
        : refusal.schemaPointer;
    const pointer = pointerInNewer(sides, at, message);
    const key = JSON.stringify([rule, at, detail]);
    const group = groups.get(key) ?? {
      rule,
      pointer,
      detail,
      messages: new Set(),
      values: [],
      first: found,
      rename,
    };
    group.messages.add(messageLabel(message));
    const value = refusedValue(refusal, frame);
    if (!group.values.some((known) => JSON.stringify(known) === JSON.stringify(value)))
      group.values.push(value);
    groups.set(key, group);
  }
  return [...[...groups.values()].map((group) => groupChange(sides, group)), ...changes];
}

function groupChange(sides: Sides, group: Group): Change {
  const { rule, pointer, detail, first, rename } = group;
  const { refusal, frame } = first;
  const messages = [...group.messages];
  const [counterpart] = sides.wide.reader.candidates(first.message);
  const maps = mapKeysOf(
    sides.wide.reader.model.schema,
    counterpart?.pointer ?? first.message.pointer,
    refusal.valuePointer,
  );
  const facts: BreakFacts = {
    keyword: refusal.keyword,
    path: pathText(refusal.valuePointer, undefined, (at) => maps.has(at)),
    key: refusal.key,
    limit: valueAt(sides.wide.reader.model.schema, refusal.schemaPointer),
    values: group.values,
    message: messages.join(", "),
  };
  const words = wordsFor(refusal.keyword);
  const isSent = sides.sender === "client";
  const why = rename
    ? `\`${pathText(refusal.valuePointer, rename.from)}\` is called \`${rename.to}\` now`
    : isSent
      ? words.sent(facts)
      : words.received(facts);
  const mend = rename
    ? `Keep \`${rename.from}\` and mark it deprecated; add \`${rename.to}\` as an optional property beside it.`
    : isSent
      ? words.mendSent(facts)
      : words.mendReceived(facts);
  return {
    id: changeId([rule, sides.sender, sides.isRollback ? "rollback" : "", pointer, ...detail]),
    rule,
    plane: "wire",
    verdict: "breaking",
    messages,
    sender: sides.sender,
    pointer,
    location: sides.newer.reader.model.source.locate(pointer),
    summary: `${whoBreaks(sides, messages)} ${isSent ? "are refused" : "refuse it"}: ${why}.`,
    fix: mend,
    witness: witnessOf(frame, refusal, facts),
  };
}

function unproven(sides: Sides, { message, reason }: Extract<Break, { kind: "unproven" }>): Change {
  const label = messageLabel(message);
  const { model } = sides.newer.reader;
  const known = model.messages.find((one) => messageLabel(one) === label);
  const pointer = known?.pointer ?? "";
  return {
    id: changeId(["unproven", sides.sender, sides.isRollback ? "rollback" : "", label]),
    rule: "unproven",
    plane: "wire",
    verdict: "unproven",
    messages: [label],
    sender: sides.sender,
    pointer,
    location: model.source.locate(pointer),
    summary: `${whoBreaks(sides, [label])} may be affected: that they are not could not be proven, since ${reason}.`,
    fix: "Say the change in simpler keywords, or waive it with a reason after you have looked at it.",
    witness: undefined,
  };
}
