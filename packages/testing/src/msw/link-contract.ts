import type { CloseName, Contract, ContractTypes, Sendable } from "@hivewire/protocol";
import { closeCode } from "@hivewire/protocol";
import { type WebSocketHandler, ws } from "msw";
import type { TopicOf } from "../contract-frames.js";
import type { MockSocket } from "../mock/mock-connection.js";
import type { MockHandlers, MockOptions } from "../mock/mock-options.js";
import { type DisconnectOptions, type MockClient, MockServer, type Published } from "../mock/mock-server.js";

/** A mocked server of a contract: its handler for msw, and the strings that a test pulls. */
export interface ContractLink<Types extends ContractTypes> {
  /** For `setupServer` and `setupWorker`: every client that connects to the URL meets this server. */
  readonly handler: WebSocketHandler;
  /**
   * Answers requests from now on; a handler replaces the one of before. A call of its own, so that TypeScript knows the
   * contract before it reads what handlers return.
   */
  handle(handlers: MockHandlers<Types>): ContractLink<Types>;
  /** Open clients, oldest first. */
  clients(): readonly MockClient[];
  /**
   * Sends a frame to everyone who has the topic live, with its envelope and position, and keeps it for those who resume.
   * @throws TestingError `unknown_topic`, `invalid_frame`; nothing was sent then
   */
  publish<K extends TopicOf<Types>>(topic: K, frame: Sendable<Types["topics"][K]>): Published;
  /** `publish` for frames whose types are known only at run time. */
  publishUnknown(topic: string, frame: unknown): Published;
  /** Resolves as soon as a client has the topic live, at once when one has. */
  subscribed(topic: TopicOf<Types>): Promise<void>;
  /**
   * Closes clients, and returns how many. 1006 stands for a broken network: msw gives it as a clean close.
   * @param code - a close code, or its name in the protocol's table
   */
  disconnect(code: number | CloseName, options?: DisconnectOptions): number;
  /**
   * Ends every connection with 1012, after a notice, and begins another epoch: whoever resumes has a gap.
   * @param reconnectAfterMs - over which clients are to spread, in milliseconds @default 0
   */
  restart(reconnectAfterMs?: number): void;
  /** Forgets what was published: whoever missed some of it has a gap. */
  forget(): void;
}

/** The client's own socket: msw has it, though its type leaves it out. */
function socketOf(client: object): EventTarget | undefined {
  const socket: unknown = Reflect.get(client, "socket");
  return socket instanceof EventTarget ? socket : undefined;
}

function isConnecting(socket: EventTarget): boolean {
  return Reflect.get(socket, "readyState") === 0;
}

/** Runs a step once the client's socket is open: msw drops a close, and frames before it, that come earlier. */
function onceOpen(client: object, run: () => void): void {
  const socket = socketOf(client);
  if (socket && isConnecting(socket)) socket.addEventListener("open", run, { once: true });
  else run();
}

/**
 * A server of any contract for Mock Service Worker 2: it greets, negotiates, subscribes, validates, answers, stamps,
 * counts positions and resumes as a hivewire server does on the wire. For tests of applications; it has no rates, no
 * heartbeats and no network to break.
 *
 * Node 20 has no `WebSocket` for msw to replace: set `globalThis.WebSocket` before `listen()`.
 * @param url - of the server, without a query: `wss://example.org/ws`; msw's wildcards and expressions work
 * @throws TestingError `unsupported_contract`, `invalid_option`; ProtocolError `invalid_limit`
 */
export function linkContract<Types extends ContractTypes>(
  contract: Contract<Types>,
  url: string | RegExp,
  options: MockOptions<Types>,
): ContractLink<Types> {
  const server = new MockServer(contract, options);
  const handler = ws.link(url).addEventListener("connection", ({ client }) => {
    const socket: MockSocket = {
      send: (text) => client.send(text),
      // msw sends in a microtask, and drops what has not left when the socket closes.
      close: (code, reason) => onceOpen(client, () => queueMicrotask(() => client.close(code, reason))),
    };
    const connection = server.accept(socket, client.url.searchParams);
    client.addEventListener("message", ({ data }) => connection.receive(data));
    client.addEventListener("close", () => server.left(connection));
  });
  const link: ContractLink<Types> = {
    handler,
    handle: (handlers) => {
      server.handle(handlers);
      return link;
    },
    clients: () => server.clients(),
    publish: (topic, frame) => server.publish(topic, frame),
    publishUnknown: (topic, frame) => server.publish(topic, frame),
    subscribed: (topic) => server.subscribed(topic),
    disconnect: (code, how) => server.disconnect(typeof code === "number" ? code : closeCode(code), how),
    restart: (reconnectAfterMs = 0) => server.restart(reconnectAfterMs),
    forget: () => server.forget(),
  };
  return link;
}
