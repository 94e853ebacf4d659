import type { Socket } from "node:net";
import { type Direction, type Fault, laneRule } from "./fault.js";
import { Lane, type Schedule } from "./lane.js";
import { resetSocket } from "./reset-socket.js";

/** What a connection tells. */
export interface ConnectionEvents {
  readonly swallowed: (bytes: number, direction: Direction) => void;
  readonly cut: () => void;
  /** Both of its sockets are closed. */
  readonly ended: () => void;
}

/** What every connection of a proxy shares. */
export interface ConnectionSettings {
  readonly schedule: Schedule;
  readonly maxBufferBytes: number;
}

/** One client and its connection to the target. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #target: Socket;
  readonly #up: Lane;
  readonly #down: Lane;
  readonly #events: ConnectionEvents;

  constructor(
    client: Socket,
    target: Socket,
    fault: Fault,
    settings: ConnectionSettings,
    events: ConnectionEvents,
  ) {
    this.#client = client;
    this.#target = target;
    this.#events = events;
    const cut = (): void => {
      events.cut();
      this.reset();
    };
    const lane = (direction: Direction, source: Socket, sink: Socket): Lane => {
      const swallowed = (bytes: number): void => events.swallowed(bytes, direction);
      return new Lane({ ...settings, source, sink, cut, swallowed }, laneRule(fault, direction));
    };
    this.#up = lane("up", client, target);
    this.#down = lane("down", target, client);
    this.#listenTo(client, this.#up);
    this.#listenTo(target, this.#down);
  }

  /** Goes by another fault from now on. One that lost bytes is reset: no TCP goes on with a hole in its stream. */
  setFault(fault: Fault): void {
    for (const [lane, direction] of [[this.#up, "up"] as const, [this.#down, "down"] as const]) {
      const rule = laneRule(fault, direction);
      if (lane.hasLost && rule.kind !== "swallow") {
        this.reset();
        return;
      }
      lane.setRule(rule);
    }
  }

  /** Resets both sockets (RST). */
  reset(): void {
    resetSocket(this.#client);
    resetSocket(this.#target);
  }

  #listenTo(socket: Socket, lane: Lane): void {
    socket.setNoDelay(true);
    // A close follows, with `hadError`.
    socket.on("error", () => {});
    socket.on("close", (hadError) => {
      lane.close();
      if (this.#client.closed && this.#target.closed) this.#events.ended();
      else if (lane.isSwallowing) lane.lose();
      else if (hadError || !socket.readableEnded) this.reset();
    });
  }
}
