import { createHash } from "node:crypto";
import {
  isObject,
  isStringArray,
  type Json,
  type JsonObject,
  type Model,
  own,
  valueAt,
} from "@hivewire/codegen";
import type { Change, CompareOptions, Comparison, ContractVersion } from "@hivewire/compat";

/** What a test needs to say of a change; the rest is made. */
type Seed = Pick<Change, "rule" | "plane" | "verdict" | "summary"> & { readonly frame?: Json };

function keywordsOf(model: Model, pointer: string): JsonObject {
  const found = valueAt(model.schema, pointer);
  return isObject(found) ? found : {};
}

function namesIn(value: Json | undefined): readonly string[] {
  return isStringArray(value) ? value : isObject(value) ? Object.keys(value) : [];
}

/** Three differences that tests of the command can count on, whatever the engine makes of them. */
function seedsOf(tag: string, label: string, before: JsonObject, after: JsonObject): readonly Seed[] {
  const gained = (keyword: string): readonly string[] =>
    namesIn(own(after, keyword)).filter((name) => !namesIn(own(before, keyword)).includes(name));
  const required = gained("required").map((name): Seed => {
    const summary = `Clients on ${label} that send \`${tag}\` break: \`${name}\` is required now.`;
    return {
      rule: "property-required",
      plane: "wire",
      verdict: "breaking",
      summary,
      frame: { type: tag, text: "hi" },
    };
  });
  const added = gained("properties").map((name): Seed => {
    const summary = `\`${tag}\` may have \`${name}\`.`;
    return { rule: "property-added", plane: "wire", verdict: "compatible", summary };
  });
  const isReworded = own(before, "description") !== own(after, "description");
  const reworded: Seed[] = isReworded
    ? [
        {
          rule: "reworded",
          plane: "documentation",
          verdict: "compatible",
          summary: `\`${tag}\` is described anew.`,
        },
      ]
    : [];
  const doubt: Seed[] =
    own(after, "$comment") === "doubt" && own(before, "$comment") !== "doubt"
      ? [{ rule: "unknown", plane: "wire", verdict: "unproven", summary: `\`${tag}\` may break.` }]
      : [];
  return [...required, ...doubt, ...added, ...reworded];
}

/** Stands in for the engine: messages by name, required members, members, descriptions. */
export function fakeCompare(
  older: ContractVersion,
  newer: ContractVersion,
  { onMessage }: CompareOptions = {},
): Comparison {
  const changes = newer.model.messages.flatMap((message): readonly Change[] => {
    const tag = message.match.kind === "constant" ? String(message.match.values[0]) : message.name;
    onMessage?.(tag);
    const twin = older.model.messages.find(({ name }) => name === message.name);
    const before = twin ? keywordsOf(older.model, twin.pointer) : {};
    const seeds = seedsOf(tag, older.label, before, keywordsOf(newer.model, message.pointer));
    return seeds.map(
      ({ frame, ...seed }): Change => ({
        ...seed,
        id: createHash("sha256")
          .update(seed.rule + seed.summary)
          .digest("hex")
          .slice(0, 12),
        messages: [tag],
        sender: "client",
        pointer: message.pointer,
        location: newer.model.source.locate(message.pointer),
        fix: seed.verdict === "compatible" ? "" : "Make it optional.",
        witness: frame === undefined ? undefined : { frame, pointer: "", reason: "must have more" },
      }),
    );
  });
  const has = (accepts: (change: Change) => boolean): boolean => changes.some(accepts);
  const bump = has(({ verdict }) => verdict !== "compatible")
    ? "major"
    : has(({ plane }) => plane !== "documentation")
      ? "minor"
      : changes.length > 0
        ? "patch"
        : "none";
  return {
    name: newer.model.name,
    older: { label: older.label, version: older.model.version },
    newer: { label: newer.label, version: newer.model.version },
    changes,
    bump,
  };
}
