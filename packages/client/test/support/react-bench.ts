import { type Client, type ClientOptions, createClient } from "@hivewire/client";
import { act, createElement, type ReactElement, StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { type ChatTypes, chat } from "./chat.js";
import { ServerSocket } from "./tab-bench.js";
import { turns } from "./turns.js";

/** React in a document, over sockets whose network is the test. */
export class ReactBench {
  readonly sockets: ServerSocket[] = [];
  readonly clients: Client<ChatTypes>[] = [];
  readonly container: HTMLElement = document.createElement("div");
  readonly root: Root = createRoot(this.container);
  readonly isStrict: boolean;

  constructor(isStrict = true) {
    this.isStrict = isStrict;
  }

  /** Makes a client over these sockets. */
  readonly create = (options: Partial<ClientOptions> = {}): Client<ChatTypes> => {
    const connect = (url: string): ServerSocket => {
      const socket = new ServerSocket(url);
      this.sockets.push(socket);
      return socket;
    };
    const client = createClient(chat, {
      url: "ws://chat.test/ws",
      WebSocket: connect,
      environment: { random: () => 1 },
      ...options,
    });
    this.clients.push(client);
    return client;
  };

  get text(): string {
    return this.container.textContent ?? "";
  }

  /** Does something, and lets React and the client settle. */
  async do(step: () => unknown): Promise<void> {
    await act(async () => {
      await step();
    });
    // The effects of the step ran at the end of its act.
    await act(turns);
  }

  async render(element: ReactElement): Promise<void> {
    await this.do(() => this.root.render(this.isStrict ? createElement(StrictMode, null, element) : element));
  }

  async unmount(): Promise<void> {
    await this.do(() => this.root.unmount());
  }

  /** The newest socket. */
  get socket(): ServerSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("Failed to find a socket: none was made. Please check the test.");
    return socket;
  }
}
