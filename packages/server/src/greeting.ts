import type { Contract, Position } from "@hivewire/protocol";
import { errorFrame, type OutgoingFrame } from "./frames.js";
import { judgeTopics, type TopicRights } from "./inbound-control.js";
import { fullBucket } from "./inbound-rate.js";
import type { OpenSession, SessionRules } from "./session-types.js";

/** What a session opens with. */
export interface Greeting {
  readonly session: OpenSession;
  /** `connection_established`, then an error per fault of the request. */
  readonly frames: readonly OutgoingFrame[];
}

/** What a greeting is made of. */
export interface GreetingParts {
  readonly contract: Contract;
  readonly rules: SessionRules;
  readonly rights: TopicRights;
  readonly connectionId: string;
  /** The negotiated version, by the server's own name. */
  readonly version: string;
  /** The same by the client's name: patch numbers may differ. */
  readonly answer: string;
  /** Topics that the request or its route asks for. */
  readonly asked: readonly string[];
  /** Names what a reconnect resumes. */
  readonly sessionId: string;
  /** The server's clock: ISO 8601 in UTC. */
  readonly serverTime: string;
  /** Where a topic's stream is at; undefined when the bus cannot tell. */
  readonly head: (topic: string) => Position | undefined;
  /** When the credentials end, in milliseconds since the Unix epoch. */
  readonly credentialsEndAt: number | undefined;
  /** The same as monotonic time. */
  readonly credentialsEndAtMs: number | undefined;
  /** Monotonic time, in milliseconds. */
  readonly nowMs: number;
}

/** Where topics begin that are live from now on; those that the bus cannot tell of are left out. */
export function positionsOf(
  topics: readonly string[],
  head: (topic: string) => Position | undefined,
): Readonly<Record<string, Position>> {
  return Object.fromEntries(
    topics.flatMap((topic) => {
      const position = head(topic);
      return position === undefined ? [] : [[topic, position] as const];
    }),
  );
}

/** Opens a session: its first frame is `connection_established`, whatever else there is to say. */
export function greet(parts: GreetingParts): Greeting {
  const { contract, rules, version, asked, nowMs, credentialsEndAt } = parts;
  const { limits } = rules;
  const isTooMany = new Set(asked).size > limits.maxSubscriptions;
  const { valid, errors } = isTooMany
    ? { valid: [], errors: [errorFrame("too_many_subscriptions")] }
    : judgeTopics(asked, rules, parts.rights);
  const hello = {
    type: "connection_established",
    connection_id: parts.connectionId,
    subscriptions: valid,
    server_time: parts.serverTime,
    contract_version: parts.answer,
    supported_versions: contract.supportedVersions,
    heartbeat_ms: limits.heartbeatMs,
    session: parts.sessionId,
    ...(valid.length === 0 ? {} : { positions: positionsOf(valid, parts.head) }),
    ...(credentialsEndAt === undefined ? {} : { expires_at: new Date(credentialsEndAt).toISOString() }),
  };
  const session: OpenSession = {
    phase: "open",
    version,
    topics: valid,
    rate: fullBucket(limits, nowMs),
    activeAtMs: nowMs,
    pingedAtMs: nowMs,
    pongDueAtMs: undefined,
    latencyMs: undefined,
    invalidInARow: 0,
    credentialsEndAtMs: parts.credentialsEndAtMs,
  };
  return { session, frames: [hello, ...errors] };
}
