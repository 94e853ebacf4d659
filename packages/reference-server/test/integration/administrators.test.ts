import { Writable } from "node:stream";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPeer } from "../support/peer.js";

const adminToken = "administrators-only";
let server: ReferenceServer;
let log = "";

beforeAll(async () => {
  const logTo = new Writable({
    write: (chunk, _encoding, done) => {
      log += String(chunk);
      done();
    },
  });
  server = await startReferenceServer({ env: { PORT: "0", WS_ADMIN_TOKEN: adminToken }, logTo });
});
afterAll(() => server.close());

const ask = async (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/api/dashboard/websocket/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${adminToken}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

interface Page {
  readonly connections: readonly Readonly<Record<string, unknown>>[];
  readonly total: number;
  readonly next: string | null;
}

describe("PATCH …/limits", () => {
  it("changes what is named for live connections, answers what is in force, and says so in the log", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?contract_versions=1.1.0`);
    await peer.next("connection_established");
    const response = await ask("PATCH", "limits", {
      max_inbound_message_bytes: 1_024,
      idle_disconnect_seconds: 1.5,
    });
    expect(await response.json()).toMatchObject({
      max_inbound_message_bytes: 1_024,
      idle_disconnect_seconds: 1.5,
      rate_limit_burst_capacity: 40,
    });
    peer.send(JSON.stringify({ type: "ping", x: "x".repeat(1_024) }));
    expect(await peer.next("error")).toMatchObject({ code: "message_too_large" });
    peer.close();
    const line: unknown = JSON.parse(
      log.split("\n").find((text) => text.includes("limits were changed")) ?? "{}",
    );
    expect(line).toMatchObject({
      who: "administrators' token",
      changed: {
        max_inbound_message_bytes: { old: 65_536, new: 1_024 },
        idle_disconnect_seconds: { old: 600, new: 1.5 },
      },
    });
  });

  it("changes nothing when one value of many is wrong", async () => {
    const before = await (await ask("GET", "limits")).json();
    const response = await ask("PATCH", "limits", { max_nesting: 64, rate_limit_burst_capacity: 0 });
    expect(await response.json()).toMatchObject({ status: 400, pointer: "/rate_limit_burst_capacity" });
    expect(await (await ask("GET", "limits")).json()).toMatchObject({ max_nesting: 128 });
    expect(before).toMatchObject({ max_nesting: 128 });
  });

  it("refuses a name that it does not know", async () => {
    expect((await ask("PATCH", "limits", { ws_auth_required: false })).status).toBe(400);
  });
});

describe("GET …/connections", () => {
  it("shows every connection once, a page at a time", async () => {
    const peers = await Promise.all(
      Array.from({ length: 5 }, () =>
        openPeer(`${server.webSocketUrl}?contract_versions=1.1.0&subscriptions=tasks`),
      ),
    );
    const ids = await Promise.all(
      peers.map(async (peer) => (await peer.next("connection_established")).connection_id),
    );
    const seen: unknown[] = [];
    let after = "";
    do {
      const page: Page = await (await ask("GET", `connections?limit=2${after}`)).json();
      expect(page.connections.length).toBeLessThanOrEqual(2);
      expect(page.total).toBe(5);
      expect(page.connections[0]).toMatchObject({
        contract_version: "1.1.0",
        topics: ["tasks"],
        queue_bytes: 0,
      });
      seen.push(...page.connections.map((row) => row.connection_id));
      after = page.next === null ? "" : `&after=${page.next}`;
    } while (after !== "");
    expect(seen).toEqual([...ids].sort());
    for (const peer of peers) peer.close();
    await Promise.all(peers.map((peer) => peer.closed));
  });
});

describe("POST …/disconnect/:id", () => {
  it("ends the connection with the reason and 4409", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?contract_versions=1.1.0`);
    const { connection_id } = await peer.next("connection_established");
    const response = await ask("POST", `disconnect/${connection_id}?reason=maintenance`);
    expect(await response.json()).toMatchObject({ success: true, connection_id });
    expect(await peer.next("disconnect_notice")).toMatchObject({ reason: "maintenance" });
    expect((await peer.closed).code).toBe(4409);
    expect((await ask("POST", `disconnect/${connection_id}`)).status).toBe(404);
  });
});

describe("GET …/health", () => {
  it("tells the parts under their 1.0 names", async () => {
    expect(await (await ask("GET", "health")).json()).toMatchObject({
      websocket_manager: "healthy",
      background_tasks: { live_updates: "running" },
      connection_stats: { active_connections: expect.any(Number) },
      redis_connectivity: "not_configured",
      overall_health: "healthy",
    });
  });
});
