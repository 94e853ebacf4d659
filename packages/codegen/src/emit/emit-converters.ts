import { literal } from "../literal.js";
import type { Match, Model } from "../model.js";
import type { ConversionPlan, ConversionStep, MessageConversion } from "./conversion-plan.js";

/** A message that needs a slot. */
type Slot = Extract<MessageConversion, { readonly kind: "slot" }>;

/** A slot as it is written: one for all messages that a frame's `type` does not tell apart. */
interface SlotMember {
  readonly key: string;
  readonly messages: readonly [Slot, ...Slot[]];
}

const helpers = {
  same: "keepFrame",
  drop: "dropFrame",
  steps: "convertBySteps",
  slot: "convertBySlot",
  remove: "removeMembers",
  map: "replaceValues",
} as const;

/** Values of a message's discriminator, by which its frames are found. */
const valuesOf = (match: Match): readonly string[] =>
  match.kind === "constant" ? match.values.map(String) : [];

const labelOf = ({ name, match }: MessageConversion): string =>
  match.kind === "pattern" ? match.pattern : (valuesOf(match)[0] ?? name);

/** The slots of a version: messages that share a value of the discriminator share the slot. */
function slotsOf({ messages }: ConversionPlan): readonly SlotMember[] {
  const members: SlotMember[] = [];
  for (const message of messages) {
    if (message.kind !== "slot") continue;
    const tags = valuesOf(message.match);
    const index = members.findIndex((member) =>
      member.messages.some(({ match }) => valuesOf(match).some((tag) => tags.includes(tag))),
    );
    const known = members[index];
    if (known) members[index] = { ...known, messages: [...known.messages, message] };
    else members.push({ key: message.name, messages: [message] });
  }
  return members;
}

/** Name under which the types of an older version are imported. */
const typesAlias = (version: string): string => `v${version.replaceAll(".", "_")}`;

/** Versions whose types are needed beside the converters: those with slots. */
export function versionsWithSlots(plans: readonly ConversionPlan[]): readonly ConversionPlan[] {
  return plans.filter((plan) => slotsOf(plan).length > 0);
}

/** Name of the file with the types of an older version. */
export function olderTypesPath(version: string): string {
  return `types-${version}.ts`;
}

function slotMember(version: string, { key, messages }: SlotMember): string {
  const alias = typesAlias(version);
  const reasons = messages.flatMap((message) =>
    message.reasons.map((reason) => `     * - ${comment(reason)}\n`),
  );
  const labels = messages.map((message) => `\`${comment(labelOf(message))}\``).join(" or ");
  const from = messages.map(({ name }) => name).join(" | ");
  const to = [...new Set(messages.flatMap((message) => message.to))].map((name) => `${alias}.${name}`);
  return `    /**
     * \`${labels.slice(1, -1)}\` for clients on ${version}; undefined is not sent. It gets a copy of its own. Why it is to be written:
${reasons.join("")}     */
    readonly ${key}: (frame: ${from}) => ${[...to, "undefined"].join(" | ")};
`;
}

/** What would end the comment it stands in. */
const comment = (text: string): string => text.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " ");

function slotsInterface(plans: readonly ConversionPlan[]): string {
  const members = plans.map(
    (plan) =>
      `  /** For clients on ${plan.version}. */\n  readonly ${JSON.stringify(plan.version)}: {\n${slotsOf(
        plan,
      )
        .map((member) => slotMember(plan.version, member))
        .join("")}  };\n`,
  );
  return `/** Conversions that cannot be derived from the schemas: each has to be written before this compiles. */
export interface ConverterSlots {
${members.join("")}}

`;
}

/** A path on one line. */
function pathText(path: ConversionStep["path"]): string {
  const parts = path.map((part) =>
    typeof part === "object" ? `{ every: ${literal(part.every)} }` : literal(part),
  );
  return `[${parts.join(", ")}]`;
}

function stepCall(step: ConversionStep): string {
  const path = pathText(step.path);
  return step.kind === "remove"
    ? `${helpers.remove}(${path}, ${literal(step.keys)})`
    : `${helpers.map}(${path}, ${literal(step.from)}, ${literal(step.to)})`;
}

function conversionCall(plan: ConversionPlan, message: MessageConversion): string {
  if (message.kind === "steps") return `${helpers.steps}(${message.steps.map(stepCall).join(", ")})`;
  if (message.kind !== "slot") return helpers[message.kind];
  const key = slotsOf(plan).find(({ messages }) => messages.some(({ name }) => name === message.name))?.key;
  return `${helpers.slot}(slots[${JSON.stringify(plan.version)}].${key})`;
}

function versionTable(plan: ConversionPlan): string {
  const constants = new Map(
    plan.messages.flatMap((message) =>
      valuesOf(message.match).map((tag) => [tag, conversionCall(plan, message)] as const),
    ),
  );
  const patterns = plan.messages.flatMap((message) =>
    message.match.kind === "pattern"
      ? `        { pattern: ${literal(message.match.pattern)}, convert: ${conversionCall(plan, message)} },\n`
      : [],
  );
  const rows = [...constants].map(([tag, call]) => `        ${keyOf(tag)}: ${call},\n`);
  const block = (open: string, lines: readonly string[], close: string): string =>
    lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join("")}      ${close}`;
  return `    ${JSON.stringify(plan.version)}: {
      messages: ${block("{", rows, "}")},
      patterns: ${block("[", patterns, "]")},
    },
`;
}

const keyOf = (tag: string): string =>
  tag === "__proto__" ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(tag) ? tag : literal(tag);

/** Helpers that the converters call, by name. */
function helpersOf(plans: readonly ConversionPlan[]): readonly string[] {
  const kinds = plans.flatMap(({ messages }) =>
    messages.flatMap((message) =>
      message.kind === "steps" ? [message.kind, ...message.steps.map(({ kind }) => kind)] : message.kind,
    ),
  );
  return [...new Set(kinds.map((kind) => helpers[kind]))].sort();
}

function importsOf(all: readonly ConversionPlan[], plans: readonly ConversionPlan[]): string {
  const names = ["type Converters", ...helpersOf(all)];
  const frames = new Set(plans.flatMap((plan) => slotsOf(plan).flatMap(({ messages }) => messages)));
  const types = [...new Set([...frames].map(({ name }) => name))].sort();
  return [
    `import { ${names.join(", ")} } from "@hivewire/protocol";\n`,
    types.length === 0 ? "" : `import type { ${types.join(", ")} } from "./types.js";\n`,
    ...plans.map(
      ({ version }) =>
        `import type * as ${typesAlias(version)} from "./${olderTypesPath(version).replace(/ts$/, "js")}";\n`,
    ),
  ].join("");
}

/**
 * `converters.ts`: how the server's frames become those of each older version.
 * @throws CodegenError `invalid_contract` when frames are told apart by something else than a property
 */
export function emitConverters(model: Model, plans: readonly ConversionPlan[]): string {
  if (plans.length > 0 && typeof model.discriminator !== "string") {
    const sentence =
      "Failed to make converters: no property tells the messages apart, by which a frame's conversion could be found.";
    throw model.source.fail(
      "invalid_contract",
      "",
      sentence,
      "messages with a constant property, such as type",
    );
  }
  const withSlots = versionsWithSlots(plans);
  const parameter = withSlots.length === 0 ? "" : "slots: ConverterSlots";
  const versions = plans.map(({ version }) => version).join(", ") || "none";
  const body = `${withSlots.length === 0 ? "" : slotsInterface(withSlots)}/** Converters for \`createServer\`, from ${model.version} to older versions: ${versions}. */
export function createConverters(${parameter}): Converters {
  return ${plans.length === 0 ? "{}" : `{\n${plans.map(versionTable).join("")}  }`};
}
`;
  return `${importsOf(plans, withSlots)}\n${body}`;
}
