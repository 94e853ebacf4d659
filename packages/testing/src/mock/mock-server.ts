import {
  type Contract,
  type ContractTypes,
  closeCode,
  closeCodes,
  createConverterLookup,
  createMessageLookup,
  handshakeParams,
  type Position,
  resolveLimits,
  type StampSource,
} from "@hivewire/protocol";
import type { TopicOf } from "../contract-frames.js";
import { TestingError } from "../testing-error.js";
import { Answers } from "./mock-answers.js";
import { type ConnectionParts, MockConnection, type MockSocket } from "./mock-connection.js";
import { disconnectNotice, errorFrame } from "./mock-frames.js";
import { type GreetingParts, greet } from "./mock-greeting.js";
import { MockHistory } from "./mock-history.js";
import type { CredentialsVerdict, MockHandlers, MockOptions } from "./mock-options.js";
import { type PublishRules, topicFrame } from "./mock-publish.js";

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
  /** Says so in a `disconnect_notice` of this reason first, as a server does before 4408, 4409 and 4430. @default none */
  readonly notice?: string | undefined;
  /** Close reason. @default the code's name in the protocol's table, else none */
  readonly reason?: string | undefined;
}

function checkOptions({ name, discriminator }: Contract, historyFrames: number): void {
  if (discriminator !== "type") {
    const sentence = `Failed to link the contract "${name}": its discriminator is "${discriminator}". Please name it "type", as the protocol does.`;
    throw new TestingError("unsupported_contract", sentence);
  }
  if (Number.isSafeInteger(historyFrames) && historyFrames >= 0) return;
  const sentence = `Failed to set historyFrames: ${historyFrames} is out of range. Please pass a whole number from 0 on.`;
  throw new TestingError("invalid_option", sentence);
}

/** A server of a contract without a network and without time: every effect happens at once. */
export class MockServer<Types extends ContractTypes> {
  readonly #parts: ConnectionParts;
  readonly #answers: Answers<Types>;
  readonly #greeting: GreetingParts;
  readonly #publish: PublishRules;
  readonly #needsCredentials: boolean;
  readonly #connections = new Set<MockConnection>();
  readonly #waiting = new Set<{ readonly topic: string; readonly tell: () => void }>();

  /** @throws TestingError `unsupported_contract`, `invalid_option`; ProtocolError `invalid_limit` */
  constructor(contract: Contract<Types>, options: MockOptions<Types>) {
    const { validators, converters, authorizeTopic, historyFrames = 1_000 } = options;
    checkOptions(contract, historyFrames);
    const fault = options.onFault ?? ((cause: unknown) => console.error(cause));
    const stamps: StampSource = { now: Date.now, uuid: () => crypto.randomUUID(), ...options.environment };
    const limits = resolveLimits(options.limits);
    const lookup = createMessageLookup(contract);
    const history = new MockHistory(stamps.uuid(), historyFrames);
    // Topics are held against the contract first.
    const mayRead = (topic: string): boolean => authorizeTopic?.(topic as TopicOf<Types>) ?? true;
    const rules = { limits, topics: contract.topics, mayRead };
    this.#answers = new Answers(contract, options, stamps, fault);
    this.#needsCredentials = options.authenticate !== undefined;
    this.#publish = { contract, lookup, validate: validators.server, stamps };
    this.#greeting = {
      rules,
      stamps,
      supportedVersions: contract.supportedVersions,
      defaultTopics: options.defaultTopics ?? [],
      head: (topic) => history.head(topic),
    };
    this.#parts = {
      frames: { contract, lookup, validate: validators.client, limits },
      topics: rules,
      encode: { lookup, convert: converters && createConverterLookup(converters), failed: fault },
      history,
      stamps,
      answer: this.#answers.answer,
      changed: () => this.#tellSubscribed(),
      authenticate: async (accessToken) => {
        try {
          return (await options.authenticate?.(accessToken)) ?? true;
        } catch (cause) {
          fault(cause);
          return false;
        }
      },
    };
  }

  /** Takes a client; its socket tells the returned connection what comes. */
  accept(socket: MockSocket, query: URLSearchParams): MockConnection {
    const connection = new MockConnection(socket, this.#parts);
    this.#connections.add(connection);
    if (this.#needsCredentials) void this.#identify(connection, query);
    else this.#greet(connection, query, true);
    return connection;
  }

  /** Forgets a client whose socket is gone. */
  left(connection: MockConnection): void {
    connection.gone();
    this.#connections.delete(connection);
  }

  /** Answers requests from now on; a handler replaces the one of before. */
  handle(handlers: MockHandlers<Types>): void {
    this.#answers.handle(handlers);
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
    const placed = this.#parts.history.add(topic, topicFrame(topic, frame, this.#publish));
    const reached = [...this.#connections].filter(({ topics }) => topics.includes(topic));
    for (const connection of reached) connection.deliver(placed);
    return { position: placed.position, reached: reached.length };
  }

  /** Closes clients with a code, and returns how many. */
  disconnect(code: number, { connectionId, notice, reason }: DisconnectOptions = {}): number {
    const name = closeCodes.find((row) => row.code === code)?.name ?? "";
    const chosen = [...this.#connections].filter(
      ({ id, isOpen }) => isOpen && (connectionId === undefined || id === connectionId),
    );
    for (const connection of chosen) {
      if (notice !== undefined) connection.send(disconnectNotice(notice, code));
      connection.end(code, reason ?? name);
    }
    return chosen.length;
  }

  /** Ends every connection as a server that restarts, and begins another epoch: no position of before can be resumed. */
  restart(reconnectAfterMs: number): void {
    for (const connection of this.#connections) {
      connection.send(disconnectNotice("server_shutdown", closeCode("restart"), reconnectAfterMs));
      connection.close("restart");
    }
    this.#parts.history.begin(this.#parts.stamps.uuid());
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

  async #identify(connection: MockConnection, query: URLSearchParams): Promise<void> {
    const accessToken = query.get(handshakeParams.accessToken) ?? undefined;
    const verdict = await this.#parts.authenticate(accessToken);
    if (verdict === false) connection.refuse(errorFrame("unauthorized"), "unauthorized");
    else this.#greet(connection, query, verdict);
  }

  #greet(connection: MockConnection, query: URLSearchParams, verdict: CredentialsVerdict): void {
    const greeting = greet(query, connection.id, verdict, this.#greeting);
    if (greeting.agreed) connection.open(greeting.version, greeting.topics, greeting.frames);
    else connection.refuse(greeting.error, "version_mismatch");
  }

  #tellSubscribed(): void {
    for (const entry of this.#waiting) {
      if (![...this.#connections].some(({ topics }) => topics.includes(entry.topic))) continue;
      this.#waiting.delete(entry);
      entry.tell();
    }
  }
}
