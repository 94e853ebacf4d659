import { changeId } from "./change-id.js";
import type { Change, Verdict } from "./comparison.js";
import type { Break } from "./find-breaks.js";
import type { Policy } from "./policy.js";
import { messageLabel } from "./reader.js";
import type { Rename } from "./renames.js";
import { type Sides, whoBreaks } from "./sides.js";

interface Words {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly fix: string;
}

const declare =
  'If clients ignore messages that they do not know, let the contract say so: `x-contract.policy.unknownMessages: "ignored"`.';

/** A message that clients send and the server does not know. */
function sentUnknown(sides: Sides, label: string, rename: Rename | undefined): Words {
  const who = whoBreaks(sides, [label]);
  if (rename && !sides.isRollback)
    return {
      rule: "message-renamed",
      verdict: "breaking",
      summary: `${who} are refused: it is called \`${rename.to}\` now.`,
      fix: `Keep \`${rename.from}\` and mark it deprecated; add \`${rename.to}\` beside it.`,
    };
  return {
    rule: sides.isRollback ? "message-added" : "message-removed",
    verdict: "breaking",
    summary: `${who} are refused: the server knows no such message.`,
    fix: sides.isRollback
      ? `Release a server that knows \`${label}\` before any client sends it.`
      : `Keep \`${label}\`, mark it deprecated, and answer it until no live version sends it.`,
  };
}

/** A message that the server sends and clients do not know. */
function receivedUnknown(sides: Sides, label: string, policy: Policy, rename: Rename | undefined): Words {
  const who = `Clients on ${sides.wide.label}`;
  const isIgnored = policy.unknownMessages === "ignored";
  if (rename && !sides.isRollback)
    return {
      rule: "message-renamed",
      verdict: "breaking",
      summary: `${who} ${isIgnored ? "miss" : "refuse"} \`${isIgnored ? rename.from : rename.to}\`: \`${rename.from}\` is called \`${rename.to}\` now${isIgnored ? ", which they ignore" : ", which they do not know"}.`,
      fix: `Go on sending \`${rename.from}\` to older versions, beside \`${rename.to}\`.`,
    };
  const rule = sides.isRollback ? "message-removed" : "message-added";
  const news = sides.isRollback
    ? `\`${label}\` is gone, and a server rolled back to ${sides.narrow.label} still sends it`
    : `\`${label}\` is a new message`;
  if (!isIgnored)
    return { rule, verdict: "breaking", summary: `${who} refuse \`${label}\`: ${news}.`, fix: declare };
  const exhaustive = sides.isRollback
    ? ""
    : " An exhaustive `switch` over server messages needs a case for it.";
  return {
    rule,
    verdict: "compatible",
    summary: `${news}; clients on ${sides.wide.label} ignore it.${exhaustive}`,
    fix: "Nothing has to be done.",
  };
}

/** Changes about whole messages that one side does not know. */
export function messageChanges(
  sides: Sides,
  breaks: readonly Break[],
  policy: Policy,
  renames: readonly Rename[],
): readonly Change[] {
  return breaks.flatMap((found) => {
    if (found.kind !== "unknown-message") return [];
    const { message, frame } = found;
    const label = messageLabel(message);
    const rename = renames.find(({ from, to }) => from === label || to === label);
    const words =
      sides.sender === "client"
        ? sentUnknown(sides, label, rename)
        : receivedUnknown(sides, label, policy, rename);
    const { model } = sides.newer.reader;
    const known = model.messages.find((one) => messageLabel(one) === (rename?.to ?? label));
    const pointer = known?.pointer ?? "";
    return [
      {
        id: changeId([words.rule, sides.sender, sides.isRollback ? "rollback" : "", label, rename?.to]),
        plane: "wire" as const,
        messages: rename ? [rename.from, rename.to] : [label],
        sender: sides.sender,
        pointer,
        location: model.source.locate(pointer),
        ...words,
        witness:
          frame === undefined || words.verdict === "compatible"
            ? undefined
            : { frame, pointer: "", reason: "is no message that the reader knows" },
      },
    ];
  });
}
