import { createServer, type Handlers, type Server } from "@hivewire/server";
import { describe, expectTypeOf, it } from "vitest";
import { type ChatTypes, chat, chatValidators, type Say } from "./support/chat.js";

declare const server: Server<ChatTypes>;
const text = "hi";

describe("the server's types", () => {
  it("let a frame of the topic be published, without what the server stamps", () => {
    server.publish("room", { type: "said", subscription: "room", data: { text } });
  });

  it("refuse a frame that breaks the contract", () => {
    // @ts-expect-error: text is missing
    server.publish("room", { type: "said", subscription: "room", data: {} });
  });

  it("refuse a topic that the contract lacks", () => {
    // @ts-expect-error: no such topic
    server.publish("nope", { type: "said", subscription: "room", data: { text } });
  });

  it("give a handler its message, and its answer the literal types of the contract", () => {
    expectTypeOf<Parameters<Handlers<ChatTypes, undefined>["say"]>[0]>().toEqualTypeOf<Say>();
    createServer({ contract: chat, validators: chatValidators }).handle({
      say: async (message) => {
        expectTypeOf(message.text).toEqualTypeOf<string>();
      },
      who: () => ({ type: "members", names: ["ann"] }),
    });
  });

  it("refuse an answer that breaks the contract", () => {
    createServer({ contract: chat, validators: chatValidators }).handle({
      say: () => undefined,
      // @ts-expect-error: names is no list
      who: () => ({ type: "members", names: "ann" }),
    });
  });

  it("give handlers and rules the identity that authenticate returns", () => {
    createServer({
      contract: chat,
      validators: chatValidators,
      authenticate: async (token) => (token === "t" ? { name: "ann" } : undefined),
      authorizeTopic: (identity, topic) => identity?.name === "ann" && topic === "room",
    }).handle({
      say: (_message, { identity }) => {
        expectTypeOf(identity).toEqualTypeOf<{ name: string } | undefined>();
        return undefined;
      },
      who: (_message, { identity }) => ({ type: "members", names: [identity?.name ?? "nobody"] }),
    });
  });

  it("ask for a handler of every message that clients send", () => {
    // @ts-expect-error: the handler of "who" is missing
    createServer({ contract: chat, validators: chatValidators }).handle({ say: () => undefined });
  });
});
