import type { Contract } from "@hivewire/protocol";
import { errorFrame, type OutgoingFrame } from "./frames.js";
import { judgeTopics } from "./inbound-control.js";
import { fullBucket } from "./inbound-rate.js";
import type { OpenSession, SessionRules } from "./session.js";

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
  /** Monotonic time, in milliseconds. */
  readonly nowMs: number;
}

/** Opens a session: its first frame is `connection_established`, whatever else there is to say. */
export function greet(parts: GreetingParts): Greeting {
  const { contract, rules, version, asked, nowMs } = parts;
  const { limits } = rules;
  const isTooMany = new Set(asked).size > limits.maxSubscriptions;
  const { valid, errors } = isTooMany
    ? { valid: [], errors: [errorFrame("too_many_subscriptions")] }
    : judgeTopics(asked, rules);
  const hello = {
    type: "connection_established",
    connection_id: parts.connectionId,
    subscriptions: valid,
    server_time: parts.serverTime,
    contract_version: parts.answer,
    supported_versions: contract.supportedVersions,
    heartbeat_ms: limits.heartbeatMs,
    session: parts.sessionId,
  };
  const session: OpenSession = {
    phase: "open",
    version,
    topics: valid,
    rate: fullBucket(limits, nowMs),
    activeAtMs: nowMs,
    pingedAtMs: nowMs,
    awaitsPong: false,
  };
  return { session, frames: [hello, ...errors] };
}
