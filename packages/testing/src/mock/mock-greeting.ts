import {
  handshakeParams,
  type Negotiation,
  negotiateVersion,
  type Position,
  parseVersionOffer,
  type StampSource,
} from "@hivewire/protocol";
import { judgeTopics, type TopicRules } from "./judge-topics.js";
import { errorFrame, filled, type OutgoingFrame } from "./mock-frames.js";
import type { CredentialsVerdict } from "./mock-options.js";

/** What a greeting is made of. */
export interface GreetingParts {
  readonly rules: TopicRules;
  /** Newest first. */
  readonly supportedVersions: readonly string[];
  readonly defaultTopics: readonly string[];
  readonly stamps: StampSource;
  /** Where a topic's stream is at. */
  readonly head: (topic: string) => Position;
}

/** What a new client is told: that it is in, with these topics, or why it is not. */
export type Greeting =
  | {
      readonly agreed: true;
      /** The server's own name of the version that is spoken. */
      readonly version: string;
      readonly topics: readonly string[];
      /** `connection_established`, then an error per fault of the request. */
      readonly frames: readonly OutgoingFrame[];
    }
  | { readonly agreed: false; readonly error: OutgoingFrame };

/** What is told about the end of credentials. */
export function expiry(verdict: CredentialsVerdict): { readonly expires_at?: string } {
  return typeof verdict === "boolean" ? {} : { expires_at: new Date(verdict.expiresAtMs).toISOString() };
}

function refusal({ supported }: Extract<Negotiation, { readonly agreed: false }>): Greeting {
  const about = `this server speaks ${supported.join(", ")}`;
  const detail = { about, supported_versions: supported };
  return { agreed: false, error: errorFrame("unsupported_contract_version", detail) };
}

/** Reads the query of a connection (PROTOCOL.md, "Connecting"). */
export function greet(
  query: URLSearchParams,
  connectionId: string,
  verdict: CredentialsVerdict,
  { rules, supportedVersions, defaultTopics, stamps, head }: GreetingParts,
): Greeting {
  const offer = parseVersionOffer(query.get(handshakeParams.contractVersions));
  const negotiation = negotiateVersion(offer, supportedVersions);
  if (!negotiation.agreed) return refusal(negotiation);
  const listed = query.get(handshakeParams.subscriptions)?.split(",");
  const asked = listed?.map((topic) => topic.trim()).filter((topic) => topic !== "") ?? defaultTopics;
  const isTooMany = new Set(asked).size > rules.limits.maxSubscriptions;
  const { valid, errors } = isTooMany
    ? { valid: [], errors: [errorFrame("too_many_subscriptions")] }
    : judgeTopics(asked, rules);
  const hello = {
    type: "connection_established",
    connection_id: connectionId,
    subscriptions: valid,
    server_time: new Date(stamps.now()).toISOString(),
    contract_version: negotiation.answer,
    supported_versions: supportedVersions,
    heartbeat_ms: rules.limits.heartbeatMs,
    session: stamps.uuid(),
    ...filled({ positions: Object.fromEntries(valid.map((topic) => [topic, head(topic)])) }),
    ...expiry(verdict),
  };
  return { agreed: true, version: negotiation.version, topics: valid, frames: [hello, ...errors] };
}
