import type { Contract, Matching } from "@hivewire/protocol";

interface Stamped {
  timestamp: string;
  correlation_id: string;
}
interface Established extends Stamped {
  type: "connection_established";
  connection_id: string;
  subscriptions: string[];
  contract_version: string;
}
export interface RoomMessage extends Stamped {
  type: "room_message";
  subscription: "rooms";
  data: { room: string; text: string };
}
export interface PresenceUpdate extends Stamped {
  type: "presence_update";
  subscription: "people";
  data: { online: number };
}
export interface CustomUpdate extends Stamped {
  type: Matching<`${string}_update`>;
  subscription: "rooms" | "people";
  data: { [k: string]: unknown };
}
export interface History extends Stamped {
  type: "history";
  messages: string[];
}
export interface NoHistory extends Stamped {
  type: "no_history";
  reason: string;
}
interface Pong extends Stamped {
  type: "pong";
}
export interface ErrorMessage extends Stamped {
  type: "error";
  message: string;
  code?: string;
}
interface Ping {
  type: "ping";
  correlation_id?: string;
}
interface Subscribe {
  type: "subscribe";
  subscriptions: string[];
}
interface Unsubscribe {
  type: "unsubscribe";
  subscriptions: string[];
}
interface GetHistory {
  type: "get_history";
  room: string;
  limit?: number;
  correlation_id?: string;
}
interface Say {
  type: "say";
  room: string;
  text: string;
}

export interface ChatTypes {
  readonly client: Ping | Subscribe | Unsubscribe | GetHistory | Say;
  readonly server:
    | Established
    | RoomMessage
    | PresenceUpdate
    | CustomUpdate
    | History
    | NoHistory
    | Pong
    | ErrorMessage;
  readonly messages: {
    readonly ping: Ping;
    readonly subscribe: Subscribe;
    readonly unsubscribe: Unsubscribe;
    readonly get_history: GetHistory;
    readonly say: Say;
    readonly connection_established: Established;
    readonly room_message: RoomMessage;
    readonly presence_update: PresenceUpdate;
    readonly history: History;
    readonly no_history: NoHistory;
    readonly pong: Pong;
    readonly error: ErrorMessage;
  };
  readonly patterns: { readonly [type: `${string}_update`]: CustomUpdate };
  readonly topics: {
    readonly rooms: RoomMessage | CustomUpdate;
    readonly people: PresenceUpdate | CustomUpdate;
  };
  readonly replies: {
    readonly ping: Pong;
    readonly subscribe: ErrorMessage;
    readonly get_history: History | NoHistory | ErrorMessage;
  };
}

/** A small contract by hand: two topics, a pattern, a request with two answers. */
export const chat: Contract<ChatTypes> = {
  name: "chat",
  version: "2.1.0",
  supportedVersions: ["2.1.0", "2.0.0"],
  identity: "0".repeat(64),
  discriminator: "type",
  topics: ["rooms", "people"],
  messages: {
    ping: { name: "Ping", sender: "client", replies: ["pong"] },
    subscribe: { name: "Subscribe", sender: "client", replies: ["error"] },
    unsubscribe: { name: "Unsubscribe", sender: "client" },
    get_history: { name: "GetHistory", sender: "client", replies: ["history", "no_history", "error"] },
    say: { name: "Say", sender: "client" },
    connection_established: { name: "Established", sender: "server" },
    room_message: { name: "RoomMessage", sender: "server", topic: "rooms" },
    presence_update: { name: "PresenceUpdate", sender: "server", topic: "people" },
    history: { name: "History", sender: "server" },
    no_history: { name: "NoHistory", sender: "server" },
    pong: { name: "Pong", sender: "server" },
    error: { name: "ErrorMessage", sender: "server" },
  },
  patterns: [{ name: "CustomUpdate", sender: "server", pattern: "_update$" }],
};
