import { type Contract, readEstablished, unversioned } from "@hivewire/protocol";
import { ClientError } from "./client-error.js";
import type { Settings } from "./client-options.js";
import { dialUrl } from "./dial-url.js";
import { Dispatcher } from "./dispatcher.js";
import { Faults } from "./faults.js";
import { Lifecycle, type OutsideEffect } from "./lifecycle.js";
import { PendingRequests } from "./pending-requests.js";
import { type Frame, readFrame, readHint } from "./read-frame.js";
import { socketFactory } from "./socket-source.js";
import { TopicSync } from "./topic-sync.js";
import type { CreateTransport, Transport } from "./transport.js";

/** Frames that may come before `connection_established`: they say why it will not. */
const earlyTypes: ReadonlySet<string> = new Set(["error", "disconnect_notice"]);

/** Wires the parts of a client together; knows frames but not the types of a contract. */
export class Session {
  readonly faults = new Faults();
  readonly dispatcher: Dispatcher;
  readonly pending: PendingRequests;
  readonly lifecycle: Lifecycle;
  readonly topics: TopicSync;
  readonly #contract: Contract;
  readonly #settings: Settings;
  readonly #transport: Transport;

  constructor(contract: Contract, settings: Settings, createTransport: CreateTransport) {
    const { environment, policy, connectTimeoutMs, accessToken, url, webSocket } = settings;
    this.#contract = contract;
    this.#settings = settings;
    this.dispatcher = new Dispatcher(contract, this.faults.reportThrown);
    this.pending = new PendingRequests(environment.schedule);
    this.lifecycle = new Lifecycle({
      environment,
      fixed: {
        policy,
        connectTimeoutMs,
        supportedVersions: contract.supportedVersions,
        canRefresh: typeof accessToken === "function" || typeof url === "function",
      },
      perform: (effect) => this.#perform(effect),
      report: this.faults.reportThrown,
    });
    this.topics = new TopicSync({
      wanted: () => this.dispatcher.wantedTopics(),
      isReady: () => this.lifecycle.getSnapshot().status === "ready",
      send: (frame) => this.#transport.send(JSON.stringify(frame)),
    });
    this.#transport = createTransport((target) => socketFactory(webSocket)(target), {
      opened: () => this.lifecycle.dispatch({ type: "opened" }),
      received: (data) => this.#receive(data),
      closed: (code, reason) => this.lifecycle.dispatch({ type: "closed", code, reason }),
      refused: (reason) => this.#fail(reason),
    });
  }

  /** Sends a frame now, or returns why it cannot be sent. */
  send(frame: object): ClientError | undefined {
    const state = this.lifecycle.getSnapshot();
    if (state.status === "ready") {
      try {
        if (this.#transport.send(JSON.stringify(frame))) return undefined;
      } catch (error) {
        const sentence = "Failed to send a frame: it is not JSON. Please take cycles and bigints out.";
        return new ClientError("invalid-frame", sentence, { cause: error });
      }
    }
    const sentence = `Failed to send a frame: the client is ${state.status}. Please wait for the state "ready".`;
    return new ClientError("not-ready", sentence, "cause" in state ? { cause: state.cause } : {});
  }

  #perform(effect: OutsideEffect): void {
    switch (effect.type) {
      case "dial":
        void this.#dial();
        return;
      case "hang-up":
        this.#transport.hangUp();
        return;
      case "greet":
        this.topics.greet(effect.established.subscriptions);
        return;
      case "give-up":
        this.pending.rejectAll(effect.error);
    }
  }

  async #dial(): Promise<void> {
    const started = this.lifecycle.getSnapshot();
    const isCurrent = (): boolean => this.lifecycle.getSnapshot() === started;
    const { url, accessToken, webSocket } = this.#settings;
    const contractVersions = this.#contract.supportedVersions;
    const subscriptions = (): Iterable<string> => this.dispatcher.wantedTopics();
    try {
      socketFactory(webSocket);
      const target = await dialUrl({ url, accessToken, contractVersions, subscriptions });
      if (isCurrent()) this.#transport.dial(target);
    } catch (error) {
      if (isCurrent()) this.#fail(error);
    }
  }

  #fail(reason: unknown): void {
    const sentence = "Failed to connect: no socket can be made for the URL. Please see the cause.";
    const error = ClientError.from(reason, "invalid-url", sentence);
    this.lifecycle.dispatch({ type: error.code === "provider-failed" ? "failed" : "stop", error });
  }

  #receive(data: unknown): void {
    const frame = readFrame(data);
    if (frame instanceof ClientError) {
      this.faults.report(frame);
      return;
    }
    const hint = readHint(frame);
    if (hint) this.lifecycle.dispatch({ type: "hinted", hint });
    if (this.lifecycle.getSnapshot().status === "negotiating" && !this.#greeted(frame)) return;
    this.pending.settle(frame);
    this.dispatcher.deliver(frame);
  }

  /** Reads a frame that came before the handshake was done; false when the application must not see it. */
  #greeted(frame: Frame): boolean {
    const established = readEstablished(frame, unversioned);
    if (established) {
      this.lifecycle.dispatch({ type: "established", established });
      return this.lifecycle.getSnapshot().status === "ready";
    }
    if (earlyTypes.has(frame.type)) return true;
    const sentence = `Failed to take the frame "${frame.type}": it came before connection_established. Please check the server.`;
    this.faults.report(new ClientError("early-frame", sentence));
    return false;
  }
}
