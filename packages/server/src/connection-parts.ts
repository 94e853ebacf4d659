import type { Contract, Limits, Position, Validate } from "@hivewire/protocol";
import type { Authentication } from "./authenticate.js";
import type { Broadcast } from "./broadcast.js";
import type { Bus } from "./bus.js";
import type { Connection } from "./connection.js";
import type { Environment } from "./environment.js";
import type { IncomingFrame, OutgoingFrame } from "./frames.js";
import type { Pauses } from "./inbound-pauses.js";
import type { Log } from "./log.js";
import type { Metrics } from "./metrics.js";
import type { EncodeRules } from "./outbound-encode.js";
import type { SessionRules } from "./session-types.js";
import type { Tracing } from "./tracing.js";

/** What all connections of a server share. */
export interface ConnectionParts {
  readonly contract: Contract;
  /** What sessions are judged by, with the limits in force: these may change at run time. */
  readonly rules: () => SessionRules;
  readonly limits: () => Limits;
  readonly validateReply: Validate<unknown>;
  readonly encodeRules: EncodeRules;
  readonly environment: Environment;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly tracing: Tracing | undefined;
  readonly broadcast: Broadcast;
  readonly bus: Bus;
  readonly pauses: Pauses<Connection>;
  /** Called when a connection is gone. */
  readonly gone: (connection: Connection) => void;
  /** Where a topic's stream is at. */
  readonly head: (topic: string) => Position | undefined;
  /** Runs the contract's handler of a message; resolves to its answer, or undefined. */
  readonly handle: (
    type: string,
    frame: IncomingFrame,
    connection: Connection,
  ) => Promise<OutgoingFrame | undefined>;
  /** Decides about credentials. */
  readonly authenticate: (accessToken: string | undefined) => Promise<Authentication>;
  /** When credentials end, in milliseconds since the Unix epoch. */
  readonly credentialsEndAt: (identity: unknown) => number | undefined;
  readonly mayRead: (identity: unknown, topic: string) => boolean;
}
