import { type ClientOptions, outbox } from "@hivewire/client";
import { buildClient } from "../../src/build-client.js";
import type { Client } from "../../src/client-types.js";
import type { CreateTransport, Transport, TransportEvents } from "../../src/transport.js";
import { type ChatTypes, chat } from "./chat.js";
import { FakeEnvironment, settled } from "./fake-environment.js";

/** A transport whose far end is the test. */
class FakeTransport implements Transport {
  readonly dialled: URL[] = [];
  readonly sent: Readonly<Record<string, unknown>>[] = [];
  hangUps = 0;
  isOpen = false;
  /** How far the present attempt is. */
  phase: "none" | "dialled" | "open" = "none";
  #events: TransportEvents | undefined;

  readonly create: CreateTransport = (_createSocket, events) => {
    this.#events = events;
    return this;
  };

  dial(url: string): void {
    this.dialled.push(new URL(url));
    this.phase = "dialled";
  }
  send(text: string): boolean {
    if (this.isOpen) this.sent.push(JSON.parse(text));
    return this.isOpen;
  }
  hangUp(): void {
    this.hangUps++;
    this.isOpen = false;
    this.phase = "none";
  }

  open(): void {
    this.isOpen = true;
    this.phase = "open";
    this.#events?.opened();
  }
  receive(frame: unknown): void {
    this.#events?.received(typeof frame === "object" ? JSON.stringify(frame) : frame);
  }
  lose(code: number, reason = ""): void {
    this.isOpen = false;
    this.phase = "none";
    this.#events?.closed(code, reason);
  }
  refuse(reason: unknown): void {
    this.#events?.refused(reason);
  }
  /** Opens and greets, as a server does. */
  greet(fields: Readonly<Record<string, unknown>> = {}): void {
    this.open();
    this.receive({
      type: "connection_established",
      connection_id: "c1",
      contract_version: "2.1.0",
      ...fields,
    });
  }
}

/** A client for `chat` in a world that the test moves by hand. */
export interface Bench {
  readonly client: Client<ChatTypes>;
  readonly transport: FakeTransport;
  readonly environment: FakeEnvironment;
  /** Starts the client and brings it to `ready`. */
  readonly ready: (fields?: Readonly<Record<string, unknown>>) => Promise<void>;
}

function SocketNobodyMakes(): never {
  throw new Error("the fake transport makes no socket");
}

/** Makes a bench. */
export function createBench(options: Partial<ClientOptions> = {}): Bench {
  const transport = new FakeTransport();
  const environment = new FakeEnvironment();
  const client = buildClient(
    chat,
    { url: "ws://chat.test/ws", WebSocket: SocketNobodyMakes, ...options, environment },
    transport.create,
    outbox(),
  );
  const ready = async (fields = {}): Promise<void> => {
    const connected = client.connect();
    await settled();
    transport.greet(fields);
    await connected;
  };
  return { client, transport, environment, ready };
}
