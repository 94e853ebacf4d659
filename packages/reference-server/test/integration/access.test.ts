import { Writable } from "node:stream";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPeer } from "../support/peer.js";

const secret = "correct-horse-battery";
let server: ReferenceServer;
let log = "";

beforeAll(async () => {
  const logTo = new Writable({
    write: (chunk, _encoding, done) => {
      log += String(chunk);
      done();
    },
  });
  const env = {
    PORT: "0",
    LOG_LEVEL: "debug",
    WS_AUTH_REQUIRED: "true",
    WS_AUTH_TOKEN: secret,
    WS_ALLOWED_ORIGINS: "https://good.example",
  };
  server = await startReferenceServer({ env, logTo });
});
afterAll(() => server.close());

describe("credentials", () => {
  it("are taken from the query", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?access_token=${secret}`);
    await peer.next("connection_established");
    peer.close();
  });

  it("are taken from the header", async () => {
    const peer = await openPeer(server.webSocketUrl, { authorization: `Bearer ${secret}` });
    await peer.next("connection_established");
    peer.close();
  });

  it.each(["", "?access_token=wrong", `?access_token=${secret}x`])(
    "are refused after the upgrade, so that a browser sees 4401 (%j)",
    async (query) => {
      const peer = await openPeer(server.webSocketUrl + query);
      expect(await peer.next("error")).toMatchObject({ message: "Unauthorized" });
      expect((await peer.closed).code).toBe(4401);
      expect(peer.frames).toHaveLength(1);
    },
  );

  it("reach no log line", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?access_token=${secret}`);
    await peer.next("connection_established");
    await fetch(`${server.url}/nope?access_token=${secret}`);
    peer.close();
    await peer.closed;
    expect(log).toContain("connection opened");
    expect(log).not.toContain(secret);
  });
});

describe("origins", () => {
  it("that are allowed may come", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?access_token=${secret}`, {
      origin: "https://good.example",
    });
    await peer.next("connection_established");
    peer.close();
  });

  it.each(["https://evil.example", "https://good.example.evil.example", "null"])(
    "that are not get HTTP 403 before the upgrade (%s)",
    async (origin) => {
      await expect(openPeer(`${server.webSocketUrl}?access_token=${secret}`, { origin })).rejects.toThrow(
        "HTTP 403",
      );
    },
  );
});
