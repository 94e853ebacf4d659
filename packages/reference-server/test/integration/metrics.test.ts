import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPeer } from "../support/peer.js";

const token = "only-for-administrators";
let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer({
    env: {
      PORT: "0",
      LOG_LEVEL: "silent",
      WS_ADMIN_TOKEN: token,
      WS_AUTH_REQUIRED: "true",
      WS_AUTH_TOKEN: token,
    },
  });
});
afterAll(() => server.close());

const scrape = (headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${server.url}/api/dashboard/metrics/websockets`, { headers });

describe("GET …/metrics/websockets", () => {
  it("is open to a scraper without a token, and counts what happened", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?subscriptions=tasks&access_token=${token}`);
    const established = await peer.next("connection_established");
    const response = await scrape({
      accept: "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1",
    });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(text).toContain("\nhivewire_ws_connections_total 1\n");
    expect(text).toContain('\nhivewire_ws_subscriptions{topic="tasks"} 1\n');
    expect(text).not.toContain(token);
    expect(text).not.toContain(String(established.connection_id));
    peer.close();
    await peer.closed;
  });

  it("answers with JSON to who asks for it", async () => {
    const response = await scrape({ accept: "application/json" });
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(response.headers.get("vary")).toBe("Accept");
    expect(await response.json()).toMatchObject({
      metrics: { hivewire_ws_connections_total: 1, hivewire_ws_bus_up: 1 },
      histograms: { hivewire_ws_send_latency_seconds: { count: expect.any(Number) } },
      timestamp: expect.any(String),
    });
  });
});
