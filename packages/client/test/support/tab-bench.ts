import { type Client, type ClientOptions, createClient } from "@hivewire/client";
import { type Sharing, shareAcrossTabs } from "@hivewire/client/tabs";
import type { Contract } from "@hivewire/protocol";
import { type ChatTypes, chat } from "./chat.js";
import { FakeEnvironment } from "./fake-environment.js";
import { FakeSocket } from "./fake-socket.js";
import { FakeBrowser, type FakeTab } from "./fake-tabs.js";
import { turns } from "./turns.js";

type Frame = Readonly<Record<string, unknown>>;

/** A socket of a tab, with what its far end needs. */
export class ServerSocket extends FakeSocket {
  readonly url: URL;
  constructor(url: string) {
    super();
    this.url = new URL(url);
  }
  /** Sends a frame. */
  say(frame: Frame): void {
    this.deliver(JSON.stringify(frame));
  }
  /** Accepts and greets, as a server does. */
  greet(fields: Frame = {}): void {
    this.accept();
    this.say({ type: "connection_established", connection_id: "c1", contract_version: "2.1.0", ...fields });
  }
  /** Frames of a type that came. */
  got(type: string): readonly Frame[] {
    return this.sent.map((text): Frame => JSON.parse(text)).filter((frame) => frame.type === type);
  }
  /** Answers the last `subscribe`. */
  grant(fields: Frame): void {
    const last = this.got("subscribe").at(-1);
    const { subscriptions, correlation_id } = last ?? {};
    this.say({ type: "subscription_updated", subscriptions, correlation_id, ...fields });
  }
}

/** One tab of the bench. */
export interface BenchTab {
  readonly tab: FakeTab;
  readonly client: Client<ChatTypes>;
  /** Every frame that it was given. */
  readonly frames: Frame[];
}

/** What a tab differs in. */
export interface BenchTabOptions {
  readonly contract?: Contract<ChatTypes>;
  readonly options?: Partial<ClientOptions>;
  readonly sharing?: Sharing;
}

/** Tabs of one browser; their network is the test. */
export class TabBench {
  readonly browser = new FakeBrowser();
  readonly sockets: ServerSocket[] = [];
  readonly environment = new FakeEnvironment();

  /** Opens a tab, whose client connects. */
  async open({ contract = chat, options, sharing }: BenchTabOptions = {}): Promise<BenchTab> {
    const tab = this.browser.openTab();
    const connect = (url: string): ServerSocket => {
      const socket = new ServerSocket(url);
      this.sockets.push(socket);
      return socket;
    };
    const all = { url: "ws://chat.test/ws", WebSocket: connect, environment: this.environment, ...options };
    const client = createClient(contract, shareAcrossTabs(contract, all, { tabs: tab, ...sharing }));
    const frames: Frame[] = [];
    client.onFrame((frame) => frames.push({ ...frame }));
    client.connect();
    await turns();
    return { tab, client, frames };
  }

  /** Opens two tabs whose connection is ready. */
  async pair(): Promise<{
    readonly leader: BenchTab;
    readonly follower: BenchTab;
    readonly socket: ServerSocket;
  }> {
    const leader = await this.open();
    const follower = await this.open();
    const [socket] = this.sockets;
    if (!socket) throw new Error("Failed to open a pair: no tab made a socket. Please check the test.");
    socket.greet();
    await turns();
    return { leader, follower, socket };
  }
}
