import type { createClient } from "@hivewire/client";
import { contract } from "@hivewire/contract";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { clients as makers } from "../support/transports.js";

let make: typeof createClient;
const servers: ReferenceServer[] = [];
const clients: { close(): void }[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(port = "0"): Promise<ReferenceServer> {
  const server = await startReferenceServer({ env: { PORT: port, LOG_LEVEL: "silent" } });
  servers.push(server);
  return server;
}

const soon = { firstSpreadMs: 1, minDelayMs: 10, maxDelayMs: 50 };

function connect(url: string, speaks = contract) {
  const client = make(speaks, { url, WebSocket, reconnect: soon, environment: { random: () => 0 } });
  clients.push(client);
  return client;
}

describe.each(makers)("the SDK on %s and the reference server", (_name, maker) => {
  beforeEach(() => {
    make = maker;
  });

  it("negotiate the newest version, and an older client gets its own", async () => {
    const server = await serve();
    const current = connect(server.webSocketUrl);
    const old = connect(server.webSocketUrl, { ...contract, version: "1.0.0", supportedVersions: ["1.0.0"] });
    await Promise.all([current.connect(), old.connect()]);
    expect([current.contractVersion, old.contractVersion]).toEqual(["1.1.0", "1.0.0"]);
  });

  it("get along when only a patch number lies between them, either way", async () => {
    const server = await serve();
    const [major, minor] = contract.version.split(".");
    const other = `${major}.${minor}.9`;
    const client = connect(server.webSocketUrl, { ...contract, version: other, supportedVersions: [other] });
    await client.connect();
    expect(client.contractVersion).toBe(other);
  });

  it("stop with version-mismatch when they have no version in common", async () => {
    const server = await serve();
    const client = connect(server.webSocketUrl, { ...contract, supportedVersions: ["9.0.0"] });
    await expect(client.connect()).rejects.toMatchObject({ code: "version-mismatch", closeCode: 4406 });
  });

  it("deliver the frames of a topic, and of no other", async () => {
    const server = await serve();
    const client = connect(server.webSocketUrl);
    const types = new Set<string>();
    client.onFrame((frame) => types.add(frame.type));
    const update = new Promise<number>((resolve) => {
      client.subscribe("system", (frame) => {
        if (frame.type === "system_update") resolve(frame.data.cpu?.cores ?? 0);
      });
    });
    await client.connect();
    expect(await update).toBeGreaterThan(0);
    expect(types).not.toContain("coordination_update");
  });

  it("answer requests, and refuse them with code and pointer", async () => {
    const server = await serve();
    const client = connect(server.webSocketUrl);
    await client.connect();
    const health = await client.request("request_data", { data_type: "system_health" });
    expect(health).toMatchObject({ type: "data_response", data: { overall_status: "healthy" } });
    const unknown = await client.request("request_data", { data_type: "weather" });
    expect(unknown).toMatchObject({ type: "data_error", error: "Unknown data type: weather" });
    const tooLong = client.request("request_data", { data_type: "x".repeat(129) });
    await expect(tooLong).rejects.toMatchObject({
      code: "request-refused",
      server: { code: "invalid_message", pointer: "/data_type" },
    });
    expect(await client.request("ping", {})).toMatchObject({ type: "pong" });
  });

  it("find each other again after a restart, with the subscriptions of before", async () => {
    const first = await serve();
    const client = connect(first.webSocketUrl);
    const arrived: string[] = [];
    const gaps: string[] = [];
    let wake = (): void => {};
    client.onGap(({ topic }) => gaps.push(topic));
    client.onFrame((frame) => {
      if (frame.type !== "connection_established" && frame.type !== "subscription_updated") return;
      arrived.push(`${frame.type} ${frame.subscriptions.join()}`);
      wake();
    });
    client.subscribe("tasks", () => {});
    await client.connect();
    await first.close();
    await serve(new URL(first.url).port);
    await new Promise<void>((resolve) => {
      wake = () => arrived.length >= 3 && resolve();
      wake();
    });
    expect(arrived).toEqual([
      "connection_established tasks",
      "connection_established ",
      "subscription_updated tasks",
    ]);
    // The server keeps its history in memory, so that a new process has none of it.
    expect(gaps).toEqual(["tasks"]);
  });
});
