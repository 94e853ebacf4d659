import { type ClientOptions, outbox } from "@hivewire/client";
import { shareAcrossTabs, type TabEnvironment } from "@hivewire/client/tabs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chat } from "./support/chat.js";
import { TabBench } from "./support/tab-bench.js";
import { turns } from "./support/turns.js";

const position = (offset: number) => ({ epoch: "e", offset });
const message = (offset: number) => ({
  type: "room_message",
  subscription: "rooms",
  data: { room: "r", text: "t" },
  position: position(offset),
});
const offsets = (frames: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] =>
  frames.filter(({ type }) => type === "room_message").map((frame) => Object(frame.position).offset);

describe("who shares", () => {
  const base = { options: {}, sharing: {} };
  it.each([
    { what: "tabs that are alike", other: base, sockets: 1 },
    { what: "another scope", other: { ...base, sharing: { scope: "eve" } }, sockets: 2 },
    {
      what: "another contract",
      other: { ...base, contract: { ...chat, identity: "1".repeat(64) } },
      sockets: 2,
    },
    {
      what: "other versions",
      other: { ...base, contract: { ...chat, supportedVersions: ["2.1.0"] } },
      sockets: 2,
    },
    { what: "another URL", other: { ...base, options: { url: "ws://chat.test/other" } }, sockets: 2 },
    { what: "another query", other: { ...base, options: { url: "ws://chat.test/ws?room=2" } }, sockets: 2 },
    {
      what: "another token of the same scope",
      other: { options: { accessToken: "b" }, sharing: { scope: "ada" } },
      first: { options: { accessToken: "a" }, sharing: { scope: "ada" } },
      sockets: 1,
    },
  ])("$what: $sockets sockets", async ({ other, first = base, sockets }) => {
    const bench = new TabBench();
    await bench.open(first);
    await bench.open(other);
    expect(bench.sockets).toHaveLength(sockets);
  });

  it("credentials are renewed by the tab that leads, and cross no channel", async () => {
    const bench = new TabBench();
    const asked: string[] = [];
    const tab = (name: string) => ({
      options: {
        accessToken: () => {
          asked.push(name);
          return `s3cret of ${name}`;
        },
      },
      sharing: { scope: "ada" },
    });
    await bench.open(tab("leader"));
    const follower = await bench.open(tab("follower"));
    const at = (s: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, s)).toISOString();
    bench.sockets[0]?.greet({ timestamp: at(0), expires_at: at(600), heartbeat_ms: 3_600_000 });
    await turns();
    bench.environment.advance(570_000);
    await turns();
    expect(bench.sockets[0]?.got("authenticate")).toMatchObject([{ access_token: "s3cret of leader" }]);
    bench.sockets[0]?.say({ type: "authenticated", timestamp: at(570), expires_at: at(1_200) });
    await turns();
    asked.length = 0;
    bench.environment.advance(599_000);
    await turns();
    expect(asked).toEqual([]);
    bench.environment.advance(2_000);
    await turns();
    expect(asked.sort()).toEqual(["follower", "leader"]);
    expect(follower.client.state.getSnapshot().status).toBe("ready");
    expect(JSON.stringify(bench.browser.posted)).not.toContain("s3cret");
  });

  it("no credentials cross the channel", async () => {
    const bench = new TabBench();
    const secret = { options: { accessToken: "s3cret" }, sharing: { scope: "ada" } };
    await bench.open(secret);
    await bench.open(secret);
    expect(bench.browser.posted.length).toBeGreaterThan(0);
    expect(JSON.stringify([bench.browser.posted, bench.browser.held])).not.toContain("s3cret");
  });
});

describe("a tab that cannot share has a socket of its own", () => {
  // Newer releases of Node.js have locks as well.
  beforeEach(() => vi.stubGlobal("navigator", {}));
  afterEach(() => vi.unstubAllGlobals());
  const nothing = (): never => {
    throw new DOMException("no", "SecurityError");
  };
  it.each<{ what: string; tabs: (real: TabEnvironment) => TabEnvironment | undefined }>([
    { what: "the browser has neither locks nor channels", tabs: () => undefined },
    { what: "it may open no channel", tabs: ({ locks }) => ({ locks, openChannel: nothing }) },
    {
      what: "it may use no locks",
      tabs: ({ openChannel }) => ({ openChannel, locks: { request: () => Promise.reject(new Error("no")) } }),
    },
  ])("when $what", async ({ tabs }) => {
    const bench = new TabBench();
    const { client } = await bench.open({ sharing: { tabs: tabs(bench.browser.openTab()) } });
    expect(bench.sockets).toHaveLength(1);
    bench.sockets[0]?.greet();
    await turns();
    expect(client.state.getSnapshot().status).toBe("ready");
    client.close();
    expect(bench.sockets[0]?.closeCalls).toContain(1000);
  });

  it("when the leader hangs", async () => {
    const bench = new TabBench();
    const leader = await bench.open();
    leader.tab.isHanging = true;
    await bench.open();
    expect(bench.sockets).toHaveLength(1);
    bench.environment.advance(2_000);
    expect(bench.sockets).toHaveLength(2);
  });
});

describe("topics", () => {
  it("are the union on the server, and given back with the last tab that wants them", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    const stop = leader.client.subscribe("rooms", () => {});
    await turns();
    socket.grant({ positions: { rooms: position(0) } });
    follower.client.subscribe("rooms", () => {});
    follower.client.subscribe("people", () => {});
    await turns();
    socket.grant({ subscriptions: ["people", "rooms"], positions: { people: position(0) } });
    await turns();
    expect(socket.got("subscribe").map(({ subscriptions }) => subscriptions)).toEqual([
      ["rooms"],
      ["people"],
    ]);
    stop();
    await turns();
    expect(socket.got("unsubscribe")).toEqual([]);
    follower.tab.crash();
    await turns();
    expect(socket.got("unsubscribe").flatMap(({ subscriptions }) => subscriptions)).toEqual([
      "rooms",
      "people",
    ]);
  });

  it("of a tab that is behind are replayed by the server, and no other tab sees a frame twice", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    leader.client.subscribe("rooms", () => {});
    await turns();
    socket.grant({ positions: { rooms: position(0) } });
    for (const offset of [1, 2, 3]) socket.say(message(offset));
    const late = follower.client.subscribe("rooms", () => {});
    await turns();
    socket.say(message(4));
    await turns();
    expect(offsets(follower.frames)).toEqual([4]);
    // The follower loses its link, not its position.
    follower.client.close();
    late();
    expect(offsets(leader.frames)).toEqual([1, 2, 3, 4]);
    const third = await bench.open();
    third.client.send({
      type: "subscribe",
      subscriptions: ["rooms"],
      resume: { rooms: position(2) },
    } as never);
    await turns();
    expect(socket.got("subscribe").at(-1)).toMatchObject({
      subscriptions: ["rooms"],
      resume: { rooms: position(2) },
    });
    socket.grant({ recovered: { rooms: { complete: true, replayed: 2 } } });
    for (const offset of [3, 4, 5]) socket.say(message(offset));
    await turns();
    expect(offsets(third.frames)).toEqual([3, 4, 5]);
    expect(offsets(leader.frames)).toEqual([1, 2, 3, 4, 5]);
  });

  it("that the server refuses or does not answer do not hold up the next", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    leader.client.subscribe("rooms", () => {});
    await turns();
    const [first] = socket.got("subscribe");
    socket.say({
      type: "error",
      code: "too_many_subscriptions",
      message: "no",
      correlation_id: first?.correlation_id,
    });
    follower.client.subscribe("people", () => {});
    await turns();
    expect(socket.got("subscribe")).toHaveLength(2);
    expect(leader.frames.map(({ type }) => type)).toContain("error");
    leader.client.subscribe("people", () => {});
    await turns();
    expect(socket.got("subscribe")).toHaveLength(2);
    bench.environment.advance(5_000);
    expect(socket.got("subscribe")).toHaveLength(3);
  });
});

describe("frames of tabs", () => {
  it("with the same identifier are answered each to its own tab", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    const ids = ["same", "same"];
    for (const { client } of [leader, follower])
      client.send({ type: "get_history", room: "r", correlation_id: ids.pop() } as never);
    await turns();
    const [mine, theirs] = socket.got("get_history");
    expect(mine?.correlation_id).not.toBe(theirs?.correlation_id);
    socket.say({ type: "history", messages: ["theirs"], correlation_id: theirs?.correlation_id });
    socket.say({ type: "history", messages: ["mine"], correlation_id: mine?.correlation_id });
    socket.say({ type: "error", message: "to all" });
    await turns();
    expect(leader.frames.slice(1)).toEqual([
      { type: "history", messages: ["mine"], correlation_id: "same" },
      { type: "error", message: "to all" },
    ]);
    expect(follower.frames.slice(1)).toEqual([
      { type: "history", messages: ["theirs"], correlation_id: "same" },
      { type: "error", message: "to all" },
    ]);
  });

  it("are told when the tabs together send too much", async () => {
    const bench = new TabBench();
    const options = { outbox: outbox({ maxFrames: 20 }) };
    const leader = await bench.open({ options });
    const follower = await bench.open({ options });
    bench.sockets[0]?.greet();
    await turns();
    for (const { client } of [leader, follower])
      for (let n = 0; n < 15; n++) client.send({ type: "say", room: "r", text: String(n) });
    await turns();
    const told = follower.frames.filter(({ code }) => code === "rate_limited").length;
    expect(told).toBeGreaterThanOrEqual(10);
    expect(bench.sockets[0]?.got("say").length).toBeLessThanOrEqual(20);
    expect(leader.frames.filter(({ code }) => code === "rate_limited")).toEqual([]);
  });

  it("leave together no faster than one client's", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    for (const { client } of [leader, follower])
      for (let n = 0; n < 30; n++) client.send({ type: "say", room: "r", text: String(n) });
    await turns();
    expect(socket.got("say")).toHaveLength(30);
    bench.environment.advance(1_000);
    expect(socket.got("say")).toHaveLength(45);
  });

  it("are in doubt in every tab when the server drops frames of one", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    leader.client.request("get_history", { room: "r" }).catch(() => {});
    const sent = follower.client.send({ type: "say", room: "r", text: "t" });
    await turns();
    const { correlation_id } = socket.got("get_history")[0] ?? {};
    socket.say({ type: "error", code: "rate_limited", message: "Rate limit exceeded", correlation_id });
    expect(sent.status === "sent" && (await sent.delivery)).toMatchObject({ status: "maybe-delivered" });
  });

  it("that are too large to share end the connection of the tab, not in silence", async () => {
    const bench = new TabBench();
    const options = { outbox: outbox({ maxBytes: 2 ** 26 }) };
    await bench.open({ options });
    const follower = await bench.open({ options });
    bench.sockets[0]?.greet();
    await turns();
    follower.client.send({ type: "say", room: "r", text: "t".repeat(2 ** 24) });
    await turns();
    expect(follower.client.state.getSnapshot()).toMatchObject({
      status: "closed",
      cause: { closeCode: 1009 },
    });
    expect(bench.sockets[0]?.closeCalls).toEqual([]);
  });

  it("of the server that are too large to share end the connection of all", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    socket.say({ type: "history", messages: ["t".repeat(2 ** 24)] });
    await turns();
    for (const { client } of [leader, follower])
      expect(client.state.getSnapshot()).toMatchObject({ status: "closed", cause: { closeCode: 1009 } });
    expect(bench.browser.held).toEqual([]);
  });

  it("are in doubt when the leader is gone", async () => {
    const bench = new TabBench();
    const { leader, follower } = await bench.pair();
    const sent = follower.client.send({ type: "say", room: "r", text: "t" });
    const asked = follower.client.request("get_history", { room: "r" });
    await turns();
    leader.tab.crash();
    await expect(asked).rejects.toMatchObject({ code: "suspended" });
    expect(sent.status === "sent" && (await sent.delivery)).toMatchObject({ status: "maybe-delivered" });
  });
});

describe("the end of the shared connection", () => {
  it("is the same to all tabs, and so is the wait", async () => {
    const bench = new TabBench();
    const leader = await bench.open({
      options: { environment: { ...bench.environment, random: () => 0.1 } },
    });
    const follower = await bench.open({
      options: { environment: { ...bench.environment, random: () => 0.9 } },
    });
    bench.sockets[0]?.greet();
    await turns();
    bench.sockets[0]?.end(1012, "restart");
    await turns();
    const states = [leader, follower].map(({ client }) => client.state.getSnapshot());
    expect(states[0]).toMatchObject({ status: "waiting", attempt: 1 });
    expect(states[1]).toEqual(states[0]);
    expect(bench.browser.held).toEqual([]);
    bench.environment.advance(5_000);
    await turns();
    expect(bench.sockets).toHaveLength(2);
  });

  it("is final for all tabs when the server says so", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    socket.end(4403);
    await turns();
    for (const { client } of [leader, follower])
      expect(client.state.getSnapshot()).toMatchObject({
        status: "closed",
        cause: { code: "server-closed" },
      });
  });

  it("by a handover is followed by the next at once, without a wait", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    const seen: string[] = [];
    follower.client.state.subscribe(() => seen.push(follower.client.state.getSnapshot().status));
    leader.client.close();
    await turns();
    expect(socket.closeCalls).toEqual([1000]);
    expect(bench.sockets).toHaveLength(2);
    bench.sockets[1]?.greet();
    await turns();
    expect(seen).toEqual(["suspended", "connecting", "negotiating", "ready"]);
  });

  it("while the page is hidden waits until it is seen, and another tab leads", async () => {
    let blocked: "hidden" | undefined;
    let change = (_woke: boolean): void => {};
    const pageEvents: ClientOptions["pageEvents"] = {
      blocked: () => blocked,
      watch: (listener) => {
        change = listener;
        return () => {};
      },
    };
    const bench = new TabBench();
    const leader = await bench.open();
    const hidden = await bench.open({ options: { pageEvents } });
    const seen = await bench.open();
    bench.sockets[0]?.greet();
    await turns();
    blocked = "hidden";
    leader.tab.crash();
    await turns();
    expect(hidden.client.state.getSnapshot()).toEqual({ status: "suspended", reason: "hidden" });
    expect(bench.browser.leader).toBe(seen.tab);
    blocked = undefined;
    change(true);
    bench.sockets[1]?.greet();
    await turns();
    expect(hidden.client.state.getSnapshot().status).toBe("ready");
    expect(bench.sockets).toHaveLength(2);
  });
});

describe("close", () => {
  it("leaves no lock, channel, timer or socket", async () => {
    const bench = new TabBench();
    const { leader, follower, socket } = await bench.pair();
    for (const { client } of [leader, follower]) client.close();
    await turns();
    expect([bench.browser.held, bench.browser.openChannels, bench.environment.timers]).toEqual([[], 0, 0]);
    expect(socket.closeCalls).toEqual([1000]);
    expect(bench.sockets).toHaveLength(1);
  });
});

describe("options", () => {
  it.each([
    { options: { accessToken: "t" }, sharing: {}, name: "scope" },
    { options: { accessToken: () => "t" }, sharing: undefined, name: "scope" },
    { options: {}, sharing: { scope: 5 as never }, name: "scope" },
    { options: {}, sharing: { scope: "x".repeat(257) }, name: "scope" },
  ])("refuses $sharing with $options, naming $name", ({ options, sharing, name }) => {
    const share = (): unknown => shareAcrossTabs(chat, { url: "ws://chat.test", ...options }, sharing);
    expect(share).toThrow(
      expect.objectContaining({ code: "invalid-option", message: expect.stringContaining(name) }),
    );
  });

  it("touches nothing: no lock, no channel, no socket", () => {
    const touch = vi.fn();
    const tabs = { locks: { request: touch }, openChannel: touch };
    shareAcrossTabs(chat, { url: "ws://chat.test", WebSocket: touch }, { tabs });
    expect(touch).not.toHaveBeenCalled();
  });
});
