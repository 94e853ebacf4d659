import type { MessageModel } from "@hivewire/codegen";
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

const exhaustive = "An exhaustive `switch` over server messages needs a case for it.";

/** A whole message that the reader does not know, as a change. */
function unknownMessage(
  sides: Sides,
  message: MessageModel,
  policy: Policy,
  rename: Rename | undefined,
): Words {
  const label = messageLabel(message);
  const who = whoBreaks(sides, [label]);
  if (sides.sender === "client") {
    const why = rename ? `it is called \`${rename.to}\` now` : "the server knows no such message";
    return {
      rule: rename ? "message-renamed" : "message-removed",
      verdict: "breaking",
      summary: `${who} are refused: ${why}.`,
      fix: rename
        ? `Keep \`${rename.from}\` and mark it deprecated; add \`${rename.to}\` beside it.`
        : `Keep \`${label}\`, mark it deprecated, and answer it until no live version sends it.`,
    };
  }
  const old = sides.wide.label;
  const isIgnored = policy.unknownMessages === "ignored";
  const news = rename ? `\`${rename.from}\` is called \`${rename.to}\` now` : `\`${label}\` is a new message`;
  return {
    rule: rename ? "message-renamed" : "message-added",
    verdict: isIgnored && !rename ? "compatible" : "breaking",
    summary: isIgnored
      ? rename
        ? `Clients on ${old} miss \`${rename.from}\`: ${news}, which they ignore.`
        : `${news}; clients on ${old} ignore it. ${exhaustive}`
      : `Clients on ${old} refuse ${news === "" ? "it" : news.replace(/ is .*/, "")}: ${news}, which they do not know.`,
    fix: rename
      ? `Go on sending \`${rename.from}\` to older versions, beside \`${rename.to}\`.`
      : isIgnored
        ? "Nothing has to be done."
        : 'If clients ignore messages that they do not know, let the contract say so: `x-contract.policy.unknownMessages: "ignored"`.',
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
    const words = unknownMessage(sides, message, policy, rename);
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
