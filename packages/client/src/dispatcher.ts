import { type Contract, createMessageLookup, type MessageLookup } from "@hivewire/protocol";
import { type Listener, Listeners } from "./listeners.js";
import type { Frame } from "./read-frame.js";

const everyFrame = "";

/** Brings frames to the handlers of their type and of their topic, in the order of arrival. */
export class Dispatcher {
  readonly #byType: Listeners<Frame>;
  readonly #byTopic: Listeners<Frame>;
  readonly #every: Listeners<Frame>;
  readonly #topics: ReadonlySet<string>;
  readonly #lookup: MessageLookup;

  /** @param report - called with what a handler threw */
  constructor(contract: Contract, report: (reason: unknown) => void) {
    this.#byType = new Listeners(report);
    this.#byTopic = new Listeners(report);
    this.#every = new Listeners(report);
    this.#topics = new Set(contract.topics);
    this.#lookup = createMessageLookup(contract);
  }

  /** Adds a handler for a `type`. */
  onType(type: string, handler: Listener<Frame>): () => void {
    return this.#byType.add(type, handler);
  }

  /** Adds a handler for a topic. */
  onTopic(topic: string, handler: Listener<Frame>): () => void {
    return this.#byTopic.add(topic, handler);
  }

  /** Adds a handler for all frames. */
  onEvery(handler: Listener<Frame>): () => void {
    return this.#every.add(everyFrame, handler);
  }

  /** Topics with at least one handler. */
  wantedTopics(): ReadonlySet<string> {
    return new Set(this.#byTopic.keys());
  }

  /** Calls the handlers. A frame that the contract does not let a server send reaches none of them. */
  deliver(frame: Frame): void {
    const info = this.#lookup(frame.type);
    if (info?.sender !== "server") return;
    const { subscription } = frame;
    const named = typeof subscription === "string" && this.#topics.has(subscription);
    const topic = named ? subscription : info.topic;
    this.#every.emit(everyFrame, frame);
    this.#byType.emit(frame.type, frame);
    if (topic !== undefined) this.#byTopic.emit(topic, frame);
  }
}
