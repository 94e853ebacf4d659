import { limitTable } from "@hivewire/protocol";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPeer } from "../support/peer.js";

const adminToken = "administrators-only";
let server: ReferenceServer;
let guarded: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  guarded = await startReferenceServer({
    env: { PORT: "0", LOG_LEVEL: "silent", WS_ADMIN_TOKEN: adminToken },
  });
});
afterAll(() => Promise.all([server.close(), guarded.close()]));

const base = (from = server): string => `${from.url}/api/dashboard/websocket`;

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return response.json();
}

describe("GET", () => {
  it("/health tells status, contract and components", async () => {
    expect(await getJson(`${server.url}/health`)).toMatchObject({
      status: "healthy",
      contract_version: "1.1.0",
      components: { bus: { status: "healthy" } },
    });
  });

  it("…/limits tells every limit that is enforced", async () => {
    const limits = Object.values(limitTable).map(({ field, default: value }) => [
      field,
      field.endsWith("_seconds") ? value / 1_000 : value,
    ]);
    expect(await getJson(`${base()}/limits`)).toEqual({
      ...Object.fromEntries(limits),
      ws_auth_required: false,
      ws_allowed_origins_configured: false,
      contract_version: "1.1.0",
      supported_versions: ["1.1.0", "1.0.0"],
      timestamp: expect.any(String),
    });
  });

  it("…/contract tells versions and close codes", async () => {
    expect(await getJson(`${base()}/contract`)).toMatchObject({
      current_version: "1.1.0",
      supported_versions: ["1.1.0", "1.0.0"],
      deprecation_policy: expect.any(String),
      timestamp: expect.any(String),
      close_codes: expect.arrayContaining([
        { code: 4406, name: "version_mismatch", meaning: "no common contract version", reconnect: "never" },
      ]),
    });
  });

  it("…/contract/schema serves the schema with an ETag, and 304 to who has it", async () => {
    const response = await fetch(`${base()}/contract/schema`);
    expect(await response.json()).toMatchObject({ "x-contract": { version: "1.1.0" } });
    const etag = response.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    expect((await fetch(`${base()}/contract/schema`, { headers: { "if-none-match": etag } })).status).toBe(
      304,
    );
    expect(
      (await fetch(`${base()}/contract/schema`, { headers: { "if-none-match": '"other"' } })).status,
    ).toBe(200);
  });

  it("…/stats counts connections and subscriptions", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?subscriptions=tasks`);
    await peer.next("connection_established");
    expect(await getJson(`${base()}/stats`)).toMatchObject({
      websocket_stats: {
        total_connections: 1,
        active_connections: 1,
        subscription_counts: { tasks: 1, agents: 0 },
      },
      endpoints: expect.arrayContaining(["/api/dashboard/ws/dashboard"]),
      subscription_types: ["agents", "coordination", "tasks", "system", "alerts", "project_index"],
    });
    peer.close();
    await peer.closed;
  });

  it("an unknown path answers with problem details", async () => {
    const response = await fetch(`${server.url}/nope?access_token=secret`);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Not Found",
      status: 404,
      detail: "Nothing is at this path.",
    });
  });
});

describe("POST …/broadcast", () => {
  const post = (query: string, body: unknown, headers: Record<string, string> = {}, from = server) =>
    fetch(`${base(from)}/broadcast?${query}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  it("reaches the subscribers of the topic", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?subscriptions=tasks`);
    await peer.next("connection_established");
    const response = await post("subscription=tasks&message_type=task_update", {
      tasks: [{ id: "t", status: "done" }],
    });
    expect(await response.json()).toEqual({
      success: true,
      subscription: "tasks",
      message_type: "task_update",
      clients_reached: 1,
    });
    expect(await peer.next("task_update")).toMatchObject({
      subscription: "tasks",
      data: { tasks: [{ id: "t", status: "done" }] },
    });
    peer.close();
  });

  it("takes a type that only a pattern knows", async () => {
    const response = await post("subscription=agents&message_type=fleet_update", { region: "eu" });
    expect(await response.json()).toMatchObject({ success: true, message_type: "fleet_update" });
  });

  const refused: readonly [title: string, query: string, body: unknown, want: object][] = [
    [
      "data that breaks the contract",
      "subscription=tasks&message_type=task_update",
      { tasks: [{ id: "t", status: "lost" }] },
      { status: 400, pointer: "/tasks/0/status" },
    ],
    [
      "a topic that does not exist",
      "subscription=weather&message_type=task_update",
      { tasks: [] },
      { status: 400 },
    ],
    [
      "a type that does not exist",
      "subscription=tasks&message_type=weather",
      {},
      { status: 400, pointer: "/type" },
    ],
    [
      "a frame of another topic",
      "subscription=agents&message_type=task_update",
      { tasks: [] },
      { status: 400 },
    ],
    ["a frame that belongs to no topic", "subscription=tasks&message_type=pong", {}, { status: 400 }],
    ["a query without a type", "subscription=tasks", {}, { status: 400 }],
    ["a body that is no object", "subscription=tasks&message_type=task_update", [], { status: 400 }],
    ["a body that is no JSON", "subscription=tasks&message_type=task_update", "{", { status: 400 }],
    [
      "a body over 64 KiB",
      "subscription=tasks&message_type=task_update",
      { x: "x".repeat(65_536) },
      { status: 413 },
    ],
  ];
  it.each(refused)("refuses %s", async (_title, query, body, want) => {
    const response = await post(query, body);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject(want);
  });

  it("takes nobody behind a proxy for an administrator", async () => {
    const response = await post(
      "subscription=tasks&message_type=task_update",
      { tasks: [] },
      { "x-forwarded-for": "10.0.0.1" },
    );
    expect(response.status).toBe(403);
  });

  it("lets only administrators through", async () => {
    const query = "subscription=tasks&message_type=task_update";
    expect((await post(query, { tasks: [] }, {}, guarded)).status).toBe(401);
    expect((await post(query, { tasks: [] }, { authorization: "Bearer wrong" }, guarded)).status).toBe(401);
    expect(
      (await post(query, { tasks: [] }, { authorization: `Bearer ${adminToken}` }, guarded)).status,
    ).toBe(200);
  });
});
