import {
  type CloseName,
  type Contract,
  closeCode,
  type ErrorCode,
  type Limits,
  stamp,
  type Validate,
} from "@hivewire/protocol";
import type { Environment } from "./environment.js";
import { type ErrorDetail, errorFrame, type IncomingFrame, type OutgoingFrame } from "./frames.js";
import { greet } from "./greeting.js";
import type { TopicRules } from "./inbound-control.js";
import type { ContractRules } from "./inbound-validate.js";
import type { Log } from "./log.js";
import type { Metrics } from "./metrics.js";
import { type Conversions, type EncodedFrame, encodeFrame } from "./outbound-encode.js";
import { OutboundQueue } from "./outbound-queue.js";
import type { ConnectionInfo } from "./server-types.js";
import {
  type Session,
  type SessionEffect,
  type SessionEvent,
  type SessionRules,
  transition,
} from "./session.js";
import type { Socket } from "./socket.js";

/** What all connections of a server share. */
export interface Shared {
  readonly contract: Contract;
  readonly rules: ContractRules & Pick<TopicRules, "topics">;
  /** Those in force: they may change at run time. */
  limits: Limits;
  readonly validateReply: Validate<unknown>;
  /** How frames become those of older versions; undefined when nobody said. */
  readonly conversions: Conversions | undefined;
  readonly environment: Environment;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Runs the contract's handler of a message; resolves to its answer, or undefined. */
  readonly handle: (
    type: string,
    frame: IncomingFrame,
    connection: Connection,
  ) => Promise<OutgoingFrame | undefined>;
  /** Decides about credentials; undefined refuses. */
  readonly authenticate: (
    accessToken: string | undefined,
  ) => Promise<{ readonly identity: unknown } | undefined>;
  readonly mayRead: (identity: unknown, topic: string) => boolean;
  /** The live topics of a connection changed; none are left once it is closed. */
  readonly topicsChanged: (connection: Connection, topics: readonly string[]) => void;
}

/** One client from its handshake on: runs the session's transitions and does their effects. */
export class Connection {
  readonly id: string;
  identity: unknown;
  readonly #shared: Shared;
  readonly #socket: Socket;
  readonly #queue: OutboundQueue;
  readonly #rules: SessionRules;
  #session: Session | undefined;
  #version: string;
  /** Whether the close was asked for: nothing is sent after it. */
  #isHungUp = false;
  /** Events that were read before the socket paused; reading goes on once the session is open. */
  #early: SessionEvent[] = [];

  constructor(socket: Socket, shared: Shared) {
    this.#socket = socket;
    this.#shared = shared;
    this.#queue = new OutboundQueue(socket, shared.limits, shared.metrics);
    socket.pause();
    this.#rules = {
      ...shared.rules,
      get limits() {
        return shared.limits;
      },
      mayRead: (topic) => shared.mayRead(this.identity, topic),
    };
    this.#version = shared.contract.version;
    this.id = shared.environment.uuid();
  }

  /** The negotiated version; the contract's own before the handshake is done. */
  get version(): string {
    return this.#version;
  }

  /**
   * Opens the session: `connection_established` is the first frame, whatever comes after it. Does nothing once ended.
   * @param version - the server's own name of the version that is spoken
   * @param answer - the client's name of it
   */
  open(version: string, answer: string, asked: readonly string[]): void {
    if (this.#session) return;
    const { environment, metrics, contract, log } = this.#shared;
    const { session, frames } = greet({
      contract,
      version,
      answer,
      asked,
      rules: this.#rules,
      connectionId: this.id,
      sessionId: environment.uuid(),
      serverTime: new Date(environment.now()).toISOString(),
      nowMs: environment.elapsed(),
    });
    this.#session = session;
    this.#version = version;
    metrics.add("connections_total");
    log.info(
      { connection_id: this.id, contract_version: version, topics: session.topics },
      "connection opened",
    );
    for (const frame of frames) this.send(frame);
    if (this.#session.phase === "open") this.#shared.topicsChanged(this, session.topics);
    for (const event of this.#early.splice(0)) this.dispatch(event);
    this.#socket.resume();
  }

  /** Ends a connection whose session never opened, with the table's error. */
  refuse(code: ErrorCode, close: CloseName, detail: ErrorDetail = {}): void {
    if (this.#session) return;
    this.#session = { phase: "closed", close };
    this.send(errorFrame(code, detail));
    this.#hangUp(close);
  }

  /** Lets an event happen. Before the session is open, frames wait. */
  dispatch(event: SessionEvent): void {
    if (!this.#session) {
      this.#dispatchEarly(event);
      return;
    }
    const before = this.#session.phase;
    const { session, effects } = transition(this.#session, event, this.#rules);
    this.#session = session;
    for (const effect of effects) this.#perform(effect);
    if (before !== "open" || session.phase === "open") return;
    this.#shared.metrics.add("disconnections_total");
    this.#shared.topicsChanged(this, []);
  }

  #dispatchEarly(event: SessionEvent): void {
    if (event.type === "frame") this.#early.push(event);
    if (event.type !== "end" && event.type !== "gone") return;
    const close = event.type === "end" ? event.close : "abnormal";
    this.#session = { phase: "closed", close };
    if (event.type === "end") this.#hangUp(close);
  }

  /** Sends a topic frame that was encoded for all its subscribers. */
  deliver(encoded: EncodedFrame): void {
    if (this.#session?.phase !== "open") return;
    const text = encoded(this.#session.version);
    if (text === undefined || !this.#write(text)) return;
    this.dispatch({ type: "delivered", nowMs: this.#shared.environment.elapsed() });
  }

  /** Stamps and sends a frame to this client alone; nothing once the close was asked for. */
  send(frame: OutgoingFrame, correlationId?: string): void {
    if (this.#isHungUp) return;
    const { environment, rules, metrics, conversions } = this.#shared;
    const stamped = stamp(frame, environment, correlationId);
    const text = encodeFrame(stamped, rules.lookup(frame.type), conversions)(this.#version);
    if (text !== undefined && this.#write(text) && frame.type === "error") metrics.add("errors_sent_total");
  }

  /** What there is to tell about it; undefined unless its session is open. */
  info(): ConnectionInfo | undefined {
    if (this.#session?.phase !== "open") return undefined;
    const { topics, rate } = this.#session;
    return {
      connectionId: this.id,
      remoteAddress: undefined,
      contractVersion: this.#version,
      ageMs: 0,
      topics,
      tokensLeft: rate.tokens,
      violations: rate.violations,
      isPaused: false,
      queueBytes: this.#socket.waitingBytes,
      sendFailures: 0,
      latencyMs: undefined,
    };
  }

  /** Drops the socket without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  #perform(effect: SessionEffect): void {
    switch (effect.type) {
      case "send":
        this.send(effect.frame, effect.correlationId);
        return;
      case "handle":
        void this.#handle(effect.messageType, effect.frame, effect.correlationId);
        return;
      case "authenticate":
        void this.#authenticate(effect.accessToken, effect.correlationId);
        return;
      case "ping":
        this.#socket.ping();
        return;
      case "topics":
        // A send before this one may have ended the session.
        if (this.#session?.phase === "open") this.#shared.topicsChanged(this, effect.topics);
        return;
      case "count":
        this.#shared.metrics.add(effect.metric, effect.by);
        return;
      case "close":
        this.#hangUp(effect.close);
    }
  }

  #hangUp(close: CloseName): void {
    this.#isHungUp = true;
    this.#socket.close(closeCode(close), close);
    // A paused socket would never read the peer's answer.
    this.#socket.resume();
  }

  /** Whether the text was handed to the socket. A session that ends sends its last words whatever waits. */
  #write(text: string): boolean {
    if (this.#session?.phase !== "open") {
      this.#queue.force(text);
      return true;
    }
    const verdict = this.#queue.offer(text);
    const lost = { type: "end", close: "slow_consumer", notice: "backpressure" } as const;
    if (verdict === "disconnect") this.dispatch(lost);
    return verdict === "send";
  }

  async #handle(type: string, frame: IncomingFrame, correlationId: string | undefined): Promise<void> {
    const { handle, validateReply, environment } = this.#shared;
    const id = correlationId ?? environment.uuid();
    try {
      const reply = await handle(type, frame, this);
      if (reply === undefined) return;
      const result = validateReply(stamp(reply, environment, id));
      if (result.ok) this.send(reply, id);
      else this.#failed(id, type, { pointer: result.issue.pointer, issue: result.issue.message });
    } catch (cause) {
      this.#failed(id, type, { err: cause });
    }
  }

  #failed(correlationId: string, type: string, fields: Readonly<Record<string, unknown>>): void {
    const { log, metrics } = this.#shared;
    metrics.add("handler_failures_total");
    log.error({ ...fields, type, correlation_id: correlationId, connection_id: this.id }, "a handler failed");
    this.send(errorFrame("internal"), correlationId);
  }

  async #authenticate(accessToken: string, correlationId: string | undefined): Promise<void> {
    const accepted = await this.#shared.authenticate(accessToken);
    if (accepted) {
      this.identity = accepted.identity;
      this.send({ type: "authenticated" }, correlationId);
      this.dispatch({ type: "rights" });
      return;
    }
    this.#shared.metrics.add("auth_denied_total");
    this.send(errorFrame("unauthorized"), correlationId);
    this.dispatch({ type: "end", close: "unauthorized" });
  }
}
