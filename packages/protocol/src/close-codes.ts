import type { closeRules, ReconnectRule } from "./close-rules.js";
import { ProtocolError } from "./protocol-error.js";

/** One row of the close code table (PROTOCOL.md, "Close codes"; RFC 6455 section 7.4). */
export interface CloseRow {
  /** Status code of the close frame; 1006 is never sent, it stands for "no close frame". */
  readonly code: number;
  /** Name in code and logs. */
  readonly name: string;
  /** What it means, as a sentence part. */
  readonly meaning: string;
  /** What the client does. */
  readonly reconnect: ReconnectRule;
}

type Coded<Rule extends keyof typeof closeRules> = {
  readonly code: (typeof closeRules)[Rule][number];
  readonly reconnect: Rule;
};

/** A row whose rule is the one of `closeRules`: the two cannot drift apart. */
type RuledRow = Omit<CloseRow, "code" | "reconnect"> &
  (
    | Coded<"never">
    | Coded<"refresh_token">
    | Coded<"backoff">
    | { readonly code: number; readonly reconnect: "resume" }
  );

/** The table. Client, server, `GET …/contract` and the documents read this one. */
export const closeCodes = [
  { code: 1000, name: "normal", meaning: "the peer is done", reconnect: "never" },
  { code: 1001, name: "going_away", meaning: "the server is shutting down", reconnect: "resume" },
  { code: 1002, name: "protocol_error", meaning: "the sender broke RFC 6455", reconnect: "never" },
  { code: 1003, name: "unsupported_data", meaning: "a binary frame was sent", reconnect: "never" },
  { code: 1006, name: "abnormal", meaning: "no close frame: the network broke", reconnect: "resume" },
  { code: 1007, name: "invalid_payload", meaning: "a text frame was not UTF-8", reconnect: "never" },
  {
    code: 1008,
    name: "policy",
    meaning: "fragments, nesting or headers over a bound",
    reconnect: "never",
  },
  { code: 1009, name: "too_big", meaning: "a frame was over the hard cap", reconnect: "never" },
  { code: 1011, name: "internal_error", meaning: "the server failed", reconnect: "resume" },
  { code: 1012, name: "restart", meaning: "the server restarts", reconnect: "resume" },
  { code: 1013, name: "overloaded", meaning: "the server has no room now", reconnect: "resume" },
  {
    code: 4401,
    name: "unauthorized",
    meaning: "credentials are missing, wrong or expired, or came too late",
    reconnect: "refresh_token",
  },
  { code: 4403, name: "forbidden", meaning: "the role is denied", reconnect: "never" },
  {
    code: 4406,
    name: "version_mismatch",
    meaning: "no common contract version",
    reconnect: "never",
  },
  { code: 4408, name: "idle", meaning: "nothing was sent for too long", reconnect: "resume" },
  {
    code: 4409,
    name: "replaced",
    meaning: "disconnected by an administrator, or replaced",
    reconnect: "never",
  },
  { code: 4422, name: "too_many_invalid", meaning: "too many invalid frames", reconnect: "never" },
  {
    code: 4429,
    name: "flooding",
    meaning: "kept flooding after rate-limit errors",
    reconnect: "backoff",
  },
  { code: 4430, name: "slow_consumer", meaning: "frames were not read in time", reconnect: "resume" },
  { code: 4431, name: "no_pong", meaning: "no pong in time", reconnect: "resume" },
] as const satisfies readonly RuledRow[];

/** Name of a row, e.g. `slow_consumer`. */
export type CloseName = (typeof closeCodes)[number]["name"];

/**
 * The status code with that name.
 * @throws ProtocolError `unknown_close_code`
 */
export function closeCode(name: CloseName): number {
  const row = closeCodes.find((candidate) => candidate.name === name);
  if (!row)
    throw new ProtocolError("unknown_close_code", `Failed to find a close code: no row is named "${name}".`);
  return row.code;
}
