import {
  type CloseName,
  closeCode,
  correlationIdOf,
  readControlRequest,
  type StampSource,
  stamp,
} from "@hivewire/protocol";
import { type FrameRules, judgeFrame } from "./judge-frame.js";
import { changeTopics, type JudgedTopics, type TopicRules, tooManyTopics } from "./judge-topics.js";
import type { Answer } from "./mock-answers.js";
import { type EncodeRules, encodeFrame } from "./mock-encode.js";
import {
  errorFrame,
  type IncomingFrame,
  type OutgoingFrame,
  type Recovery,
  subscriptionUpdated,
} from "./mock-frames.js";
import { expiry } from "./mock-greeting.js";
import type { MockHistory } from "./mock-history.js";
import type { CredentialsVerdict } from "./mock-options.js";

/** The socket of one client, as its server has it. */
export interface MockSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** What every connection of a server is made of. */
export interface ConnectionParts {
  readonly frames: FrameRules;
  readonly topics: TopicRules;
  readonly encode: EncodeRules;
  readonly history: MockHistory;
  readonly stamps: StampSource;
  readonly answer: Answer;
  readonly authenticate: (
    accessToken: string | undefined,
  ) => CredentialsVerdict | Promise<CredentialsVerdict>;
  /** Called when topics of a connection changed. */
  readonly changed: () => void;
}

/** One client of a mocked server, after its handshake. */
export class MockConnection {
  readonly id: string;
  readonly #socket: MockSocket;
  readonly #parts: ConnectionParts;
  #version: string;
  #topics: readonly string[] = [];
  #phase: "greeting" | "open" | "closed" = "greeting";
  /** What came while credentials are looked at; undefined when nobody looks. */
  #waiting: unknown[] | undefined = [];
  #invalidInARow = 0;

  constructor(socket: MockSocket, parts: ConnectionParts) {
    this.#socket = socket;
    this.#parts = parts;
    this.id = parts.stamps.uuid();
    this.#version = parts.frames.contract.version;
  }

  /** The negotiated version, by the server's own name; the contract's own before the handshake is done. */
  get version(): string {
    return this.#version;
  }

  /** Live topics, sorted. */
  get topics(): readonly string[] {
    return this.#phase === "open" ? this.#topics : [];
  }

  get isOpen(): boolean {
    return this.#phase === "open";
  }

  /** Opens it in a version, with these topics; what came meanwhile follows. */
  open(version: string, topics: readonly string[], greeting: readonly OutgoingFrame[]): void {
    if (this.#phase !== "greeting") return;
    this.#version = version;
    this.#phase = "open";
    this.#topics = topics;
    for (const frame of greeting) this.send(frame);
    this.#parts.changed();
    this.#goOn();
  }

  /** Ends it before it opened, and says why. */
  refuse(error: OutgoingFrame, close: CloseName): void {
    this.send(error);
    this.close(close);
  }

  /** Takes what the client sent: a text, or anything binary. */
  receive(data: unknown): void {
    if (this.#phase === "closed") return;
    if (this.#waiting) this.#waiting.push(data);
    else if (typeof data !== "string") this.close("unsupported_data");
    else this.#take(data);
  }

  /** Stamps a frame and sends it. */
  send(frame: OutgoingFrame, correlationId?: string): void {
    this.deliver(stamp(frame, this.#parts.stamps, correlationId));
  }

  /** Sends a stamped frame in the client's version, if that version has it. */
  deliver(frame: OutgoingFrame): void {
    if (this.#phase === "closed") return;
    const text = encodeFrame(frame, this.version, this.#parts.encode);
    if (text !== undefined) this.#socket.send(text);
  }

  /** Ends it with a close code of the protocol's table. */
  close(name: CloseName): void {
    this.end(closeCode(name), name);
  }

  /** Ends it with any close code. */
  end(code: number, reason: string): void {
    if (this.#phase === "closed") return;
    this.gone();
    this.#socket.close(code, reason);
  }

  /** Its socket is gone. */
  gone(): void {
    this.#phase = "closed";
    this.#waiting = undefined;
    this.#parts.changed();
  }

  #take(text: string): void {
    const { frames, stamps, answer } = this.#parts;
    const judged = judgeFrame(text, this.version, frames);
    if (!judged.ok) {
      this.#refuse(judged.error, text);
      return;
    }
    this.#invalidInARow = 0;
    const { type, frame } = judged;
    const correlationId = correlationIdOf(frame);
    if (this.#control(frame, correlationId)) return;
    const id = correlationId ?? stamps.uuid();
    const context = { connectionId: this.id, contractVersion: this.version };
    void answer(type, frame, id, context).then((reply) => reply && this.send(reply, id));
  }

  #refuse(error: OutgoingFrame, text: string): void {
    const isReadable = error.code !== "invalid_json" && error.code !== "message_too_large";
    this.send(error, isReadable ? correlationIdOf(JSON.parse(text)) : undefined);
    this.#invalidInARow++;
    if (this.#invalidInARow >= this.#parts.frames.limits.invalidMessagesBeforeClose) {
      this.close("too_many_invalid");
    }
  }

  /** Answers a request of the protocol itself; false for any other. */
  #control(frame: IncomingFrame, correlationId: string | undefined): boolean {
    const request = readControlRequest(frame);
    if (!request) return false;
    if ("message" in request) {
      const { pointer, message } = request;
      this.send(errorFrame("invalid_message", { about: `${pointer} ${message}`, pointer }), correlationId);
    } else if (request.type === "ping") this.send({ type: "pong" }, correlationId);
    else if (request.type === "authenticate") void this.#authenticate(request.accessToken, correlationId);
    else {
      const change = changeTopics(request, this.#topics, this.#parts.topics);
      const resume = request.type === "subscribe" ? request.resume : {};
      if (change) this.#change(change, resume, correlationId);
      else this.send(tooManyTopics(this.#parts.topics), correlationId);
    }
    return true;
  }

  #change(
    { valid, errors }: JudgedTopics,
    resume: Extract<ReturnType<typeof readControlRequest>, { readonly type: "subscribe" }>["resume"],
    correlationId: string | undefined,
  ): void {
    const { history, frames } = this.#parts;
    for (const error of errors) this.send(error, correlationId);
    const resumed = Object.entries(resume)
      .filter(([topic]) => valid.includes(topic))
      .map(([topic, after]) => ({ topic, ...history.after(topic, after, frames.limits.replayMessages) }));
    const fresh = valid.filter((topic) => !this.#topics.includes(topic) && !Object.hasOwn(resume, topic));
    const recovered: Readonly<Record<string, Recovery>> = Object.fromEntries(
      resumed.map(({ topic, complete, frames }) => [topic, { complete, replayed: frames.length }]),
    );
    const positions = Object.fromEntries(fresh.map((topic) => [topic, history.head(topic)]));
    this.#topics = valid;
    this.send(subscriptionUpdated(valid, positions, recovered), correlationId);
    for (const { frames } of resumed) for (const frame of frames) this.deliver(frame);
    this.#parts.changed();
  }

  async #authenticate(accessToken: string, correlationId: string | undefined): Promise<void> {
    this.#waiting = [];
    const verdict = await this.#parts.authenticate(accessToken);
    if (verdict === false) {
      this.send(errorFrame("unauthorized"), correlationId);
      this.close("unauthorized");
      return;
    }
    this.send({ type: "authenticated", ...expiry(verdict) }, correlationId);
    this.#goOn();
  }

  #goOn(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.receive(data);
  }
}
