import { changeId } from "./change-id.js";
import type { Change } from "./comparison.js";
import { type Difference, differences } from "./differences.js";
import { messageLabel, type Reader } from "./reader.js";
import type { Rename } from "./renames.js";
import { pathText } from "./schema-walk.js";
import type { Labelled } from "./sides.js";

const summaries: Readonly<Record<Difference["rule"], (what: string, difference: Difference) => string>> = {
  "property-added": (what) => `${what} was added`,
  "property-removed": (what) => `${what} was taken out`,
  "property-required": (what) => `${what} is always there now`,
  "property-optional": (what) => `${what} may be left out now`,
  "keywords-changed": (what, { keywords }) =>
    `${what} changed in ${keywords.map((name) => `\`${name}\``).join(", ")}`,
};

/** Whether a change that breaks someone already says what differs there. */
function isSaid({ pointer, key, path }: Difference, label: string, loud: readonly Change[]): boolean {
  const text = `\`${pathText(path, key)}\``;
  return loud.some(
    (change) =>
      change.pointer === pointer ||
      change.pointer.startsWith(`${pointer}/`) ||
      pointer.startsWith(`${change.pointer}/`) ||
      (change.messages.includes(label) && change.summary.includes(text)),
  );
}

/** Changes of messages that both contracts have and that are proven to break no one, one for each place. */
export function compatibleChanges(
  older: Labelled,
  newer: Labelled,
  said: readonly Change[],
): readonly Change[] {
  const found = new Map<string, { readonly difference: Difference; readonly messages: string[] }>();
  const byLabel = (reader: Reader) => new Map(reader.model.messages.map((one) => [messageLabel(one), one]));
  const before = byLabel(older.reader);
  const loud = said.filter(({ verdict }) => verdict !== "compatible");
  const senders = new Map<string, "client" | "server">();
  for (const message of newer.reader.model.messages) {
    const label = messageLabel(message);
    const old = before.get(label);
    if (!old || old.sender !== message.sender) continue;
    senders.set(label, message.sender);
    for (const difference of differences(older.reader, newer.reader, old.pointer, message.pointer)) {
      if (isSaid(difference, label, loud)) continue;
      const key = JSON.stringify([difference.rule, difference.pointer, difference.key]);
      const known = found.get(key);
      if (known) known.messages.push(label);
      else found.set(key, { difference, messages: [label] });
    }
  }
  return [...found.values()].map(({ difference, messages }) => {
    const { rule, pointer, path, key } = difference;
    const text = pathText(path, key);
    const where = messages.map((name) => `\`${name}\``).join(", ");
    const what = text === "" ? "the message itself" : `\`${text}\``;
    const all = new Set(messages.map((label) => senders.get(label)));
    const [sender = null] = all.size === 1 ? all : [];
    return {
      id: changeId([rule, pointer, key]),
      rule,
      plane: "wire",
      verdict: "compatible",
      messages,
      sender,
      pointer,
      location: newer.reader.model.source.locate(pointer),
      summary: `In ${where} ${summaries[rule](what, difference)}; no client on ${older.label} is affected.`,
      fix: "Nothing has to be done.",
      witness: undefined,
    };
  });
}

/** Messages that only the newer contract has and clients send, and those that only the older had and servers sent. */
export function quietMessages(
  older: Labelled,
  newer: Labelled,
  renames: readonly Rename[],
): readonly Change[] {
  const labels = (reader: Reader) => new Set(reader.model.messages.map(messageLabel));
  const had = labels(older.reader);
  const has = labels(newer.reader);
  const change = (
    rule: string,
    label: string,
    pointer: string,
    sender: "client" | "server",
    summary: string,
  ): Change => ({
    id: changeId([rule, sender, label]),
    rule,
    plane: "wire",
    verdict: "compatible",
    messages: [label],
    sender,
    pointer,
    location: newer.reader.model.source.locate(pointer),
    summary,
    fix: "Nothing has to be done.",
    witness: undefined,
  });
  const isRenamed = (label: string): boolean =>
    renames.some(({ from, to }) => from === label || to === label);
  const come = newer.reader.model.messages
    .filter(
      (message) =>
        message.sender === "client" && !had.has(messageLabel(message)) && !isRenamed(messageLabel(message)),
    )
    .map((message) => {
      const label = messageLabel(message);
      return change(
        "message-added",
        label,
        message.pointer,
        "client",
        `\`${label}\` is a new message that clients can send; no client on ${older.label} is affected.`,
      );
    });
  const gone = older.reader.model.messages
    .filter(
      (message) =>
        message.sender === "server" && !has.has(messageLabel(message)) && !isRenamed(messageLabel(message)),
    )
    .map((message) => {
      const label = messageLabel(message);
      return change(
        "message-removed",
        label,
        "",
        "server",
        `\`${label}\` is no longer sent; clients on ${older.label} wait for it in vain, but refuse nothing.`,
      );
    });
  return [...come, ...gone];
}
