import {
  type Client,
  type ClientError,
  connectionQuality,
  createClient,
  type Delivery,
  type FrameOf,
  type Gap,
  type Outgoing,
  outbox,
  type ReplyOf,
  type RequestFields,
  type RequestType,
  type SendResult,
  type ServerType,
  type TopicOf,
} from "@hivewire/client";
import { createClient as createNativeClient } from "@hivewire/client/native";
import type { Contract, ContractTypes } from "@hivewire/protocol";
import { describe, expectTypeOf, it } from "vitest";
import {
  type ChatTypes,
  type CustomUpdate,
  chat,
  type ErrorMessage,
  type History,
  type NoHistory,
  type PresenceUpdate,
  type RoomMessage,
} from "./support/chat.js";

const client = createClient(chat, { url: "ws://chat.test" });

describe("createClient", () => {
  it("takes its types from the contract alone", () => {
    expectTypeOf(client).toEqualTypeOf<Client<ChatTypes>>();
  });

  it("refuses options of a wrong kind", () => {
    // @ts-expect-error: the unit is milliseconds, as a number
    createClient(chat, { url: "ws://chat.test", requestTimeoutMs: "10s" });
    // @ts-expect-error: url is required
    createClient(chat, {});
  });
});

describe("subscribe", () => {
  it("narrows to the frames of the topic", () => {
    client.subscribe("rooms", (frame) => {
      expectTypeOf(frame).toEqualTypeOf<RoomMessage | CustomUpdate>();
      if (frame.type === "room_message") expectTypeOf(frame.data.text).toBeString();
    });
    client.subscribe("people", (frame) => {
      expectTypeOf(frame).toEqualTypeOf<PresenceUpdate | CustomUpdate>();
    });
  });

  it("refuses a topic and a field that do not exist", () => {
    // @ts-expect-error: no such topic
    client.subscribe("nowhere", () => {});
    client.subscribe("rooms", (frame) => {
      // @ts-expect-error: no such field
      expectTypeOf(frame.subscriber).toBeAny();
    });
  });
});

describe("on", () => {
  it("narrows to the frame of the type; constants win over patterns", () => {
    client.on("error", (frame) => expectTypeOf(frame).toEqualTypeOf<ErrorMessage>());
    client.on("presence_update", (frame) => expectTypeOf(frame).toEqualTypeOf<PresenceUpdate>());
    client.on("weather_update", (frame) => expectTypeOf(frame).toEqualTypeOf<CustomUpdate>());
  });

  it("takes only what a server sends", () => {
    expectTypeOf<"say">().not.toExtend<ServerType<ChatTypes>>();
    // @ts-expect-error: clients send this
    client.on("say", () => {});
    // @ts-expect-error: neither a constant nor a pattern
    client.on("weather", () => {});
  });
});

describe("onFrame", () => {
  it("gets the union of all frames", () => {
    client.onFrame((frame) => expectTypeOf(frame).toEqualTypeOf<ChatTypes["server"]>());
  });
});

describe("request", () => {
  it("resolves with the union of replies, without the error that rejects", () => {
    expectTypeOf(client.request("get_history", { room: "a" })).resolves.toEqualTypeOf<History | NoHistory>();
    expectTypeOf<ReplyOf<ChatTypes, "get_history">>().toEqualTypeOf<History | NoHistory>();
  });

  it("asks for the fields of the request only", () => {
    expectTypeOf<RequestFields<ChatTypes, "get_history">>().toEqualTypeOf<{
      readonly room: string;
      readonly limit?: number;
    }>();
    client.request("ping", {}, { timeoutMs: 5, signal: new AbortController().signal });
    // @ts-expect-error: room is missing
    client.request("get_history", {});
    // @ts-expect-error: limit is a number
    client.request("get_history", { room: "a", limit: "3" });
    // @ts-expect-error: no such field
    client.request("get_history", { room: "a", page: 3 });
  });

  it("leaves subscriptions to subscribe and messages without replies to send", () => {
    // @ts-expect-error: managed by the client
    client.request("subscribe", { subscriptions: [] });
    // @ts-expect-error: nothing answers it
    client.request("say", { room: "a", text: "b" });
  });
});

describe("send", () => {
  it("takes the frames that a client sends", () => {
    expectTypeOf(client.send({ type: "say", room: "a", text: "b" }).status).toEqualTypeOf<
      "sent" | "queued" | "dropped"
    >();
    // @ts-expect-error: text is missing
    client.send({ type: "say", room: "a" });
    // @ts-expect-error: servers send this
    client.send({ type: "pong" });
    // @ts-expect-error: managed by the client
    client.send({ type: "subscribe", subscriptions: [] });
  });
});

describe("what becomes of a frame", () => {
  it("is narrowed by status", () => {
    const result = client.send({ type: "say", room: "a", text: "b" }, { queue: false });
    if (result.status === "dropped") expectTypeOf(result.cause).toEqualTypeOf<ClientError>();
    else expectTypeOf(result.delivery).resolves.toEqualTypeOf<Delivery>();
    // @ts-expect-error: a frame that was dropped has no delivery
    expectTypeOf(result.delivery).toBeAny();
    // @ts-expect-error: there is no other fate
    expectTypeOf<SendResult["status"]>().toEqualTypeOf<"sent" | "lost">();
    // @ts-expect-error: the option is a boolean
    client.send({ type: "say", room: "a", text: "b" }, { queue: "no" });
  });
});

describe("onGap", () => {
  it("names a topic of the contract", () => {
    client.onGap((gap) => {
      expectTypeOf(gap).toEqualTypeOf<Gap<"rooms" | "people">>();
      expectTypeOf(gap.from?.offset).toEqualTypeOf<number | undefined>();
      // @ts-expect-error: no such topic
      if (gap.topic === "nowhere") throw gap;
    });
  });
});

describe("the public generics", () => {
  it("name what the contract has, and refuse the rest", () => {
    expectTypeOf<TopicOf<ChatTypes>>().toEqualTypeOf<"rooms" | "people">();
    expectTypeOf<RequestType<ChatTypes>>().toEqualTypeOf<"ping" | "get_history">();
    expectTypeOf<FrameOf<ChatTypes, "history">>().toEqualTypeOf<History>();
    // @ts-expect-error: clients send this
    expectTypeOf<FrameOf<ChatTypes, "say">>().toBeNever();
    // @ts-expect-error: nothing answers it
    expectTypeOf<ReplyOf<ChatTypes, "say">>().toBeNever();
    // @ts-expect-error: subscriptions are managed by the client
    expectTypeOf<{ type: "subscribe"; subscriptions: [] }>().toExtend<Outgoing<ChatTypes>>();
    // @ts-expect-error: the bound is a number
    outbox({ maxFrames: "1000" });
  });

  it("are the same on a bare WebSocket", () => {
    const native = createNativeClient(chat, { url: "ws://chat.test", outbox: outbox() });
    expectTypeOf(native).toEqualTypeOf<Client<ChatTypes>>();
    expectTypeOf(connectionQuality(native).getSnapshot().level).toEqualTypeOf<
      "excellent" | "good" | "poor" | "offline"
    >();
    // @ts-expect-error: only a client has a quality
    connectionQuality({ state: native.state });
  });
});

describe("state", () => {
  it("narrows by status", () => {
    const state = client.state.getSnapshot();
    if (state.status === "waiting") expectTypeOf(state.untilMs).toBeNumber();
    if (state.status === "ready") expectTypeOf(state.contractVersion).toBeString();
    if (state.status === "suspended")
      expectTypeOf(state.reason).toEqualTypeOf<"hidden" | "frozen" | "offline" | "handover">();
    // @ts-expect-error: only a closed or waiting state has a cause
    expectTypeOf(state.cause).toBeAny();
  });
});

describe("a contract that is known at run time only", () => {
  interface Loose extends ContractTypes {
    readonly client: { readonly type: string };
    readonly server: { readonly type: string };
    readonly topics: Readonly<Record<string, { readonly type: string }>>;
  }
  it("lets any topic be subscribed to and any frame be read", () => {
    const make = (contract: Contract<Loose>): Client<Loose> => createClient(contract, { url: "ws://x.test" });
    expectTypeOf(make).returns.toHaveProperty("onFrame");
    expectTypeOf<Parameters<Client<Loose>["subscribe"]>[0]>().toEqualTypeOf<string>();
  });
});
