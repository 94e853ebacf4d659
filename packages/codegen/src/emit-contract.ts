import { contractTypesName } from "./emit-types.js";
import type { Json, JsonObject } from "./json.js";
import { compareText, literal } from "./literal.js";
import type { MessageModel, Model } from "./model.js";
import { byVersionDescending } from "./read-contract.js";

/** A message as `MessageInfo` in `@hivewire/protocol` shapes it; what has no news is left out. */
function messageInfo(message: MessageModel, oldest: string): JsonObject {
  const isNews = (since: string): boolean => byVersionDescending(since, oldest) < 0;
  const added = [...message.added].filter(([, since]) => isNews(since)).sort(([a], [b]) => compareText(a, b));
  return {
    name: message.name,
    sender: message.sender,
    ...(message.topic === undefined ? {} : { topic: message.topic }),
    ...(message.replies.length === 0 ? {} : { replies: message.replies }),
    ...(message.since !== undefined && isNews(message.since) ? { since: message.since } : {}),
    ...(message.deprecated ? { deprecated: true } : {}),
    ...(added.length === 0 ? {} : { added: Object.fromEntries(added) }),
  };
}

/** The value that clients and servers are generic over, as JSON. */
export function contractValue(model: Model): JsonObject {
  const oldest = model.supportedVersions.at(-1) ?? model.version;
  const messages: Record<string, Json> = {};
  const patterns: Json[] = [];
  for (const message of model.messages) {
    const { match } = message;
    if (match.kind === "constant")
      for (const value of match.values) messages[value] = messageInfo(message, oldest);
    if (match.kind === "pattern") patterns.push({ ...messageInfo(message, oldest), pattern: match.pattern });
  }
  return {
    name: model.name,
    version: model.version,
    supportedVersions: model.supportedVersions,
    identity: model.identity,
    discriminator: model.discriminator,
    topics: model.topics,
    messages,
    patterns,
  };
}

/** `contract.ts`: the contract as a value. */
export function emitContract(model: Model): string {
  const types = contractTypesName(model);
  return `import type { Contract } from "@hivewire/protocol";
import type { ${types} } from "./types.js";

/** The contract "${model.name}" ${model.version}, for \`createClient\` and \`createServer\`. */
export const contract: Contract<${types}> = ${literal(contractValue(model))};
`;
}

/** `schema.ts`: the schema itself, for servers that publish it. */
export function emitSchema(model: Model): string {
  return `/** The schema this folder was generated from. */
export const schema: Readonly<Record<string, unknown>> = ${literal(model.schema)};
`;
}

/** `index.ts`: the contract and its types. Validators and schema are imports of their own. */
export function emitIndex(): string {
  return `export { contract } from "./contract.js";
export type * from "./types.js";
`;
}
