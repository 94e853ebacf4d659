import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openPeer, type Peer } from "../support/peer.js";
import { hs256, inSeconds, keys, pemOf, signers, token } from "../support/tokens.js";

const started: ReferenceServer[] = [];
let log = "";

async function start(env: Record<string, string>): Promise<ReferenceServer> {
  const logTo = new Writable({
    write: (chunk, _encoding, done) => {
      log += String(chunk);
      done();
    },
  });
  const all = { PORT: "0", LOG_LEVEL: "debug", WS_AUTH_MODE: "jwt", ...env };
  const server = await startReferenceServer({ env: all, logTo });
  started.push(server);
  return server;
}

const end = async (): Promise<void> => {
  await Promise.all(started.splice(0).map((server) => server.close()));
};

const query = "?contract_versions=1.1.0&subscriptions=alerts,tasks&access_token=";
const user = { sub: "ada", roles: ["viewer"], exp: inSeconds(600) };
const admin = { ...user, roles: ["admin"] };

async function codeOf(peer: Peer): Promise<number> {
  const { message } = await peer.next("error");
  const { code } = await peer.closed;
  expect(message).toBe(code === 4401 ? "Unauthorized" : "Internal error");
  return code;
}

describe("a server with a secret", () => {
  let server: ReferenceServer;
  beforeAll(async () => {
    server = await start({ WS_JWT_SECRET: keys.secret });
  });
  afterAll(end);

  it("lets a token in, and withholds alerts from who is no administrator", async () => {
    const peer = await openPeer(server.webSocketUrl + query + hs256(user));
    expect(await peer.next("connection_established")).toMatchObject({ subscriptions: ["tasks"] });
    expect(await peer.next("error")).toMatchObject({ code: "forbidden" });
    peer.close();
  });

  it("gives alerts to an administrator", async () => {
    const peer = await openPeer(server.webSocketUrl + query + hs256(admin));
    expect(await peer.next("connection_established")).toMatchObject({ subscriptions: ["alerts", "tasks"] });
    peer.close();
  });

  const refused: readonly [title: string, given: string][] = [
    ["no token", ""],
    ["one that has ended", hs256({ ...user, exp: inSeconds(-60) })],
    ["one without an end", hs256({ sub: "ada" })],
    ["one without a signature", token({ alg: "none" }, user, signers.none)],
  ];
  it.each(refused)("refuses %s with 4401", async (_title, given) => {
    expect(await codeOf(await openPeer(server.webSocketUrl + query + given))).toBe(4401);
  });

  it("says in the log why, and never shows a token", async () => {
    const given = hs256({ ...user, exp: inSeconds(-60) });
    await codeOf(await openPeer(server.webSocketUrl + query + given));
    expect(log).toContain('"reason":"ERR_JWT_EXPIRED"');
    expect(log).not.toContain(given.split(".")[1]);
    expect(log).not.toContain(keys.secret);
  });
});

describe("a server whose tokens are optional", () => {
  let server: ReferenceServer;
  beforeAll(async () => {
    server = await start({ WS_JWT_PUBLIC_KEY: pemOf(keys.rsa.publicKey), WS_AUTH_REQUIRED: "false" });
  });
  afterAll(end);

  it("lets those in who have none, without alerts", async () => {
    const peer = await openPeer(`${server.webSocketUrl}?contract_versions=1.1.0&subscriptions=alerts,tasks`);
    expect(await peer.next("connection_established")).toMatchObject({ subscriptions: ["tasks"] });
    peer.close();
  });

  it("refuses those whose token is wrong", async () => {
    const given = token({ alg: "HS256" }, user, signers.hmac(pemOf(keys.rsa.publicKey)));
    expect(await codeOf(await openPeer(server.webSocketUrl + query + given))).toBe(4401);
  });
});

describe("a server with a key set", () => {
  let source: Server;
  let url = "";
  let answers: { status: number; body: string };
  let asked = 0;

  const keySet = (...kids: string[]): string =>
    JSON.stringify({
      keys: kids.map((kid) => ({
        ...keys.rsa.publicKey.export({ format: "jwk" }),
        kid,
        alg: "RS256",
        use: "sig",
      })),
    });
  const signed = (kid: string): string =>
    token({ alg: "RS256", kid }, user, signers.rsa(keys.rsa.privateKey));
  const open = (server: ReferenceServer, kid: string): Promise<Peer> =>
    openPeer(server.webSocketUrl + query + signed(kid));

  beforeAll(async () => {
    source = createServer((_request, response) => {
      asked++;
      response.writeHead(answers.status, { "Content-Type": "application/json" }).end(answers.body);
    });
    source.listen(0, "127.0.0.1");
    await once(source, "listening");
    url = `http://127.0.0.1:${(source.address() as AddressInfo).port}/keys`;
  });
  afterEach(end);
  afterAll(() => source.close());

  it("fetches it once, and not again for each unknown key", async () => {
    answers = { status: 200, body: keySet("one") };
    asked = 0;
    const server = await start({ WS_JWKS_URL: url });
    expect(asked).toBe(0);
    for (let count = 0; count < 3; count++) {
      const peer = await open(server, "one");
      await peer.next("connection_established");
      peer.close();
    }
    expect(asked).toBe(1);
    for (let count = 0; count < 5; count++) expect(await codeOf(await open(server, `x${count}`))).toBe(4401);
    expect(asked).toBe(1);
  });

  const outages: readonly [title: string, answer: { status: number; body: string }][] = [
    ["answers with an error", { status: 500, body: "" }],
    ["answers with what is no key set", { status: 200, body: "[]" }],
    ["answers without end", { status: 200, body: `{"keys":[],"x":"${"x".repeat(300_000)}"}` }],
    ["leads elsewhere", { status: 302, body: "" }],
  ];
  it.each(outages)("refuses newcomers with a log line while it %s", async (_title, answer) => {
    answers = answer;
    log = "";
    const server = await start({ WS_JWKS_URL: url });
    expect(await codeOf(await open(server, "one"))).toBe(1011);
    expect(log).toContain("the keys of tokens cannot be fetched");
    expect(log).toContain("[keys_unavailable] Failed to fetch the keys of WS_JWKS_URL.");
  });

  it("keeps who is there during an outage, and lets newcomers in after it", async () => {
    answers = { status: 200, body: keySet("one") };
    const server = await start({ WS_JWKS_URL: url });
    const peer = await open(server, "one");
    await peer.next("connection_established");
    answers = { status: 500, body: "" };
    peer.send('{"type":"ping","correlation_id":"still-here"}');
    expect(await peer.next("pong")).toMatchObject({ correlation_id: "still-here" });
    const newcomer = await open(server, "one");
    await newcomer.next("connection_established");
    peer.close();
    newcomer.close();
  });
});
