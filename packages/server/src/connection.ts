import { type CloseName, closeCode, type ErrorCode, stamp } from "@hivewire/protocol";
import { answerRequest } from "./answer-request.js";
import type { Accepted } from "./authenticate.js";
import type { Subscriber } from "./broadcast.js";
import type { BusFrame } from "./bus.js";
import type { ConnectionParts } from "./connection-parts.js";
import { ConnectionReplay } from "./connection-replay.js";
import {
  type ErrorDetail,
  errorFrame,
  type IncomingFrame,
  type OutgoingFrame,
  subscriptionUpdated,
} from "./frames.js";
import { greet, positionsOf } from "./greeting.js";
import { ReadGate } from "./inbound-gate.js";
import { type EncodedFrame, encodeFrame } from "./outbound-encode.js";
import { type Delivery, OutboundQueue } from "./outbound-queue.js";
import type { ConnectionInfo } from "./server-types.js";
import { transition } from "./session.js";
import type { RefusedFrame, Session, SessionEffect, SessionEvent, SessionRules } from "./session-types.js";
import type { Socket, SocketEvents } from "./socket.js";

/** What waits for a connection that is busy. */
type InboundEvent = Extract<SessionEvent, { readonly type: "frame" | "ping" | "pong" }>;

/** What the connection has to know to tell of itself. */
export interface ConnectionOrigin {
  readonly remoteAddress: string | undefined;
}

/** One client: runs the session's transitions and does their effects. */
export class Connection implements SocketEvents, Subscriber {
  readonly id: string;
  identity: unknown;
  readonly #parts: ConnectionParts;
  readonly #socket: Socket;
  readonly #remoteAddress: string | undefined;
  readonly #queue: OutboundQueue;
  readonly #gate: ReadGate;
  readonly #replay: ConnectionReplay;
  readonly #openedAtMs: number;
  #session: Session | undefined;
  #version: string;
  #deliveredAtMs = 0;
  /** Since when too much waits in the socket. */
  #stalledAtMs: number | undefined;
  /** What was read before reading stopped for a handshake, credentials or a replay. */
  #waiting: InboundEvent[] = [];
  /** Whether the close was asked for, or came: nothing is sent after it. */
  #isHungUp = false;
  #isGone = false;
  readonly #left: (() => void)[] = [];

  constructor(socket: Socket, parts: ConnectionParts, { remoteAddress }: ConnectionOrigin) {
    this.#socket = socket;
    this.#parts = parts;
    this.#remoteAddress = remoteAddress;
    this.#queue = new OutboundQueue(socket, parts.limits, parts.metrics);
    this.#gate = new ReadGate(socket);
    this.#replay = new ConnectionReplay(parts, this.#queue);
    this.#gate.stop("busy");
    this.#openedAtMs = parts.environment.elapsed();
    this.#version = parts.contract.version;
    this.id = parts.environment.uuid();
  }

  /** The negotiated version; the contract's own before the handshake is done. */
  get version(): string {
    return this.#version;
  }

  /** Runs a callback when the connection is gone, at once when it is already. */
  onceGone(run: () => void): void {
    if (this.#isGone) run();
    else this.#left.push(run);
  }

  /**
   * Opens the session: `connection_established` is the first frame, whatever comes after it. Does nothing once ended.
   * @param version - the server's own name of the version that is spoken
   * @param answer - the client's name of it
   */
  open(version: string, answer: string, asked: readonly string[]): void {
    if (this.#session) return;
    const { environment, metrics, contract, log, broadcast, head, credentialsEndAt } = this.#parts;
    this.#version = version;
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
      rules: this.#rules(),
      connectionId: this.id,
      sessionId: environment.uuid(),
      serverTime: new Date(environment.now()).toISOString(),
    });
    this.#session = { ...session, credentialsEndAtMs: this.#monotonic(endsAt) };
    metrics.add("connections_total");
    log.info(
      { connection_id: this.id, contract_version: version, topics: session.topics },
      "connection opened",
    );
    for (const frame of frames) this.send(frame);
    if (this.#session.phase === "open") this.#setTopics();
    this.#free();
  }

  /** Ends a connection whose session never opened, with the table's error. */
  refuse(code: ErrorCode, close: CloseName, detail: ErrorDetail = {}): void {
    if (this.#session) return;
    this.#session = { phase: "closed", close };
    this.#parts.log.warn({ code, connection_id: this.id, about: detail.about }, "a connection was refused");
    this.send(errorFrame(code, detail));
    this.#hangUp(close);
  }

  message(text: string | null, bytes: number): void {
    this.#inbound({ type: "frame", text, bytes, nowMs: this.#parts.environment.elapsed() });
  }

  pinged(payload: Uint8Array): void {
    this.#inbound({ type: "ping", payload, nowMs: this.#parts.environment.elapsed() });
  }

  ponged(): void {
    this.#inbound({ type: "pong", nowMs: this.#parts.environment.elapsed() });
  }

  drained(): void {
    this.#queue.drained();
    this.#pump();
    this.#judgeQueue();
  }

  closed(code: number): void {
    this.dispatch({ type: "gone" });
    this.#isHungUp = true;
    this.#queue.close();
    this.#parts.log.info({ connection_id: this.id, code }, "connection closed");
    this.#isGone = true;
    for (const run of this.#left.splice(0)) run();
  }

  /** Looks at the deadlines. */
  tick(nowMs: number): void {
    // A socket whose bound is under what its stream holds back does not tell when it has drained.
    if (this.#stalledAtMs !== undefined && this.#queue.level === "free") this.drained();
    this.dispatch({
      type: "tick",
      nowMs,
      deliveredAtMs: this.#deliveredAtMs,
      isRead: this.#gate.isOpen,
      stalledAtMs: this.#stalledAtMs,
    });
  }

  /** Lets an event happen, unless the session is not open. */
  dispatch(event: SessionEvent): void {
    if (!this.#session) {
      this.#dispatchEarly(event);
      return;
    }
    const before = this.#session.phase;
    const { session, effects } = transition(this.#session, event, this.#rules());
    this.#session = session;
    for (const effect of effects) this.#perform(effect);
    if (before !== "open" || session.phase === "open") return;
    const { metrics, environment, broadcast, pauses } = this.#parts;
    metrics.add("disconnections_total");
    metrics.observe("connection_duration_seconds", environment.elapsed() - this.#openedAtMs);
    pauses.delete(this);
    this.#replay.stop();
    broadcast.setHolding(this, false);
    broadcast.setTopics(this, this.#version, []);
  }

  deliver(delivery: Delivery, nowMs: number): void {
    if (this.#isHungUp) return;
    this.#deliveredAtMs = nowMs;
    if (!this.#queue.deliver(delivery)) this.#lose();
    else this.#judgeQueue();
  }

  hold(frame: BusFrame, encoded: EncodedFrame): void {
    if (!this.#replay.hold(frame, encoded)) this.#lose();
  }

  /** Stamps and sends a frame to this client alone; nothing once the close was asked for. */
  send(frame: OutgoingFrame, correlationId?: string): void {
    if (this.#isHungUp) return;
    const { environment, encodeRules, metrics } = this.#parts;
    const text = encodeFrame(stamp(frame, environment, correlationId), encodeRules)(this.#version);
    if (text === undefined) return;
    if (this.#session?.phase !== "open") this.#queue.lastWords(text);
    else if (!this.#queue.answer(text)) {
      this.#lose();
      return;
    }
    if (frame.type === "error") metrics.add("errors_sent_total");
    this.#judgeQueue();
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
      contractVersion: this.#version,
      ageMs: this.#parts.environment.elapsed() - this.#openedAtMs,
      topics,
      tokensLeft: rate.tokens,
      violations: rate.violations,
      isPaused: !this.#gate.isOpen,
      queueBytes: this.#socket.waitingBytes,
      sendFailures: this.#queue.failures,
      latencyMs,
    };
  }

  /** Whether its handshake is done and it has not ended. */
  get isOpen(): boolean {
    return this.#session?.phase === "open";
  }

  /** Bytes that wait in the socket. */
  get queueBytes(): number {
    return this.#socket.waitingBytes;
  }

  /** Whether it is read. */
  get isRead(): boolean {
    return this.#gate.isOpen;
  }

  /** Reads again after a pause for its rate. */
  endPause(): void {
    this.#gate.go("rate");
  }

  #rules(): SessionRules {
    const { rules, limits, mayRead } = this.#parts;
    return { ...rules, limits: limits(), mayRead: (topic) => mayRead(this.identity, topic) };
  }

  /** A moment of the clock as monotonic time. */
  #monotonic(epochMs: number | undefined): number | undefined {
    const { environment } = this.#parts;
    return epochMs === undefined ? undefined : environment.elapsed() + epochMs - environment.now();
  }

  #inbound(event: InboundEvent): void {
    if (this.#gate.isStoppedBy("busy")) this.#waiting.push(event);
    else this.dispatch(event);
  }

  #dispatchEarly(event: SessionEvent): void {
    if (event.type !== "end" && event.type !== "gone") return;
    const close = event.type === "end" ? event.close : "abnormal";
    this.#session = { phase: "closed", close };
    if (event.type === "end") this.#hangUp(close);
  }

  /** Reads on, and first what was read before. */
  #free(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#gate.go("busy");
    for (const event of waiting) this.#inbound(event);
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
        void this.#authenticate(effect.accessToken, effect.correlationId);
        break;
      case "ping":
        this.#socket.ping();
        break;
      case "pong":
        if (!this.#isHungUp) this.#socket.pong(effect.payload);
        break;
      case "pause":
        this.#pause(effect.forMs);
        break;
      case "topics":
        this.#setTopics();
        break;
      case "subscribe":
        this.#subscribe(effect);
        break;
      case "count":
        this.#parts.metrics.add(effect.metric, effect.by);
        break;
      case "refused":
        this.#logRefused(effect.refusal);
        break;
      case "close":
        this.#hangUp(effect.close);
    }
  }

  #logRefused({ code, type, subscription, pointer, correlationId }: RefusedFrame): void {
    const about = { code, correlation_id: correlationId, type, subscription, pointer };
    this.#parts.log.warn({ ...about, connection_id: this.id }, "a frame was refused");
  }

  #pause(forMs: number): void {
    if (!this.#gate.stop("rate")) return;
    this.#parts.metrics.add("read_pauses_total");
    this.#parts.pauses.add(this, forMs);
  }

  #hangUp(close: CloseName): void {
    if (this.#isHungUp) return;
    this.#isHungUp = true;
    this.#waiting = [];
    this.#socket.close(closeCode(close), close);
    // A socket that is not read would never show the peer's answer.
    this.#gate.release();
  }

  #lose(): void {
    this.dispatch({ type: "end", close: "slow_consumer", notice: "backpressure" });
  }

  /** A client whose socket holds too much is not read: what it asks for would only add to that. */
  #judgeQueue(): void {
    const isFree = this.#queue.level === "free";
    if (isFree && this.#stalledAtMs === undefined) return;
    if (isFree) {
      this.#stalledAtMs = undefined;
      this.#gate.go("queue");
      return;
    }
    this.#stalledAtMs ??= this.#parts.environment.elapsed();
    if (this.#gate.stop("queue")) this.#parts.metrics.add("read_pauses_total");
  }

  /** Makes the session's topics live, except those that a replay still holds back. */
  #setTopics(): void {
    if (this.#session?.phase !== "open") return;
    const { topics } = this.#session;
    this.#replay.keepOnly(topics);
    const live = topics.filter((topic) => !this.#replay.has(topic));
    this.#parts.broadcast.setTopics(this, this.#version, live);
  }

  #subscribe(effect: Extract<SessionEffect, { readonly type: "subscribe" }>): void {
    if (this.#session?.phase !== "open") return;
    if (Object.keys(effect.resume).length > 0) {
      void this.#resume(effect);
      return;
    }
    this.#setTopics();
    const positions = positionsOf(effect.added, this.#parts.head);
    this.send(subscriptionUpdated(effect.topics, positions), effect.correlationId);
  }

  async #resume({
    topics,
    added,
    resume,
    correlationId,
  }: Extract<SessionEffect, { readonly type: "subscribe" }>): Promise<void> {
    this.#gate.stop("busy");
    this.#replay.start(Object.keys(resume));
    this.#parts.broadcast.setHolding(this, true);
    this.#setTopics();
    const live = added.filter((topic) => !this.#replay.has(topic));
    const positions = positionsOf(live, this.#parts.head);
    const recovered = await this.#replay.read(resume, this.id);
    this.send(subscriptionUpdated(topics, positions, recovered), correlationId);
    this.#pump();
  }

  /** Goes on with a replay; at its end the topics are live. */
  #pump(): void {
    if (!this.#replay.isRunning) return;
    this.#deliveredAtMs = this.#parts.environment.elapsed();
    const isOver = this.#replay.pump(this.#version);
    this.#judgeQueue();
    if (!isOver) return;
    this.#parts.broadcast.setHolding(this, false);
    this.#replay.stop();
    this.#setTopics();
    this.#free();
  }

  async #handle(messageType: string, frame: IncomingFrame, correlationId: string | undefined): Promise<void> {
    const id = correlationId ?? this.#parts.environment.uuid();
    const answer = await answerRequest({ messageType, frame, correlationId: id }, this, this.#parts);
    if (answer) this.send(answer, id);
  }

  async #authenticate(accessToken: string, correlationId: string | undefined): Promise<void> {
    const { authenticate, credentialsEndAt, metrics } = this.#parts;
    this.#gate.stop("busy");
    const accepted: Accepted = await authenticate(accessToken);
    if (!accepted) {
      metrics.add("auth_denied_total");
      this.send(errorFrame("unauthorized"), correlationId);
      this.dispatch({ type: "end", close: "unauthorized" });
      return;
    }
    this.identity = accepted.identity;
    const endsAt = credentialsEndAt(this.identity);
    const told = endsAt === undefined ? {} : { expires_at: new Date(endsAt).toISOString() };
    this.send({ type: "authenticated", ...told }, correlationId);
    this.dispatch({ type: "rights", credentialsEndAtMs: this.#monotonic(endsAt) });
    if (!this.#replay.isRunning) this.#free();
  }
}
