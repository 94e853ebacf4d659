import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { openPeer } from "../support/peer.js";
import { hs256, inSeconds, keys } from "../support/tokens.js";

const started: ReferenceServer[] = [];
async function start(env: Record<string, string>): Promise<ReferenceServer> {
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent", ...env } });
  started.push(server);
  return server;
}
afterEach(() => Promise.all(started.splice(0).map((server) => server.close())));

interface Connections {
  readonly connections: readonly { readonly remote_address: string | null }[];
}

async function addressesOf(server: ReferenceServer): Promise<readonly (string | null)[]> {
  const response = await fetch(`${server.url}/api/dashboard/websocket/connections`);
  const { connections }: Connections = await response.json();
  return connections.map(({ remote_address }) => remote_address);
}

describe("what is configured is in force", () => {
  it.each([
    ["false", "127.0.0.1"],
    ["true", "198.51.100.7"],
  ])("WS_TRUST_PROXY=%s takes a client to come from %s", async (value, want) => {
    const server = await start({ WS_TRUST_PROXY: value });
    const peer = await openPeer(server.webSocketUrl, { "x-forwarded-for": "203.0.113.9, 198.51.100.7" });
    await peer.next("connection_established");
    expect(await addressesOf(server)).toEqual([want]);
    peer.close();
  });

  it.each([
    ["false", ""],
    ["true", "permessage-deflate"],
  ])("WS_COMPRESSION_ENABLED=%s negotiates %j", async (value, want) => {
    const server = await start({ WS_COMPRESSION_ENABLED: value });
    const ws = new WebSocket(server.webSocketUrl);
    await new Promise((resolve) => ws.once("open", resolve));
    expect(ws.extensions).toContain(want);
    expect(ws.extensions === "").toBe(want === "");
    ws.close();
  });

  it("WS_MAX_CONNECTIONS_PER_ADDRESS bounds the connections of an address", async () => {
    const server = await start({ WS_MAX_CONNECTIONS_PER_ADDRESS: "1" });
    const peer = await openPeer(server.webSocketUrl);
    await peer.next("connection_established");
    await expect(openPeer(server.webSocketUrl)).rejects.toThrow("HTTP 429");
    peer.close();
  });

  it("WS_MAX_CONNECTIONS_PER_CREDENTIAL bounds those with one shared token", async () => {
    const token = { WS_AUTH_REQUIRED: "true", WS_AUTH_TOKEN: "correct-horse-battery" };
    const server = await start({ ...token, WS_MAX_CONNECTIONS_PER_CREDENTIAL: "1" });
    const url = `${server.webSocketUrl}?access_token=${token.WS_AUTH_TOKEN}`;
    const peer = await openPeer(url);
    await peer.next("connection_established");
    const second = await openPeer(url);
    expect((await second.closed).code).toBe(4429);
    peer.close();
  });

  it("tokens that end take their connections with them", async () => {
    const server = await start({
      WS_AUTH_MODE: "jwt",
      WS_JWT_SECRET: keys.secret,
      WS_JWT_CLOCK_SKEW_SECONDS: "0",
    });
    const given = hs256({ sub: "ada", exp: inSeconds(2) });
    const peer = await openPeer(`${server.webSocketUrl}?access_token=${given}`);
    await peer.next("connection_established");
    expect((await peer.closed).code).toBe(4401);
  });
});
