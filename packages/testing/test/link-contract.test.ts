import { createClient } from "@hivewire/client";
import { contract, type DashboardTypes } from "@hivewire/contract";
import { createConverters } from "@hivewire/contract/converters";
import { schema } from "@hivewire/contract/schema";
import { validators } from "@hivewire/contract/validators";
import type { Contract } from "@hivewire/protocol";
import { createSamples } from "@hivewire/testing";
import { type ContractLink, linkContract, type MockOptions } from "@hivewire/testing/msw";
import { setupServer } from "msw/node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPeer, type Peer } from "./support/peer.js";

const url = "ws://dashboard.test/ws";
const newest = { contract_versions: "1.1.0", subscriptions: "" };
const samples = createSamples({ contract, schema, validators });
const server = setupServer();

beforeEach(() => {
  // Node 20 has no WebSocket for msw to replace.
  vi.stubGlobal("WebSocket", globalThis.WebSocket ?? class {});
  server.listen({ onUnhandledRequest: "error" });
});
afterEach(() => {
  server.resetHandlers();
  server.close();
  vi.unstubAllGlobals();
});

function link(options: Partial<MockOptions<DashboardTypes>> = {}): ContractLink<DashboardTypes> {
  const made = linkContract(contract, url, { validators, schema, ...options });
  server.use(made.handler);
  return made;
}

async function greeted(query: Readonly<Record<string, string>> = newest): Promise<Peer> {
  const peer = openPeer(url, query);
  await peer.next();
  return peer;
}

describe("requests", () => {
  it("are answered by samples that tell of what was asked for", async () => {
    link();
    const client = createClient(contract, { url });
    await client.connect();
    const reply = await client.request("request_data", { data_type: "system_health" });
    expect(reply).toMatchObject({ type: "data_response", data_type: "system_health" });
    expect(validators.server(reply)).toMatchObject({ ok: true });
    client.close();
  });

  it("are answered by handlers, which know who asks", async () => {
    const request_data = vi.fn(({ data_type }: { data_type: string }) => ({
      type: "data_error" as const,
      data_type,
      error: "not today",
    }));
    const { clients } = link().handle({ request_data });
    const peer = await greeted();
    peer.send({ type: "request_data", data_type: "x", correlation_id: "c" });
    expect(await peer.next()).toMatchObject({ type: "data_error", error: "not today", correlation_id: "c" });
    const [{ connectionId, contractVersion } = { connectionId: "", contractVersion: "" }] = clients();
    expect(request_data).toHaveBeenCalledWith(expect.objectContaining({ data_type: "x" }), {
      connectionId,
      contractVersion,
    });
  });

  const failing = [
    {
      title: "throws",
      request_data: () => {
        throw new Error("secret");
      },
      want: { message: "secret" },
    },
    {
      title: "breaks the contract",
      request_data: () => ({ type: "data_error", data_type: "x" }) as never,
      want: { code: "invalid_frame", pointer: "/error" },
    },
  ];
  it.each(failing)("cost an internal error when a handler $title, and the test is told why", async (row) => {
    const onFault = vi.fn();
    link({ onFault }).handle({ request_data: row.request_data });
    const peer = await greeted();
    peer.send({ type: "request_data", data_type: "x", correlation_id: "c" });
    const { timestamp: _, ...error } = await peer.next();
    expect(error).toEqual({
      type: "error",
      message: "Internal error",
      code: "internal",
      correlation_id: "c",
    });
    expect(onFault).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(row.want));
  });
});

it("costs an internal error when nothing answers a request", async () => {
  const onFault = vi.fn();
  link({ schema: undefined, onFault });
  const peer = await greeted();
  peer.send({ type: "request_data", data_type: "x" });
  expect(await peer.next()).toMatchObject({ type: "error", code: "internal" });
  expect(onFault).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "invalid_option" }));
});

describe("publish", () => {
  it("reaches those who have the topic live, and says how many and where", async () => {
    const { publish, subscribed } = link();
    const peer = await greeted();
    const frame = samples.frame("agent_update");
    expect(publish("agents", frame)).toMatchObject({ reached: 0, position: { offset: 1 } });
    peer.send({ type: "subscribe", subscriptions: ["agents"] });
    await subscribed("agents");
    expect(publish("agents", frame)).toMatchObject({ reached: 1, position: { offset: 2 } });
    await peer.next();
    expect(await peer.next()).toMatchObject({ data: frame.data, position: { offset: 2 } });
  });

  const refused = [
    { title: "a topic that is not there", topic: "weather", frame: {}, want: { code: "unknown_topic" } },
    {
      title: "a frame that breaks the contract",
      topic: "agents",
      frame: { type: "agent_update", subscription: "agents", data: {} },
      want: { code: "invalid_frame", pointer: "/data/agents" },
    },
    { title: "what is no object", topic: "agents", frame: 5, want: { code: "invalid_frame" } },
    {
      title: "another topic's frame",
      topic: "agents",
      frame: samples.frame("task_update"),
      want: { code: "invalid_frame", pointer: "/subscription" },
    },
  ];
  it.each(refused)("refuses $title, and sends nothing", async ({ topic, frame, want }) => {
    const { publishUnknown } = link();
    const peer = await greeted({ ...newest, subscriptions: "agents" });
    expect(() => publishUnknown(topic, frame)).toThrow(expect.objectContaining(want));
    peer.send({ type: "ping" });
    expect(await peer.next()).toMatchObject({ type: "pong" });
  });

  it("converts for older clients", async () => {
    const { publish } = link({ converters: createConverters() });
    const peer = await greeted({ contract_versions: "1.0.0", subscriptions: "agents" });
    publish("agents", samples.frame("agent_update"));
    expect(await peer.next()).not.toHaveProperty("position");
  });
});

describe("resume", () => {
  async function missed(
    options: Partial<MockOptions<DashboardTypes>>,
    then?: (l: ContractLink<DashboardTypes>) => void,
  ) {
    const made = link(options);
    const { position } = made.publish("agents", samples.frame("agent_update"));
    for (let count = 0; count < 3; count++) made.publish("agents", samples.frame("agent_update"));
    then?.(made);
    const peer = await greeted();
    peer.send({ type: "subscribe", subscriptions: ["agents"], resume: { agents: position } });
    const { recovered } = await peer.next();
    return recovered;
  }

  const rows: readonly {
    readonly title: string;
    readonly options: Partial<MockOptions<DashboardTypes>>;
    readonly then?: (l: ContractLink<DashboardTypes>) => void;
    readonly want: object;
  }[] = [
    { title: "is complete within the history", options: {}, want: { complete: true, replayed: 3 } },
    { title: "is cut by the history", options: { historyFrames: 2 }, want: { complete: false, replayed: 2 } },
    {
      title: "is cut by the limit",
      options: { limits: { replayMessages: 1 } },
      want: { complete: false, replayed: 1 },
    },
    {
      title: "finds nothing without a history",
      options: { historyFrames: 0 },
      want: { complete: false, replayed: 0 },
    },
    {
      title: "finds nothing after forget",
      options: {},
      then: (l) => l.forget(),
      want: { complete: false, replayed: 0 },
    },
    {
      title: "finds nothing after a restart",
      options: {},
      then: (l) => l.restart(),
      want: { complete: false, replayed: 0 },
    },
  ];
  it.each(rows)("$title", async ({ options, then, want }) => {
    expect(await missed(options, then)).toEqual({ agents: want });
  });
});

describe("credentials", () => {
  const expiresAtMs = Date.UTC(2030, 0, 1);
  const authenticate = async (token: string | undefined) => token === "good" && { expiresAtMs };

  it("are looked at before the greeting, and what comes meanwhile waits", async () => {
    let decide = (_verdict: { expiresAtMs: number }): void => {};
    const asked = vi.fn(() => new Promise<{ expiresAtMs: number }>((resolve) => (decide = resolve)));
    link({ authenticate: asked });
    const peer = openPeer(url, { ...newest, access_token: "good" });
    peer.send({ type: "ping" });
    await peer.opened;
    await new Promise(setImmediate);
    decide({ expiresAtMs });
    expect(asked).toHaveBeenCalledExactlyOnceWith("good");
    expect(await peer.next()).toMatchObject({
      type: "connection_established",
      expires_at: "2030-01-01T00:00:00.000Z",
    });
    expect(await peer.next()).toMatchObject({ type: "pong" });
  });

  it.each(["bad", undefined])("close with 4401 when they are %s", async (token) => {
    link({ authenticate });
    const peer = openPeer(url, token === undefined ? newest : { ...newest, access_token: token });
    expect(await peer.next()).toMatchObject({ type: "error", code: "unauthorized" });
    expect(await peer.closed).toBe(4401);
  });

  it("are replaced in band, or cost the connection", async () => {
    link({ authenticate });
    const peer = await greeted({ ...newest, access_token: "good" });
    peer.send({ type: "authenticate", access_token: "good" });
    expect(await peer.next()).toMatchObject({
      type: "authenticated",
      expires_at: "2030-01-01T00:00:00.000Z",
    });
    peer.send({ type: "authenticate", access_token: "bad" });
    expect(await peer.next()).toMatchObject({ code: "unauthorized" });
    expect(await peer.closed).toBe(4401);
  });

  it("are refused when the decision throws, and the test is told why", async () => {
    const onFault = vi.fn();
    const fault = new Error("no");
    link({ authenticate: () => Promise.reject(fault), onFault });
    expect(await openPeer(url, newest).closed).toBe(4401);
    expect(onFault).toHaveBeenCalledExactlyOnceWith(fault);
  });

  it("withhold topics that they do not reach", async () => {
    link({ authorizeTopic: (topic) => topic !== "system" });
    const peer = openPeer(url, { ...newest, subscriptions: "system,tasks" });
    expect(await peer.next()).toMatchObject({ subscriptions: ["tasks"] });
    expect(await peer.next()).toMatchObject({ code: "forbidden", message: "Forbidden: system" });
  });
});

describe("ends", () => {
  it("come from the test, with any code, for all or one", async () => {
    const { clients, disconnect } = link();
    const peers = [await greeted(), await greeted()];
    const [first] = clients();
    expect(disconnect("overloaded", { connectionId: first?.connectionId })).toBe(1);
    expect(await peers[0]?.closed).toBe(1013);
    expect(disconnect(1006)).toBe(1);
    expect(await peers[1]?.closed).toBe(1006);
    expect([clients(), disconnect(1001)]).toEqual([[], 0]);
  });

  it("are told first when the server restarts", async () => {
    const { restart } = link();
    const peer = await greeted();
    restart(250);
    expect(await peer.next()).toMatchObject({
      type: "disconnect_notice",
      reason: "server_shutdown",
      code: 1012,
      reconnect_after_ms: 250,
    });
    expect(await peer.closed).toBe(1012);
  });

  it("follow too many invalid frames", async () => {
    link({ limits: { invalidMessagesBeforeClose: 3 } });
    const peer = await greeted();
    const frames = ["a", "b", { type: "ping" }, "c", "d", "e"];
    for (const frame of frames) peer.send(frame);
    const types: unknown[] = [];
    while (types.length < frames.length) types.push((await peer.next()).type);
    expect(types).toEqual(["error", "error", "pong", "error", "error", "error"]);
    expect(await peer.closed).toBe(4422);
  });

  it("of a client are noticed", async () => {
    const { clients } = link();
    const peer = await greeted();
    peer.close();
    await peer.closed;
    expect(clients()).toEqual([]);
  });

  it("bring the SDK back with what it subscribed to, at the topics the server knows", async () => {
    const { disconnect, subscribed, publish, clients } = link({ defaultTopics: ["system"] });
    const reconnect = { firstSpreadMs: 0, minDelayMs: 0, maxDelayMs: 0 };
    const client = createClient(contract, { url, reconnect });
    const arrived = vi.fn();
    client.subscribe("agents", arrived);
    await client.connect();
    await subscribed("agents");
    disconnect("restart");
    await subscribed("agents");
    expect(clients()).toMatchObject([{ contractVersion: "1.1.0", topics: ["agents"] }]);
    publish("agents", samples.frame("agent_update"));
    await vi.waitUntil(() => arrived.mock.calls.length > 0, { interval: 1 });
    expect(arrived).toHaveBeenCalledTimes(1);
    client.close();
  });

  it("of a query without topics leave the default ones", async () => {
    link({ defaultTopics: ["system"] });
    expect(await openPeer(url).next()).toMatchObject({ subscriptions: ["system"] });
  });
});

describe("linkContract", () => {
  const faults = [
    {
      title: "a contract with another discriminator",
      make: () => linkContract({ ...contract, discriminator: "op" }, url, { validators, schema }),
      want: { code: "unsupported_contract" },
    },
    {
      title: "a history that is no number of frames",
      make: () => link({ historyFrames: -1 }),
      want: { code: "invalid_option", message: expect.stringContaining("historyFrames: -1") },
    },
    {
      title: "a limit out of its range",
      make: () => link({ limits: { maxSubscriptions: 0 } }),
      want: { code: "invalid_limit" },
    },
  ];
  it.each(faults)("refuses $title", ({ make, want }) => {
    expect(make).toThrow(expect.objectContaining(want));
  });
});

it("speaks the protocol for a contract that describes none of its messages", async () => {
  interface News {
    readonly type: "news";
    readonly subscription: "papers";
    readonly text: string;
  }
  interface PaperTypes {
    readonly client: never;
    readonly server: News;
    readonly messages: { readonly news: News };
    readonly patterns: Readonly<Record<never, never>>;
    readonly topics: { readonly papers: News };
    readonly replies: Readonly<Record<never, never>>;
  }
  const papers: Contract<PaperTypes> = {
    name: "papers",
    version: "1.1.0",
    supportedVersions: ["1.1.0"],
    identity: "",
    discriminator: "type",
    topics: ["papers"],
    messages: { news: { name: "News", sender: "server", topic: "papers" } },
    patterns: [],
  };
  const isNews = (value: unknown): value is News => JSON.stringify(value).includes('"text"');
  const issue = { pointer: "", keyword: "", expected: "", received: "", message: "is no news" };
  const made = linkContract(papers, "ws://papers.test", {
    validators: {
      client: () => ({ ok: false, issue, issues: [issue] }),
      server: (value) => (isNews(value) ? { ok: true, value } : { ok: false, issue, issues: [issue] }),
    },
  });
  server.use(made.handler);
  const peer = openPeer("ws://papers.test", newest);
  peer.send({ type: "subscribe", subscriptions: ["papers"] });
  peer.send({ type: "ping" });
  peer.send({ type: "news" });
  await made.subscribed("papers");
  made.publish("papers", { type: "news", subscription: "papers", text: "x" });
  const types = new Set<unknown>();
  while (types.size < 5) types.add((await peer.next()).type);
  expect([...types].sort()).toEqual([
    "connection_established",
    "error",
    "news",
    "pong",
    "subscription_updated",
  ]);
});
