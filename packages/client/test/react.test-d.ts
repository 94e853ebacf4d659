import type { Client, ClientError, ConnectionState, Gap, ReplyOf, RequestFields } from "@hivewire/client";
import { createClient } from "@hivewire/client";
import {
  ClientProvider,
  useClient,
  useConnection,
  useContextClient,
  useGap,
  useRequest,
  useTopic,
} from "@hivewire/client/react";
import { createElement } from "react";
import { describe, expectTypeOf, it } from "vitest";
import {
  type ChatTypes,
  type CustomUpdate,
  chat,
  type History,
  type NoHistory,
  type RoomMessage,
} from "./support/chat.js";

const create = (): Client<ChatTypes> => createClient(chat, { url: "ws://chat.test" });
const client = create();

describe("useTopic", () => {
  it("gives the frames of the topic, or nothing yet", () => {
    expectTypeOf(useTopic(client, "rooms")).toEqualTypeOf<RoomMessage | CustomUpdate | undefined>();
    // @ts-expect-error: no such topic
    useTopic(client, "nowhere");
    // @ts-expect-error: there is no frame before the first
    useTopic(client, "rooms").type;
  });

  it("folds them into the state that it begins with", () => {
    const count = useTopic(client, "rooms", (n, frame) => (frame.type === "room_message" ? n + 1 : n), 0);
    expectTypeOf(count).toEqualTypeOf<number>();
    // @ts-expect-error: no such field
    useTopic(client, "rooms", (n, frame) => n + frame.size, 0);
    // @ts-expect-error: the state is a number
    useTopic(client, "rooms", () => "one", 0);
    // @ts-expect-error: a fold begins with something
    useTopic(client, "rooms", (n: number) => n);
  });
});

describe("useRequest", () => {
  it("takes the fields of the request and gives its replies", () => {
    const reply = useRequest(client, "get_history", { room: "r" });
    expectTypeOf(reply.data).toEqualTypeOf<History | NoHistory | undefined>();
    expectTypeOf(reply.error).toEqualTypeOf<ClientError | undefined>();
    if (reply.status === "done") expectTypeOf(reply.data).toEqualTypeOf<ReplyOf<ChatTypes, "get_history">>();
    if (reply.status === "failed") expectTypeOf(reply.error).toEqualTypeOf<ClientError>();
    expectTypeOf<Parameters<typeof useRequest<ChatTypes, "get_history">>[2]>().toEqualTypeOf<
      RequestFields<ChatTypes, "get_history">
    >();
  });

  it("refuses what the contract does not have", () => {
    // @ts-expect-error: room is missing
    useRequest(client, "get_history", {});
    // @ts-expect-error: no such field
    useRequest(client, "get_history", { room: "r", size: 1 });
    // @ts-expect-error: it has no replies
    useRequest(client, "say", { room: "r", text: "t" });
    // @ts-expect-error: no such option
    useRequest(client, "get_history", { room: "r" }, { queue: true });
    // @ts-expect-error: a reply may still be awaited
    useRequest(client, "get_history", { room: "r" }).data.type;
  });
});

describe("useConnection", () => {
  it("gives the state and the seconds that are left", () => {
    const { state, retryInSeconds } = useConnection(client);
    expectTypeOf(state).toEqualTypeOf<ConnectionState>();
    expectTypeOf(retryInSeconds).toEqualTypeOf<number | undefined>();
    // @ts-expect-error: a client, not its state
    useConnection(client.state);
  });
});

describe("useGap", () => {
  it("tells of a topic of the contract", () => {
    useGap(client, "people", (gap) => expectTypeOf(gap).toEqualTypeOf<Gap<"rooms" | "people">>());
    // @ts-expect-error: no such topic
    useGap(client, "nowhere", () => {});
  });
});

describe("a client of a component or of a tree", () => {
  it("keeps the types of its contract", () => {
    expectTypeOf(useClient(create)).toEqualTypeOf<Client<ChatTypes>>();
    expectTypeOf(useContextClient(chat)).toEqualTypeOf<Client<ChatTypes>>();
    // @ts-expect-error: a function that makes a client
    useClient(client);
    // @ts-expect-error: a contract, not its name
    useContextClient("chat");
  });

  it("goes with its contract", () => {
    createElement(ClientProvider<ChatTypes>, { contract: chat, create });
    // @ts-expect-error: create is missing
    createElement(ClientProvider<ChatTypes>, { contract: chat });
  });
});
