import { sha256 } from "../identity.js";
import { compareText, literal } from "../literal.js";
import type { MessageModel, Model } from "../model.js";
import { byVersionDescending } from "../read/read-contract.js";
import { tagsOf } from "../read/read-messages.js";
import { contractTypesName } from "./emit-types.js";

/** One message as the generated contract describes it; `MessageInfo` of `@hivewire/protocol` has the same shape. */
export interface MessageValue {
  readonly name: string;
  readonly sender: "client" | "server";
  readonly topic?: string;
  readonly replies?: readonly string[];
  readonly since?: string;
  readonly deprecated?: true;
  readonly coalesce?: true | string;
  readonly added?: Readonly<Record<string, string>>;
}

/** The generated contract; `Contract` of `@hivewire/protocol` has the same shape, and types beside it. */
export interface ContractValue {
  readonly name: string;
  readonly version: string;
  readonly supportedVersions: readonly string[];
  readonly identity: string;
  readonly discriminator: string | null;
  readonly topics: readonly string[];
  readonly messages: Readonly<Record<string, MessageValue>>;
  readonly patterns: readonly (MessageValue & { readonly pattern: string })[];
}

/** What has no news is left out: a browser downloads it. */
function messageValue(message: MessageModel, oldest: string): MessageValue {
  const isNews = (since: string): boolean => byVersionDescending(since, oldest) < 0;
  const added = [...message.added].filter(([, since]) => isNews(since)).sort(([a], [b]) => compareText(a, b));
  return {
    name: message.name,
    sender: message.sender,
    ...(message.topic === undefined ? {} : { topic: message.topic }),
    ...(message.replies.length === 0 ? {} : { replies: message.replies }),
    ...(message.since !== undefined && isNews(message.since) ? { since: message.since } : {}),
    ...(message.deprecated ? { deprecated: true } : {}),
    ...(message.coalesce === undefined ? {} : { coalesce: message.coalesce }),
    ...(added.length === 0 ? {} : { added: Object.fromEntries(added) }),
  };
}

/** The value that clients and servers are generic over, for use without generated files. */
export function contractValue(model: Model): ContractValue {
  const oldest = model.supportedVersions.at(-1) ?? model.version;
  const described = model.messages.map((message) => ({ ...message, value: messageValue(message, oldest) }));
  return {
    name: model.name,
    version: model.version,
    supportedVersions: model.supportedVersions,
    identity: model.identity,
    discriminator: typeof model.discriminator === "string" ? model.discriminator : null,
    topics: model.topics,
    messages: Object.fromEntries(
      described.flatMap(({ match, value }) => tagsOf(match).map((tag) => [tag, value])),
    ),
    patterns: described.flatMap(({ match, value }) =>
      match.kind === "pattern" ? [{ ...value, pattern: match.pattern }] : [],
    ),
  };
}

/** `contract.ts`: the contract as a value. */
export function emitContract(model: Model): string {
  const types = contractTypesName(model);
  return `import type { Contract } from "@hivewire/protocol";
import type { ${types} } from "./types.js";

/** The contract "${model.name}" ${model.version}, for \`createClient\` and \`createServer\`. */
export const contract: Contract<${types}> = ${literal(contractValue(model))} as const;
`;
}

/** `schema.ts`: the schema itself, for servers that publish it. */
export function emitSchema(model: Model): string {
  return `/** The schema this folder was generated from. */
export const schema: Readonly<Record<string, unknown>> = ${literal(model.schema)};
`;
}

/** A line that tells whether the schema is still the one that a folder was made from; annotations count. */
function schemaLine(model: Model): string {
  return `// Schema: sha256-${sha256(JSON.stringify(model.schema))}`;
}

/** `index.ts`: the contract and its types. Validators and schema are imports of their own. */
export function emitIndex(model: Model): string {
  return `${schemaLine(model)}
export { contract } from "./contract.js";
export type * from "./types.js";
`;
}
