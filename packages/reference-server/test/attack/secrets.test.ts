import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dashboardPath, newestVersion, RawClient } from "../support/raw-client.js";
import { type ServerProcess, startServerProcess } from "../support/server-process.js";
import { opcodes, textFrame, wireFrame } from "../support/wire-frame.js";
import { Arena } from "./arena.js";
import { attackedEnv } from "./attacked-env.js";
import { frameRows } from "./frame-rows.js";
import { handshakeRows } from "./handshake-rows.js";
import { messageRows } from "./message-rows.js";

/** Long, and nothing else on the machine looks like them; characters that URLs, JSON and headers write otherwise. */
const secrets = {
  client: 'Cl1entKq7+/="&Zw9xVb',
  administrator: "Adm1nYt4.Rm2pLd-Wq6e",
  /** One that is wrong, and still somebody's. */
  wrong: "Wr0ngHj6_Fs8kNc~Tb3u",
} as const;

/** Length of a piece of a secret that must not be anywhere, in characters. */
const pieceLength = 8;

let server: ServerProcess;
/** Everything that came from the server: answers and frames. */
const received: string[] = [];

beforeAll(async () => {
  server = await startServerProcess({
    adminToken: secrets.administrator,
    env: { ...attackedEnv, LOG_LEVEL: "debug", WS_AUTH_TOKEN: secrets.client },
  });
});
afterAll(() => server.stop());

/** A secret as it may be written, and its pieces: a log that cuts a token still tells most of it. */
function spellings(secret: string): readonly string[] {
  const whole = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  const coded = [secret, `Bearer ${secret}`].flatMap((text) =>
    (["base64", "base64url", "hex"] as const).map((coding) => Buffer.from(text).toString(coding)),
  );
  return [...whole, ...coded].flatMap((text) =>
    Array.from({ length: Math.max(1, text.length - pieceLength) }, (_, at) =>
      text.slice(at, at + pieceLength),
    ),
  );
}

function leaks(text: string): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    spellings(secret)
      .filter((piece) => text.includes(piece))
      .map(
        (piece) => `${name}: ${piece} in …${text.slice(Math.max(0, text.indexOf(piece) - 80)).slice(0, 160)}`,
      )
      .slice(0, 1),
  );
}

async function call(path: string, init: RequestInit = {}): Promise<void> {
  const answer = await fetch(server.url + path, init);
  received.push(JSON.stringify([...answer.headers]), await answer.text());
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const path = (token: string): string =>
  `${dashboardPath}?${newestVersion}&access_token=${encodeURIComponent(token)}`;

/** Opens a socket, writes, and keeps all that comes until it answers a ping or ends. */
async function talk(token: string, ...bytes: readonly Buffer[]): Promise<void> {
  const client = new RawClient({ port: server.port, path: path(token) });
  if (await client.opened()) {
    for (const piece of bytes) client.write(piece);
    await client.answers();
  }
  received.push(JSON.stringify(client.frames));
  client.cut();
}

/** Opens a socket with a token in the header. */
async function present(token: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  const client = new RawClient({ port: server.port, headers });
  await client.until(({ frames }) => frames.length > 0);
  received.push(JSON.stringify(client.frames));
  client.cut();
}

const { client, administrator, wrong } = secrets;
const authenticate = (fields: object): Buffer =>
  textFrame(JSON.stringify({ type: "authenticate", ...fields }));

/** The table of ways by which a token comes to the server, right and wrong ones, where it belongs and where it does not. */
const ways: readonly (readonly [title: string, use: () => Promise<void>])[] = [
  ["in the query of a handshake", () => talk(client)],
  ["wrong, in the query of a handshake", () => talk(wrong)],
  ["in the header of a handshake", () => present(client)],
  ["wrong, in the header of a handshake", () => present(wrong)],
  ["in band", () => talk(client, authenticate({ access_token: client }))],
  ["wrong, in band", () => talk(client, authenticate({ access_token: wrong }))],
  ["in band under another name", () => talk(client, authenticate({ token: client }))],
  ["in band as an object", () => talk(client, authenticate({ access_token: { value: client } }))],
  ["in band, too long", () => talk(client, authenticate({ access_token: client.repeat(400) }))],
  [
    "in JSON that does not parse",
    () => talk(client, textFrame(`{"type":"authenticate","access_token":"${wrong}`)),
  ],
  ["in a binary frame", () => talk(client, wireFrame({ opcode: opcodes.binary, payload: client }))],
  ["in text that is no UTF-8", () => talk(client, textFrame(Buffer.from(`${client}\xff`, "latin1")))],
  ["in a frame over 64 KiB", () => talk(client, textFrame(client.repeat(4_000)))],
  ["in a ping", () => talk(client, wireFrame({ opcode: opcodes.ping, payload: client, masked: false }))],
  [
    "in a close reason",
    () => talk(client, wireFrame({ opcode: opcodes.close, payload: `\x03\xe8${client}` })),
  ],
  [
    "of an administrator, in a header",
    () => call("/api/dashboard/websocket/connections", { headers: bearer(administrator) }),
  ],
  [
    "wrong, of an administrator",
    () => call("/api/dashboard/websocket/connections", { headers: bearer(wrong) }),
  ],
  [
    "of an administrator, in a query",
    () => call(`/api/dashboard/websocket/connections?access_token=${administrator}`),
  ],
  ["in the query of a route", () => call(`/health?access_token=${encodeURIComponent(client)}`)],
  ["in the query of no route", () => call(`/nothing?access_token=${encodeURIComponent(client)}`)],
  [
    "in a query that a route refuses",
    () =>
      call(
        `/api/dashboard/websocket/broadcast?subscription=tasks&access_token=${encodeURIComponent(client)}`,
        {
          method: "POST",
          headers: { ...bearer(administrator), "content-type": "application/json" },
          body: JSON.stringify({ access_token: client }),
        },
      ),
  ],
  [
    "in a body that a route refuses",
    () =>
      call("/api/dashboard/websocket/limits", {
        method: "PATCH",
        headers: { ...bearer(administrator), "content-type": "application/json" },
        body: JSON.stringify({ [client]: client }),
      }),
  ],
  [
    "in a body that does not parse",
    () =>
      call("/api/dashboard/websocket/limits", {
        method: "PATCH",
        headers: { ...bearer(administrator), "content-type": "application/json" },
        body: `{"${client}`,
      }),
  ],
  ["to the metrics", () => call("/api/dashboard/metrics/websockets", { headers: bearer(client) })],
  ["to the statistics", () => call("/api/dashboard/websocket/stats", { headers: bearer(client) })],
  ["to the document of the routes", () => call("/api/dashboard/openapi.json", { headers: bearer(client) })],
];

describe("a token", () => {
  it.each(ways)("that comes %s is in no answer, frame or log line", async (_title, use) => {
    const before = received.length;
    await use();
    expect(received.length).toBeGreaterThan(before);
    expect(leaks(received.join("\n"))).toEqual([]);
    expect(leaks(server.output.out + server.output.err)).toEqual([]);
  });

  it("is in no log line after every hostile behaviour", { timeout: 120_000 }, async () => {
    for (const row of [...messageRows, ...frameRows, ...handshakeRows]) {
      const arena = new Arena(server.port, "127.3.0.1", encodeURIComponent(client), new Map());
      await row.behave(arena);
    }
    expect(server.log().length).toBeGreaterThan(messageRows.length);
    expect(leaks(server.output.out + server.output.err)).toEqual([]);
  });

  it("is found where it is: the search itself works", () => {
    expect(leaks(`GET /?access_token=${encodeURIComponent(client)}`)).toHaveLength(1);
    expect(leaks(Buffer.from(administrator).toString("base64"))).toHaveLength(1);
    expect(leaks(`token ${wrong.slice(0, pieceLength)}…`)).toHaveLength(1);
  });
});
