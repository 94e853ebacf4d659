import { EventEmitter, once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { TestingError } from "../testing-error.js";
import { answerUpgrade } from "./answer-upgrade.js";
import type { Direction, Fault } from "./fault.js";
import { ProxiedConnection } from "./proxied-connection.js";
import { checkWhole, maxDelayMs, type ProxySettings } from "./proxy-options.js";
import { resetSocket } from "./reset-socket.js";

/** What a proxy tells; `once(proxy, "cut")` of `node:events` waits for it. */
export interface FaultProxyEvents {
  /** A client is connected; its connection to the target is on its way. */
  readonly connection: [];
  /** So many bytes were taken that never arrive. */
  readonly swallowed: [bytes: number, direction: Direction];
  /** A connection had its bytes, and was reset. */
  readonly cut: [];
  /** A request was answered with a status. */
  readonly answered: [status: number];
  /** A connection is gone, on both sides. */
  readonly ended: [];
}

const host = "127.0.0.1";
const both: readonly Direction[] = ["up", "down"];

/** A TCP proxy that breaks connections on command. It begins with passing everything. */
export class FaultProxy extends EventEmitter<FaultProxyEvents> {
  readonly #settings: ProxySettings;
  readonly #connections = new Set<ProxiedConnection>();
  /** Clients that are answered by the proxy itself. */
  readonly #answered = new Set<Socket>();
  #fault: Fault = { kind: "pass" };
  #server: Server | undefined;
  #port: number;
  /** Changes happen one after the other. */
  #last: Promise<void> = Promise.resolve();
  #isStopped = false;

  /** Use `startFaultProxy`. */
  constructor(settings: ProxySettings) {
    super();
    this.#settings = settings;
    this.#port = settings.port;
  }

  /** What it does now. */
  get fault(): Fault {
    return this.#fault;
  }

  /** The port of 127.0.0.1 that it listens on; the same one after `refuse` and `restart`. */
  get port(): number {
    return this.#port;
  }

  /** The target's URL, with this proxy in its place. */
  get url(): string {
    const { target } = this.#settings;
    return `${target.protocol}//${host}:${this.#port}${target.pathname}${target.search}`;
  }

  /** Connections that go through it now. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Lets everything through. Connections that lost bytes meanwhile are reset. */
  pass(): Promise<void> {
    return this.#set({ kind: "pass" });
  }

  /** Makes bytes of these directions arrive later, in order. */
  delay(delayMs: number, directions: readonly Direction[] = both): Promise<void> {
    return this.#set({ kind: "delay", delayMs: checkWhole("delayMs", delayMs, 0, maxDelayMs), directions });
  }

  /** Takes bytes of these directions, and delivers none; neither an end. */
  halfOpen(directions: readonly Direction[] = both): Promise<void> {
    return this.#set({ kind: "half-open", directions });
  }

  /** Resets each connection after this many more bytes of one direction. */
  cutAfter(afterBytes: number, direction: Direction = "down"): Promise<void> {
    const bytes = checkWhole("afterBytes", afterBytes, 1, Number.MAX_SAFE_INTEGER);
    return this.#set({ kind: "cut", afterBytes: bytes, direction });
  }

  /** Listens no more: new connections are refused. Resolves when they are. */
  refuse(): Promise<void> {
    return this.#set({ kind: "refuse" });
  }

  /** Answers new connections with an HTTP status instead of the upgrade. */
  answer(status = 503): Promise<void> {
    return this.#set({ kind: "answer", status: checkWhole("status", status, 400, 599) });
  }

  /** Resets every connection (RST), and resolves when all are gone. New ones pass as the fault has it. */
  drop(): Promise<void> {
    return this.#after(() => this.#drop());
  }

  /** A server that restarts: refuses, resets every connection, then listens again and passes everything. */
  restart(): Promise<void> {
    return this.#after(async () => {
      this.#stopListening();
      await this.#drop();
      await this.#apply({ kind: "pass" });
    });
  }

  /** Ends everything; resolves when no socket is left. Harmless when repeated. */
  stop(): Promise<void> {
    if (this.#isStopped) return this.#last;
    const stopped = this.#after(async () => {
      this.#stopListening();
      await this.#drop();
    });
    this.#isStopped = true;
    return stopped;
  }

  /** Listens for the first time. */
  async start(): Promise<void> {
    await this.#after(() => this.#apply(this.#fault));
  }

  #set(fault: Fault): Promise<void> {
    return this.#after(() => this.#apply(fault));
  }

  #after(change: () => Promise<void>): Promise<void> {
    if (this.#isStopped) {
      const sentence = "Failed to change the proxy: it was stopped. Please start another one.";
      return Promise.reject(new TestingError("proxy_stopped", sentence));
    }
    const done = this.#last.then(change);
    this.#last = done.catch(() => {});
    return done;
  }

  async #apply(fault: Fault): Promise<void> {
    this.#fault = fault;
    for (const connection of this.#connections) connection.setFault(fault);
    if (fault.kind === "refuse") this.#stopListening();
    else if (!this.#server) await this.#listen();
  }

  async #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
    try {
      server.listen(this.#port, host);
      await once(server, "listening");
    } catch (cause) {
      const sentence = `Failed to listen on ${host}:${this.#port}: ${String(cause)}. Please pass another port.`;
      throw new TestingError("cannot_listen", sentence, { cause });
    }
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Its socket is closed at once; the event of the same name waits for connections. */
  #stopListening(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  #accept(client: Socket): void {
    if (this.#fault.kind === "answer") {
      const { status } = this.#fault;
      this.#answered.add(client);
      client.on("close", () => this.#answered.delete(client));
      answerUpgrade(client, status, () => this.emit("answered", status));
      return;
    }
    const { targetPort, host: targetHost } = this.#settings;
    const target = connect({ port: targetPort, host: targetHost, allowHalfOpen: true });
    const connection = new ProxiedConnection(client, target, this.#fault, this.#settings, {
      swallowed: (bytes, direction) => this.emit("swallowed", bytes, direction),
      cut: () => this.emit("cut"),
      ended: () => {
        this.#connections.delete(connection);
        this.emit("ended");
      },
    });
    this.#connections.add(connection);
    this.emit("connection");
  }

  async #drop(): Promise<void> {
    for (const connection of this.#connections) connection.reset();
    for (const socket of this.#answered) resetSocket(socket);
    while (this.#connections.size > 0) await once(this, "ended");
    await Promise.all([...this.#answered].map((socket) => once(socket, "close")));
  }
}
