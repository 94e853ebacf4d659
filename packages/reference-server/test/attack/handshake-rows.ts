import { randomBytes } from "node:crypto";
import { dashboardPath, type RawOptions } from "../support/raw-client.js";
import { textFrame } from "../support/wire-frame.js";
import type { Arena, HostileRow } from "./arena.js";

/** Comes with a request that is refused, and notes with what. */
function request(options: Partial<RawOptions>): HostileRow["behave"] {
  return async (arena) => {
    const client = arena.connect(options);
    await client.ended();
    arena.note(client);
  };
}

const refused = (title: string, status: number, options: Partial<RawOptions>): HostileRow => ({
  title,
  behave: request(options),
  must: [`http ${status}`],
  may: ["cut"],
});

/** Opens connections and cuts them at one of several moments. */
async function churn(arena: Arena): Promise<void> {
  for (let moment = 0; moment < 4; moment++) {
    const client = arena.connect(moment === 0 ? { request: null } : {});
    if (moment === 1) client.write("GET ");
    if (moment >= 2) await client.opened();
    if (moment === 3) await client.until(({ frames }) => frames.length > 0);
    client.cut();
    await client.ended();
    if (client.status !== undefined && client.status !== 101) arena.note(client);
  }
}

/** Hostile behaviour before there is a connection: RFC 6455 section 4.2 and RFC 9112. */
export const handshakeRows: readonly HostileRow[] = [
  refused("no key", 400, { headers: { "Sec-WebSocket-Key": "" } }),
  refused("a key of the wrong length", 400, { headers: { "Sec-WebSocket-Key": "c2hvcnQ=" } }),
  refused("a version that is not 13", 426, { headers: { "Sec-WebSocket-Version": "12" } }),
  refused("a handshake that is no GET", 405, {
    request:
      "POST /api/dashboard/ws/dashboard HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  }),
  refused("a path that does not exist", 404, { path: "/api/dashboard/ws/../../etc/passwd" }),
  refused("an origin that is not allowed", 403, { headers: { Origin: "https://evil.example" } }),
  refused("a URL over its bound", 414, { path: `${dashboardPath}?x=${"x".repeat(9_000)}` }),
  refused("headers over their bound", 431, { headers: { "X-Filler": "x".repeat(20_000) } }),
  refused("bytes that are no HTTP", 400, { request: randomBytes(512) }),
  refused("the first bytes of TLS", 400, { request: Buffer.from("16030100a5010000a10303", "hex") }),
  refused("two lengths of one body", 400, {
    request:
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /",
  }),
  {
    title: "no credentials",
    behave: request({ path: dashboardPath }),
    must: ["error unauthorized", "close 4401"],
  },
  {
    title: "credentials that are wrong",
    behave: request({ path: `${dashboardPath}?access_token=wrong-token-of-an-attacker` }),
    must: ["error unauthorized", "close 4401"],
  },
  {
    title: "versions that the server does not speak",
    behave: async (arena) => {
      const client = arena.connect({ path: arena.path("contract_versions=9.0.0,,x") });
      await client.ended();
      arena.note(client);
    },
    must: ["error unsupported_contract_version", "close 4406"],
  },
  {
    title: "connections that come and go",
    behave: churn,
    must: [],
    may: ["http 429", "cut"],
  },
  {
    title: "frames written together with the request",
    behave: async (arena) => {
      const client = arena.connect();
      client.write(Buffer.concat(Array.from({ length: 20 }, () => textFrame('{"type":"weather"}'))));
      arena.note(client, (await client.opened()) && (await client.answers()));
    },
    must: ["error unknown_message_type", "open"],
  },
];
