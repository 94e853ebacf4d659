import { changeId } from "./change-id.js";
import type { Change } from "./comparison.js";
import { messageLabel } from "./reader.js";
import type { Labelled } from "./sides.js";

function change(
  newer: Labelled,
  parts: Pick<Change, "rule" | "verdict" | "messages" | "sender" | "summary" | "fix">,
  pointer: string,
  topic: string,
): Change {
  return {
    id: changeId([parts.rule, topic, ...parts.messages]),
    plane: "wire",
    pointer,
    location: newer.reader.model.source.locate(pointer),
    witness: undefined,
    ...parts,
  };
}

/** Topics that went or came, and messages that moved from one to another: subscribers notice what no frame shows. */
export function topicChanges(older: Labelled, newer: Labelled): readonly Change[] {
  const before = older.reader.model;
  const now = newer.reader.model;
  const pointer = "/x-contract/topics";
  const gone = before.topics
    .filter((topic) => !now.topics.includes(topic))
    .map((topic) =>
      change(
        newer,
        {
          rule: "topic-removed",
          verdict: "breaking",
          messages: [],
          sender: "client",
          summary: `Clients on ${older.label} that subscribe to the topic \`${topic}\` are refused: the server knows no such topic.`,
          fix: `Keep the topic \`${topic}\` until no live version subscribes to it.`,
        },
        pointer,
        topic,
      ),
    );
  const come = now.topics
    .filter((topic) => !before.topics.includes(topic))
    .map((topic) =>
      change(
        newer,
        {
          rule: "topic-added",
          verdict: "compatible",
          messages: [],
          sender: "client",
          summary: `\`${topic}\` is a new topic; no client on ${older.label} is affected.`,
          fix: "Nothing has to be done.",
        },
        pointer,
        topic,
      ),
    );
  const byLabel = new Map(before.messages.map((message) => [messageLabel(message), message]));
  const moved = now.messages.flatMap((message) => {
    const label = messageLabel(message);
    const old = byLabel.get(label);
    if (!old || old.topic === message.topic || old.topic === undefined) return [];
    const to = message.topic === undefined ? "no topic of its own" : `the topic \`${message.topic}\``;
    return [
      change(
        newer,
        {
          rule: "topic-moved",
          verdict: "breaking",
          messages: [label],
          sender: "server",
          summary: `Clients on ${older.label} that subscribe to \`${old.topic}\` no longer receive \`${label}\`: it belongs to ${to} now.`,
          fix: `Leave \`${label}\` on \`${old.topic}\`, or publish it on both topics until no live version needs the old one.`,
        },
        message.pointer,
        old.topic,
      ),
    ];
  });
  return [...gone, ...moved, ...come];
}
