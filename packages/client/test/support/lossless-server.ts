import { once } from "node:events";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { contract, type DashboardTypes } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";
import type { Limits } from "@hivewire/protocol";
import { attachWebSockets, type Bus, createServer, type Server } from "@hivewire/server";

const path = "/ws";

const unbounded: Partial<Limits> = {
  rateTokensPerSecond: 100_000,
  rateBurst: 1_000_000,
  connectionsPerSecond: 100_000,
  connectionBurst: 10_000_000,
};

/** A server that can be restarted on the same history, and notes what its clients asked for. */
export class LosslessServer {
  readonly #bus: Bus;
  readonly #limits: Partial<Limits>;
  #engine: Server<DashboardTypes>;
  #http: HttpServer;
  /** `params.n` of every `request_data`, in the order of arrival. */
  readonly asked: number[] = [];
  /** When each connection ended (Unix epoch, ms). */
  readonly ends: number[] = [];

  private constructor(bus: Bus, limits: Partial<Limits>) {
    this.#bus = bus;
    this.#limits = limits;
    this.#engine = this.#createEngine();
    this.#http = createHttpServer();
  }

  /** Starts one; without limits of its own it takes whatever comes. */
  static async start(bus: Bus, limits: Partial<Limits> = unbounded): Promise<LosslessServer> {
    const server = new LosslessServer(bus, limits);
    await server.#listen();
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  /** Publishes a numbered frame. */
  async publish(topic: "tasks" | "agents" | "system", n: number): Promise<void> {
    await this.#engine.publish(topic, { type: "numbered_update", subscription: topic, data: { n } });
  }

  /** Closes with 1012, then listens on another port. */
  async restart(): Promise<void> {
    await this.stop();
    this.#engine = this.#createEngine();
    await this.#listen();
  }

  async stop(): Promise<void> {
    await this.#engine.close(100);
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #createEngine(): Server<DashboardTypes> {
    return createServer<DashboardTypes, undefined>({
      contract,
      validators,
      bus: this.#bus,
      reconnectSpreadMs: 5,
      limits: this.#limits,
    }).handle({
      request_data: ({ data_type, params }) => {
        this.asked.push(Number(params?.n));
        return { type: "data_response", data_type, data: {} };
      },
    });
  }

  async #listen(): Promise<void> {
    this.#http = createHttpServer();
    attachWebSockets(this.#engine, this.#http, { routes: [{ path, topics: [] }] });
    this.#http.on("upgrade", (_request, socket) => {
      socket.on("close", () => this.ends.push(Date.now()));
    });
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
  }
}
