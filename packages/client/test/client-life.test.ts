import { type ClientError, type ClientOptions, createClient, type Gap } from "@hivewire/client";
import { contract } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";
import { describe, expect, it, vi } from "vitest";
import { chat } from "./support/chat.js";
import { settled } from "./support/fake-environment.js";
import { FakePage } from "./support/fake-page.js";
import { createBench } from "./support/fake-transport.js";

describe("a wrong option", () => {
  const rows: readonly [name: string, options: object, sentence: string][] = [
    ["url", { url: undefined }, "a value of type undefined is out of range. Please pass string or function"],
    ["accessToken", { accessToken: 7 }, "a value of type number is out of range"],
    ["WebSocket", { WebSocket: {} }, "a value of type object is out of range"],
    ["outbox", { outbox: { maxFrames: 1 } }, "a value of type object is out of range"],
    ["validate", { validate: () => true }, "a value of type function is out of range"],
    ["onVersionMismatch", { onVersionMismatch: "reload" }, "a value of type string is out of range"],
    ["requestTimeoutMs", { requestTimeoutMs: "10" }, "10 is out of range. Please pass 1 to 2147483647"],
    ["connectTimeoutMs", { connectTimeoutMs: 0 }, "0 is out of range. Please pass 1 to 2147483647"],
    ["pongTimeoutMs", { pongTimeoutMs: Infinity }, "Infinity is out of range. Please pass 1 to 2147483647"],
    ["refreshMarginMs", { refreshMarginMs: -1 }, "-1 is out of range. Please pass 1 to 2147483647"],
    ["reconnect.firstSpreadMs", { reconnect: { firstSpreadMs: -1 } }, "-1 is out of range. Please pass 0 to"],
  ];
  it.each(rows)("%s is named with its value and what is allowed", (name, options, sentence) => {
    const make = (): unknown => createClient(chat, { url: "ws://chat.test", ...options } as ClientOptions);
    expect(make).toThrow(`[invalid-option] Failed to set ${name}: ${sentence}`);
  });

  it("shows no credentials", () => {
    const accessToken = ["secret"] as unknown as string;
    expect(() => createClient(chat, { url: "ws://chat.test", accessToken })).not.toThrow("secret");
  });
});

describe("a client on a page", () => {
  it("is suspended with the page and comes back at once with it", async () => {
    const page = new FakePage();
    const { client, transport, environment, ready } = createBench({ pageEvents: page });
    await ready();
    page.become("frozen");
    expect(client.state.getSnapshot()).toEqual({ status: "suspended", reason: "frozen" });
    expect(transport.hangUps).toBe(1);
    expect(environment.timers).toBe(0);
    expect(client.send({ type: "say", room: "a", text: "later" })).toMatchObject({ status: "queued" });
    page.become(undefined);
    await settled();
    expect(transport.dialled).toHaveLength(2);
    transport.greet();
    expect(transport.sent).toEqual([{ type: "say", room: "a", text: "later" }]);
  });

  it("does not dial while it is hidden, and keeps a connection that it has", async () => {
    const page = new FakePage();
    page.reason = "hidden";
    const { client, transport } = createBench({ pageEvents: page });
    void client.connect();
    await settled();
    expect(client.state.getSnapshot()).toEqual({ status: "suspended", reason: "hidden" });
    expect(transport.dialled).toEqual([]);
    page.become(undefined);
    await settled();
    transport.greet();
    page.become("hidden");
    expect(client.state.getSnapshot().status).toBe("ready");
  });

  it("finds a half-open connection within 2 s of waking", async () => {
    const page = new FakePage();
    const { client, transport, environment, ready } = createBench({ pageEvents: page });
    await ready();
    page.become("hidden");
    page.become(undefined);
    transport.receive({ type: "room_message", data: {} });
    environment.advance(1_999);
    expect(client.state.getSnapshot()).toMatchObject({ status: "waiting", cause: { code: "no-pong" } });
    expect(transport.hangUps).toBe(1);
  });

  it("keeps a connection that answers after waking", async () => {
    const page = new FakePage();
    const { client, transport, environment, ready } = createBench({ pageEvents: page });
    await ready();
    page.become(undefined);
    transport.receive({ type: "pong", correlation_id: transport.sent.at(-1)?.correlation_id });
    environment.advance(5_000);
    expect(client.state.getSnapshot().status).toBe("ready");
  });

  it("stays closed whatever the page does, and listens to it no longer", async () => {
    const page = new FakePage();
    const { client, transport, ready } = createBench({ pageEvents: page });
    expect(page.listeners).toBe(0);
    await ready();
    page.become("frozen");
    client.close();
    page.become(undefined);
    client.reconnectNow();
    await settled();
    expect(client.state.getSnapshot()).toMatchObject({ status: "closed", cause: { code: "closed" } });
    expect(transport.dialled).toHaveLength(1);
    expect(page.listeners).toBe(0);
  });

  it("rejects what was written when the page goes, and says why", async () => {
    const page = new FakePage();
    const { client, ready } = createBench({ pageEvents: page });
    await ready();
    const reply = client.request("ping", {});
    page.become("offline");
    await expect(reply).rejects.toMatchObject({ code: "suspended" });
  });
});

describe("reconnectNow", () => {
  it("ends the wait", async () => {
    const { client, transport, ready } = createBench();
    await ready();
    transport.lose(1006);
    client.reconnectNow();
    await settled();
    expect(client.state.getSnapshot()).toEqual({ status: "connecting", attempt: 1 });
    expect(transport.dialled).toHaveLength(2);
  });
});

describe("resume", () => {
  const position = (offset: number) => ({ epoch: "e", offset });
  const room = (offset: number) => ({
    type: "room_message",
    subscription: "rooms",
    data: { room: "a", text: String(offset) },
    position: position(offset),
  });

  it("goes on after the last frame, without doubles, and tells of what is missing once", async () => {
    const { client, transport, environment, ready } = createBench();
    const heard: string[] = [];
    client.subscribe("rooms", (frame) => {
      if (frame.type === "room_message") heard.push(frame.data.text);
    });
    client.onGap((gap: Gap<"rooms" | "people">) => heard.push(`gap ${gap.from?.offset}-${gap.to?.offset}`));
    await ready({ subscriptions: ["rooms"], positions: { rooms: position(3) } });
    transport.receive(room(4));
    for (const recovered of [
      { complete: true, replayed: 2 },
      { complete: false, replayed: 1 },
    ]) {
      transport.lose(1006);
      environment.advance(environment.nextMs ?? 0);
      await settled();
      expect(transport.dialled.at(-1)?.searchParams.get("subscriptions")).toBe("");
      transport.greet({ subscriptions: [] });
      const resume = { rooms: position(recovered.complete ? 4 : 6) };
      expect(transport.sent.at(-1)).toEqual({ type: "subscribe", subscriptions: ["rooms"], resume });
      transport.receive({
        type: "subscription_updated",
        subscriptions: ["rooms"],
        recovered: { rooms: recovered },
      });
      for (const offset of recovered.complete ? [4, 5, 6] : [9]) transport.receive(room(offset));
    }
    expect(heard).toEqual(["4", "5", "6", "gap 6-9", "9"]);
  });
});

describe("a version mismatch", () => {
  it("calls its hook once, with the versions of the server, when the client is closed", async () => {
    const statuses: string[] = [];
    const errors: ClientError[] = [];
    const { client, transport } = createBench({
      onVersionMismatch: (error) => {
        errors.push(error);
        statuses.push(client.state.getSnapshot().status);
      },
    });
    void client.connect();
    await settled();
    transport.open();
    transport.receive({
      type: "error",
      message: "Unsupported contract version",
      supported_versions: ["9.0.0"],
    });
    transport.lose(4406);
    expect(statuses).toEqual(["closed"]);
    expect(errors).toMatchObject([
      { code: "version-mismatch", closeCode: 4406, server: { supported_versions: ["9.0.0"] } },
    ]);
  });

  it("survives a hook that throws", async () => {
    const { client, transport } = createBench({
      onVersionMismatch: () => {
        throw new Error("no service worker");
      },
    });
    const fault = vi.fn();
    client.onFault(fault);
    void client.connect();
    await settled();
    transport.open();
    transport.lose(4406);
    expect(fault).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "handler-failed" }));
    expect(client.state.getSnapshot().status).toBe("closed");
  });
});

describe("inbound safety", () => {
  it("keeps frames that break the contract from handlers, and says where they do", async () => {
    const { client, transport, ready } = createBench({
      validate: {
        server: (value) =>
          JSON.stringify(value).includes("bad")
            ? {
                ok: false,
                issue: {
                  pointer: "/data/text",
                  keyword: "type",
                  expected: "string",
                  received: "number",
                  message: "must be string",
                  hint: "send a text",
                },
                issues: [],
              }
            : { ok: true, value },
      },
    });
    const [fault, handler] = [vi.fn(), vi.fn()];
    client.onFault(fault);
    client.subscribe("rooms", handler);
    await ready();
    transport.receive({ type: "room_message", subscription: "rooms", data: { text: "bad" } });
    transport.receive({ type: "room_message", subscription: "rooms", data: { text: "fine" } });
    expect(handler).toHaveBeenCalledTimes(1);
    expect(fault).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        code: "refused-frame",
        issue: expect.objectContaining({ pointer: "/data/text", hint: "send a text" }),
      }),
    );
  });

  it("takes the generated validators", () => {
    const client = createClient(contract, { url: "ws://dashboard.test", validate: validators });
    expect(client.state.getSnapshot().status).toBe("idle");
  });

  const broken: readonly (readonly [title: string, frame: object])[] = [
    ["a list of topics that is none", { type: "subscription_updated", subscriptions: 7 }],
    ["positions that are none", { type: "subscription_updated", subscriptions: ["rooms"], positions: null }],
    ["a position that is none", { type: "room_message", subscription: "rooms", position: { offset: "x" } }],
    ["a topic that is none", { type: "room_message", subscription: { nested: true } }],
    ["an expiry that is none", { type: "authenticated", expires_at: {}, timestamp: [] }],
    ["a hint that is none", { type: "disconnect_notice", reconnect_after_ms: "soon" }],
    ["an error without words", { type: "error", message: null, code: 7, retry_after_ms: {} }],
  ];
  it.each(broken)("stays ready through %s", async (_title, frame) => {
    const { client, transport, ready } = createBench({ accessToken: () => "t" });
    client.onFault(() => {});
    client.subscribe("rooms", () => {});
    await ready({ subscriptions: ["rooms"] });
    transport.receive(frame);
    expect(client.state.getSnapshot().status).toBe("ready");
    const reply = client.request("ping", {});
    transport.receive({ type: "pong", correlation_id: transport.sent.at(-1)?.correlation_id });
    expect(await reply).toMatchObject({ type: "pong" });
  });
});

describe("without a page and without a WebSocket", () => {
  it("a client is made, watched and thrown away, and leaves no handle", () => {
    const before = process.getActiveResourcesInfo();
    const client = createClient(chat, { url: "/ws" });
    client.subscribe("rooms", () => {});
    client.state.subscribe(() => {});
    expect(client.state.getSnapshot()).toEqual({ status: "idle" });
    expect(process.getActiveResourcesInfo()).toEqual(before);
  });
});
