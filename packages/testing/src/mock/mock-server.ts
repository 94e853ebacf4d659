import {
  type CloseName,
  type Contract,
  type ContractTypes,
  closeCodes,
  createConverterLookup,
  createMessageLookup,
  handshakeParams,
  isJsonObject,
  type MessageInfo,
  negotiateVersion,
  type Position,
  parseVersionOffer,
  resolveLimits,
  type StampSource,
  stamp,
} from "@hivewire/protocol";
import { TestingError } from "../testing-error.js";
import { judgeTopics } from "./judge-topics.js";
import { createAnswer } from "./mock-answers.js";
import { type ConnectionParts, expiry, MockConnection, type MockSocket } from "./mock-connection.js";
import { disconnectNotice, errorFrame, filled } from "./mock-frames.js";
import { MockHistory } from "./mock-history.js";
import type { CredentialsVerdict, MockOptions } from "./mock-options.js";

/** Where a published frame went. */
export interface Published {
  readonly position: Position;
  /** Clients that had the topic live. */
  readonly reached: number;
}

/** One open client at one moment. */
export interface MockClient {
  readonly connectionId: string;
  /** The negotiated contract version. */
  readonly contractVersion: string;
  /** Live topics, sorted. */
  readonly topics: readonly string[];
}

/** How clients are disconnected. */
export interface DisconnectOptions {
  /** Only the client of that id. @default all */
  readonly connectionId?: string | undefined;
  /** Close reason. @default the code's name in the protocol's table, else none */
  readonly reason?: string | undefined;
}

/** A server of a contract without a network and without time: one process, one thread, every effect at once. */
export class MockServer {
  readonly #contract: Contract;
  readonly #validate: MockOptions<ContractTypes>["validators"]["server"];
  readonly #defaultTopics: readonly string[];
  readonly #parts: ConnectionParts;
  readonly #needsCredentials: boolean;
  readonly #stamps: StampSource;
  readonly #connections = new Set<MockConnection>();
  readonly #waiting = new Set<{ readonly topic: string; readonly tell: () => void }>();

  /** @throws TestingError `unsupported_contract`, `invalid_option`; ProtocolError `invalid_limit` */
  constructor(contract: Contract, options: MockOptions<ContractTypes>) {
    const { validators, authenticate = () => true, converters, historyFrames = 1_000 } = options;
    if (contract.discriminator !== "type") {
      const sentence = `Failed to link the contract "${contract.name}": its discriminator is "${contract.discriminator}". Please name it "type", as the protocol does.`;
      throw new TestingError("unsupported_contract", sentence);
    }
    if (!Number.isSafeInteger(historyFrames) || historyFrames < 0) {
      const sentence = `Failed to set historyFrames: ${historyFrames} is out of range. Please pass a whole number from 0 on.`;
      throw new TestingError("invalid_option", sentence);
    }
    const fault = options.onFault ?? ((cause: unknown) => console.error(cause));
    const limits = resolveLimits(options.limits);
    const lookup = createMessageLookup(contract);
    const { authorizeTopic = () => true } = options;
    this.#contract = contract;
    this.#validate = validators.server;
    this.#defaultTopics = options.defaultTopics ?? [];
    this.#needsCredentials = options.authenticate !== undefined;
    this.#stamps = { now: Date.now, uuid: () => crypto.randomUUID(), ...options.environment };
    this.#parts = {
      frames: { contract, lookup, validate: validators.client, limits },
      topics: { limits, topics: contract.topics, mayRead: authorizeTopic },
      encode: { lookup, convert: converters && createConverterLookup(converters), failed: fault },
      history: new MockHistory(this.#stamps.uuid(), historyFrames),
      stamps: this.#stamps,
      answer: createAnswer(contract, options, this.#stamps, fault),
      authenticate: async (accessToken) => {
        try {
          return await authenticate(accessToken);
        } catch (cause) {
          fault(cause);
          return false;
        }
      },
      changed: () => this.#tellSubscribed(),
    };
  }

  /** Takes a client; its socket tells the returned connection what comes. */
  accept(socket: MockSocket, query: URLSearchParams): MockConnection {
    const connection = new MockConnection(socket, this.#parts);
    this.#connections.add(connection);
    const accessToken = query.get(handshakeParams.accessToken) ?? undefined;
    if (!this.#needsCredentials) this.#greet(connection, query, true);
    else
      void Promise.resolve(this.#parts.authenticate(accessToken)).then((verdict) => {
        if (verdict !== false) return this.#greet(connection, query, verdict);
        connection.send(errorFrame("unauthorized"));
        connection.close("unauthorized");
      });
    return connection;
  }

  /** Forgets a client whose socket is gone. */
  left(connection: MockConnection): void {
    connection.gone();
    this.#connections.delete(connection);
  }

  /** Open clients, oldest first. */
  clients(): readonly MockClient[] {
    return [...this.#connections]
      .filter(({ isOpen }) => isOpen)
      .map(({ id, version, topics }) => ({ connectionId: id, contractVersion: version, topics }));
  }

  /**
   * Sends a frame to everyone who has the topic live, and keeps it for those who resume.
   * @throws TestingError `unknown_topic`, `invalid_frame`; nothing was sent then
   */
  publish(topic: string, frame: unknown): Published {
    const { topics } = this.#contract;
    if (!topics.includes(topic)) {
      const sentence = `Failed to publish: the contract has no topic "${topic}". Please use one of ${topics.join(", ")}.`;
      throw new TestingError("unknown_topic", sentence);
    }
    const plain: unknown = JSON.parse(JSON.stringify(frame) ?? "null");
    const { position: _, ...rest } = isJsonObject(plain) ? plain : {};
    const stamped = stamp(rest, this.#stamps);
    const type = String(rest.type);
    const result = this.#validate(stamped);
    if (!result.ok) {
      const { pointer, message } = result.issue;
      const sentence = `Failed to publish "${type}": ${pointer} ${message}. Please mend the frame.`;
      throw new TestingError("invalid_frame", sentence, { pointer });
    }
    if (!belongsTo(rest, topic, this.#parts.frames.lookup(type))) {
      const sentence = `Failed to publish "${type}": it is no frame of the topic "${topic}". Please use its own.`;
      throw new TestingError("invalid_frame", sentence, { pointer: "/subscription" });
    }
    const placed = this.#parts.history.add(topic, { ...stamped, type });
    const reached = [...this.#connections].filter((connection) => connection.topics.includes(topic));
    for (const connection of reached) connection.deliver(placed);
    return { position: placed.position, reached: reached.length };
  }

  /** Closes clients with a code; resolves nothing, waits for nothing. Returns how many there were. */
  disconnect(code: number, { connectionId, reason }: DisconnectOptions = {}): number {
    const name = closeCodes.find((row) => row.code === code)?.name ?? "";
    const chosen = [...this.#connections].filter(
      ({ id }) => connectionId === undefined || id === connectionId,
    );
    for (const connection of chosen) connection.end(code, reason ?? name);
    return chosen.length;
  }

  /** Ends every connection as a server that restarts, and begins another epoch: no position of before can be resumed. */
  restart(reconnectAfterMs: number): void {
    const close: CloseName = "restart";
    for (const connection of this.#connections) {
      connection.send(disconnectNotice("server_shutdown", close, reconnectAfterMs));
      connection.close(close);
    }
    this.#parts.history.begin(this.#stamps.uuid());
  }

  /** Forgets what was published: whoever resumes is told that frames are missing. */
  forget(): void {
    this.#parts.history.forget();
  }

  /** Resolves as soon as a client has the topic live, at once when one has. */
  subscribed(topic: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ topic, tell: resolve });
      this.#tellSubscribed();
    });
  }

  #tellSubscribed(): void {
    for (const entry of this.#waiting) {
      if (![...this.#connections].some(({ topics }) => topics.includes(entry.topic))) continue;
      this.#waiting.delete(entry);
      entry.tell();
    }
  }

  #greet(connection: MockConnection, query: URLSearchParams, verdict: CredentialsVerdict): void {
    const { supportedVersions } = this.#contract;
    const { frames, topics: rules, history } = this.#parts;
    const offer = parseVersionOffer(query.get(handshakeParams.contractVersions));
    const negotiation = negotiateVersion(offer, supportedVersions);
    if (!negotiation.agreed) {
      const about = `this server speaks ${supportedVersions.join(", ")}`;
      const detail = { about, supported_versions: supportedVersions };
      connection.send(errorFrame("unsupported_contract_version", detail));
      connection.close("version_mismatch");
      return;
    }
    const listed = query
      .get(handshakeParams.subscriptions)
      ?.split(",")
      .map((topic) => topic.trim());
    const asked = listed?.filter((topic) => topic !== "") ?? this.#defaultTopics;
    const isTooMany = new Set(asked).size > frames.limits.maxSubscriptions;
    const { valid, errors } = isTooMany
      ? { valid: [], errors: [errorFrame("too_many_subscriptions")] }
      : judgeTopics(asked, rules);
    const positions = Object.fromEntries(valid.map((topic) => [topic, history.head(topic)]));
    connection.version = negotiation.version;
    const hello = {
      type: "connection_established",
      connection_id: connection.id,
      subscriptions: valid,
      server_time: new Date(this.#stamps.now()).toISOString(),
      contract_version: negotiation.answer,
      supported_versions: supportedVersions,
      heartbeat_ms: frames.limits.heartbeatMs,
      session: this.#stamps.uuid(),
      ...filled({ positions }),
      ...expiry(verdict),
    };
    connection.open(valid, [hello, ...errors]);
  }
}

/** A frame belongs to the topic of its message; of one that a pattern recognises, the frame itself says which. */
function belongsTo(
  frame: Readonly<Record<string, unknown>>,
  topic: string,
  info: MessageInfo | undefined,
): boolean {
  if (info?.topic !== undefined) return info.topic === topic;
  return info !== undefined && "pattern" in info && frame.subscription === topic;
}
