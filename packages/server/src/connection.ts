import type { CloseName, ErrorCode } from "@hivewire/protocol";
import type { Visitor } from "./admission.js";
import { answerRequest } from "./answer-request.js";
import type { BusFrame } from "./bus.js";
import { type CredentialsOwner, monotonic, renewCredentials } from "./connection-credentials.js";
import { ConnectionInbox } from "./connection-inbox.js";
import { ConnectionOutlet } from "./connection-outlet.js";
import type { ConnectionParts } from "./connection-parts.js";
import { ConnectionTopics, type TopicOwner } from "./connection-topics.js";
import { type ErrorDetail, errorFrame, type IncomingFrame, type OutgoingFrame } from "./frames.js";
import { greet } from "./greeting.js";
import type { TopicRights } from "./inbound-control.js";
import { logRefused } from "./log-refused.js";
import type { EncodedFrame } from "./outbound-encode.js";
import type { Delivery, DeliveryVerdict } from "./outbound-queue.js";
import type { ConnectionInfo } from "./server-types.js";
import { transition } from "./session.js";
import type { Session, SessionEffect, SessionEvent } from "./session-types.js";
import type { Socket, SocketEvents } from "./socket.js";

/** Where a connection comes from. */
export interface ConnectionOrigin {
  readonly remoteAddress: string | undefined;
  readonly visitor: Visitor;
}

/** One client: runs the session's transitions and does their effects. */
export class Connection implements SocketEvents, TopicOwner, TopicRights, CredentialsOwner {
  readonly id: string;
  identity: unknown;
  /** What its credentials are counted by. */
  credential: string | undefined;
  /** What its address is counted by. */
  readonly visitor: Visitor;
  /** Whether its socket is gone. */
  isGone = false;
  readonly #parts: ConnectionParts;
  readonly #socket: Socket;
  readonly #remoteAddress: string | undefined;
  readonly #inbox: ConnectionInbox;
  readonly #outlet: ConnectionOutlet;
  readonly #topics: ConnectionTopics;
  readonly #openedAtMs: number;
  #session: Session | undefined;

  constructor(socket: Socket, parts: ConnectionParts, { remoteAddress, visitor }: ConnectionOrigin) {
    this.#socket = socket;
    this.#parts = parts;
    this.#remoteAddress = remoteAddress;
    this.visitor = visitor;
    this.#inbox = new ConnectionInbox(socket, parts.metrics, this);
    this.#outlet = new ConnectionOutlet(socket, parts, this.#inbox);
    this.#topics = new ConnectionTopics(this, parts, this.#inbox, this.#outlet);
    this.#openedAtMs = parts.environment.elapsed();
    this.id = parts.environment.uuid();
  }

  /** The negotiated version; the contract's own before the handshake is done. */
  get version(): string {
    return this.#outlet.version;
  }

  /**
   * Opens the session: `connection_established` is the first frame, whatever comes after it. Does nothing once ended.
   * @param version - the server's own name of the version that is spoken
   * @param answer - the client's name of it
   */
  open(version: string, answer: string, asked: readonly string[]): void {
    if (this.#session) return;
    const { environment, metrics, contract, log, broadcast, head, credentialsEndAt } = this.#parts;
    this.#outlet.version = version;
    // Positions are told of what is written already: nothing published before may come after them.
    broadcast.flush();
    const nowMs = environment.elapsed();
    const endsAt = credentialsEndAt(this.identity);
    const { session, frames } = greet({
      contract,
      version,
      answer,
      asked,
      head,
      nowMs,
      credentialsEndAt: endsAt,
      credentialsEndAtMs: monotonic(environment, endsAt),
      rules: this.#parts.rules(),
      rights: this,
      connectionId: this.id,
      sessionId: environment.uuid(),
      serverTime: new Date(environment.now()).toISOString(),
    });
    this.#session = session;
    metrics.add("connections_total");
    log.info(
      { connection_id: this.id, contract_version: version, topics: session.topics },
      "connection opened",
    );
    for (const frame of frames) this.send(frame);
    this.#topics.update();
    this.#inbox.free();
  }

  /** Ends a connection whose session never opened, with the table's error. */
  refuse(code: ErrorCode, close: CloseName, detail: ErrorDetail = {}): void {
    if (this.#session) return;
    this.#session = { phase: "closed", close };
    this.#parts.log.warn({ code, connection_id: this.id, about: detail.about }, "a connection was refused");
    this.send(errorFrame(code, detail));
    this.#outlet.hangUp(close);
  }

  message(text: string | null, bytes: number): void {
    this.#inbox.take({ type: "frame", text, bytes, nowMs: this.#parts.environment.elapsed() });
  }

  pinged(payload: Uint8Array): void {
    this.#inbox.take({ type: "ping", payload, nowMs: this.#parts.environment.elapsed() });
  }

  ponged(): void {
    this.#inbox.take({ type: "pong", nowMs: this.#parts.environment.elapsed() });
  }

  drained(): void {
    this.#outlet.queue.drained();
    this.#topics.pump();
    this.#outlet.judge();
  }

  closed(code: number): void {
    this.dispatch({ type: "gone" });
    this.#outlet.closed();
    this.#parts.log.info({ connection_id: this.id, code }, "connection closed");
    this.isGone = true;
    this.#parts.gone(this);
  }

  /** Looks at the deadlines. */
  tick(nowMs: number): void {
    // A socket whose bound is under what its stream holds back does not tell when it has drained.
    if (this.#outlet.stalledAtMs !== undefined && this.#outlet.queue.level === "free") this.drained();
    else this.#outlet.judge();
    const { deliveredAtMs, stalledAtMs } = this.#outlet;
    this.dispatch({ type: "tick", nowMs, deliveredAtMs, isRead: this.#inbox.isRead, stalledAtMs });
  }

  /** Lets an event happen, unless the session is not open. */
  dispatch(event: SessionEvent): void {
    if (!this.#session) {
      this.#dispatchEarly(event);
      return;
    }
    const before = this.#session.phase;
    if (before === "closed") return;
    const { session, effects } = transition(this.#session, event, this.#parts.rules(), this);
    this.#session = session;
    for (const effect of effects) this.#perform(effect);
    if (session.phase === "open") return;
    const { metrics, environment, pauses } = this.#parts;
    metrics.add("disconnections_total");
    metrics.observe("connection_duration_seconds", environment.elapsed() - this.#openedAtMs);
    pauses.delete(this);
    this.#topics.close();
  }

  deliver(delivery: Delivery, nowMs: number): DeliveryVerdict | undefined {
    const verdict = this.#outlet.deliver(delivery, nowMs);
    if (verdict === "lost") this.#lose();
    return verdict;
  }

  hold(frame: BusFrame, encoded: EncodedFrame): void {
    if (!this.#topics.hold(frame, encoded)) this.#lose();
  }

  /** Stamps and sends a frame to this client alone; nothing once the close was asked for. */
  send(frame: OutgoingFrame, correlationId?: string): void {
    if (!this.#outlet.send(frame, correlationId, !this.isOpen)) this.#lose();
  }

  /** Drops the socket without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** What there is to tell about it; undefined unless its session is open. */
  info(): ConnectionInfo | undefined {
    if (this.#session?.phase !== "open") return undefined;
    const { topics, rate, latencyMs } = this.#session;
    return {
      connectionId: this.id,
      remoteAddress: this.#remoteAddress,
      contractVersion: this.#outlet.version,
      ageMs: this.#parts.environment.elapsed() - this.#openedAtMs,
      topics,
      tokensLeft: rate.tokens,
      violations: rate.violations,
      isPaused: !this.isRead,
      queueBytes: this.queueBytes,
      sendFailures: this.#outlet.queue.failures,
      latencyMs,
    };
  }

  /** Whether its handshake is done and it has not ended. */
  get isOpen(): boolean {
    return this.#session?.phase === "open";
  }

  get topics(): readonly string[] | undefined {
    return this.#session?.phase === "open" ? this.#session.topics : undefined;
  }

  /** Bytes that wait in the socket. */
  get queueBytes(): number {
    return this.#outlet.waitingBytes;
  }

  /** Whether it is read. */
  get isRead(): boolean {
    return this.#inbox.isRead;
  }

  /** Whether its credentials reach a topic. */
  mayRead(topic: string): boolean {
    return this.#parts.mayRead(this.identity, topic);
  }

  /** Reads again after a pause for its rate. */
  endPause(): void {
    this.#inbox.endPause();
  }

  #dispatchEarly(event: SessionEvent): void {
    if (event.type !== "end" && event.type !== "gone") return;
    const close = event.type === "end" ? event.close : "abnormal";
    this.#session = { phase: "closed", close };
    if (event.type === "end") this.#outlet.hangUp(close);
  }

  #perform(effect: SessionEffect): void {
    switch (effect.type) {
      case "send":
        this.send(effect.frame, effect.correlationId);
        break;
      case "handle":
        void this.#handle(effect.messageType, effect.frame, effect.correlationId);
        break;
      case "authenticate":
        void renewCredentials(effect.accessToken, effect.correlationId, this, this.#parts, this.#inbox);
        break;
      case "ping":
        this.#outlet.ping();
        break;
      case "pong":
        this.#outlet.pong(effect.payload);
        break;
      case "pause":
        if (this.#inbox.pause()) this.#parts.pauses.add(this, effect.forMs);
        break;
      case "topics":
        this.#topics.update();
        break;
      case "subscribe":
        this.#topics.subscribe(effect);
        break;
      case "count":
        this.#parts.metrics.add(effect.metric, effect.by);
        break;
      case "refused":
        logRefused(effect.refusal, this.id, this.#parts.log);
        break;
      case "close":
        this.#outlet.hangUp(effect.close);
    }
  }

  #lose(): void {
    this.dispatch({ type: "end", close: "slow_consumer", notice: "backpressure" });
  }

  async #handle(messageType: string, frame: IncomingFrame, correlationId: string | undefined): Promise<void> {
    const id = correlationId ?? this.#parts.environment.uuid();
    const answer = await answerRequest({ messageType, frame, correlationId: id }, this, this.#parts);
    if (answer) this.send(answer, id);
  }
}
