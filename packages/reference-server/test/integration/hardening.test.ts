import { once } from "node:events";
import { connect } from "node:net";
import { Writable } from "node:stream";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const marker = "zqxjkvbpw";
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
  const env = { PORT: "0", LOG_LEVEL: "debug", WS_ADMIN_TOKEN: adminToken };
  server = await startReferenceServer({ env, logTo });
});
afterAll(() => server.close());

/** Sends bytes, and reads until the server closes; for answers that end by their length, until they are whole. */
async function exchange(bytes: string | Buffer): Promise<string> {
  const { port } = new URL(server.url);
  const socket = connect({ host: "127.0.0.1", port: Number(port) });
  let text = "";
  socket.on("error", () => {});
  const whole = new Promise<void>((resolve) => {
    socket.on("data", (chunk) => {
      text += chunk;
      const [head = "", body] = text.split("\r\n\r\n", 2);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (body !== undefined && Buffer.byteLength(body) >= length) resolve();
    });
    socket.on("close", () => resolve());
  });
  socket.write(bytes);
  await whole;
  socket.destroy();
  return text;
}

const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);

const base = "/api/dashboard/websocket";
const admin = `Authorization: Bearer ${adminToken}\r\n`;
const request = (line: string, headers = "", body = ""): string =>
  `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n${body}`;
const withBody = (line: string, body: string, headers = "Content-Type: application/json\r\n"): string =>
  request(line, `${admin}${headers}Content-Length: ${Buffer.byteLength(body)}\r\n`, body);
const long = "x".repeat(10_000);
const tasks = `POST ${base}/broadcast?subscription=tasks&message_type=task_update`;

const rows: readonly [title: string, bytes: string, statuses: readonly number[]][] = [
  // Methods.
  ["DELETE on a path that has GET", request("DELETE /health"), [405]],
  ["PUT on a path that has PATCH", request(`PUT ${base}/limits`), [405]],
  ["GET on a path that has POST", request(`GET ${base}/broadcast`), [405]],
  ["OPTIONS", request("OPTIONS /health"), [405]],
  ["TRACE", request("TRACE /health"), [404, 405]],
  ["a method that is none", request(`${marker.toUpperCase()} /health`), [400]],
  // Paths.
  ["an unknown path", request(`GET /${marker}`), [404]],
  ["a path that climbs", request("GET /../../etc/passwd"), [404]],
  ["a path that climbs in disguise", request("GET /api/dashboard/%2e%2e/%2e%2e/etc/passwd"), [404]],
  ["a path with a slash in disguise", request(`GET ${base}%2fhealth`), [404]],
  ["a path with broken escapes", request("GET /%zz"), [400]],
  ["a path that is no UTF-8", request("GET /%ff%fe"), [400, 404]],
  ["a path with a zero byte", request("GET /health%00"), [404]],
  ["a doubled slash", request("GET //health"), [404]],
  ["a whole URL of another host", request("GET http://evil.example/x"), [400, 404]],
  ["a path in another case", request("GET /HEALTH"), [404]],
  ["an identifier of 10,000 characters", request(`POST ${base}/disconnect/${long}`, admin), [414, 404, 431]],
  [
    "an identifier of 200 characters",
    request(`POST ${base}/disconnect/${"x".repeat(200)}`, admin),
    [404, 414],
  ],
  ["an identifier that is a path", request(`POST ${base}/disconnect/..%2f..%2fx`, admin), [404]],
  ["a URL of 9,000 characters", request(`GET /health?${"x".repeat(9_000)}`), [414]],
  // Queries.
  ["a parameter twice", request(`GET ${base}/connections?limit=1&limit=2`, admin), [400]],
  ["a parameter that is no number", request(`GET ${base}/connections?limit=${marker}`, admin), [400]],
  ["a parameter out of range", request(`GET ${base}/connections?limit=1e9`, admin), [400]],
  [
    "a parameter that is an object",
    request(`GET ${base}/connections?limit[a]=${marker}&limit=`, admin),
    [400],
  ],
  [
    "a cursor of 10,000 characters",
    request(`GET ${base}/connections?after=${"x".repeat(7_000)}`, admin),
    [400],
  ],
  [
    "a reason of 200 characters",
    request(`POST ${base}/disconnect/a?reason=${"x".repeat(200)}`, admin),
    [400],
  ],
  // Bodies.
  ["no body where one is needed", request(tasks, admin), [400]],
  ["an empty body", withBody(tasks, ""), [400]],
  ["a body that is no JSON", withBody(tasks, `{"${marker}`), [400]],
  ["a body that is an array", withBody(tasks, "[]"), [400]],
  ["a body that is null", withBody(tasks, "null"), [400]],
  ["a body nested 30,000 deep", withBody(tasks, `{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`), [400]],
  [
    "a body nested 1,000 deep that its message would take",
    withBody(
      `POST ${base}/broadcast?subscription=agents&message_type=fleet_update`,
      `{"a":${"[".repeat(1_000)}${"]".repeat(1_000)}}`,
    ),
    [400],
  ],
  ["a body with __proto__", withBody(tasks, '{"__proto__":{"tasks":[]}}'), [400]],
  ["a body with a constructor", withBody(tasks, '{"constructor":{"prototype":{}}}'), [400]],
  ["a body over 64 KiB", withBody(tasks, JSON.stringify({ tasks: [], x: "x".repeat(70_000) })), [413]],
  ["a body of another type", withBody(tasks, "a=1", "Content-Type: text/plain\r\n"), [415]],
  ["a body of a made-up type", withBody(tasks, "{}", `Content-Type: ${marker}/${marker}\r\n`), [415]],
  ["a body without a type", withBody(tasks, "{}", ""), [415]],
  [
    "a compressed body",
    withBody(tasks, "{}", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"),
    [415],
  ],
  ["an unknown limit", withBody(`PATCH ${base}/limits`, `{"${marker}":1}`), [400]],
  ["a limit out of range", withBody(`PATCH ${base}/limits`, '{"rate_limit_burst_capacity":-1}'), [400]],
  ["a limit that is a text", withBody(`PATCH ${base}/limits`, '{"rate_limit_burst_capacity":"40"}'), [400]],
  ["a limit that is not whole", withBody(`PATCH ${base}/limits`, '{"rate_limit_burst_capacity":1.5}'), [400]],
  ["a limit without bound", withBody(`PATCH ${base}/limits`, '{"rate_limit_burst_capacity":1e400}'), [400]],
  [
    "one wrong limit beside a good one",
    withBody(`PATCH ${base}/limits`, '{"rate_limit_burst_capacity":77,"max_nesting":0}'),
    [400],
  ],
  [
    "limits that contradict each other",
    withBody(`PATCH ${base}/limits`, '{"hard_inbound_message_bytes":1024}'),
    [400],
  ],
  ["no limits at all", withBody(`PATCH ${base}/limits`, "{}"), [400]],
  // Authority.
  ["no credentials", request(`GET ${base}/connections`), [401]],
  ["wrong credentials", request(`GET ${base}/connections`, `Authorization: Bearer ${marker}\r\n`), [401]],
  [
    "credentials of another kind",
    request(`GET ${base}/connections`, `Authorization: Basic ${marker}\r\n`),
    [401],
  ],
  ["credentials in the query", request(`GET ${base}/connections?access_token=${adminToken}`), [401]],
  [
    "no credentials and a bad body",
    request(tasks, "Content-Type: application/json\r\nContent-Length: 1\r\n", "{"),
    [401],
  ],
  // Smuggling.
  [
    "a length and chunks",
    request(tasks, `${admin}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n`, "0\r\n\r\n"),
    [400],
  ],
  ["two lengths", request(tasks, `${admin}Content-Length: 2\r\nContent-Length: 3\r\n`, "{}"), [400]],
  ["a length that is none", request(tasks, `${admin}Content-Length: ${marker}\r\n`), [400]],
  ["a made-up coding", request(tasks, `${admin}Transfer-Encoding: ${marker}\r\n`), [400]],
  ["a bare line feed in a header", `GET /health HTTP/1.1\nHost: localhost\nX: ${marker}\n\n`, [400]],
  ["a space before a colon", request("GET /health", `X-A : ${marker}\r\n`), [400]],
  ["a folded header", request("GET /health", `X-A: a\r\n ${marker}\r\n`), [400]],
  ["no Host", "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", [400]],
  ["two Hosts", request("GET /health", "Host: other\r\n"), [400]],
  ["headers over 16 KiB", request("GET /health", `X-A: ${"x".repeat(20_000)}\r\n`), [431]],
  ["an expectation that nobody meets", request("GET /health", `Expect: ${marker}\r\n`), [417]],
  ["another protocol", `${marker}\r\n\r\n`, [400]],
  ["TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", [400]],
];

describe("the HTTP surface answers", () => {
  it.each(rows)("%s", async (_title, bytes, statuses) => {
    const text = await exchange(bytes);
    const status = statusOf(text);
    expect([statuses.includes(status), status]).toEqual([true, status]);
    expect(text.toLowerCase()).not.toContain(marker);
    expect(text).not.toContain(adminToken);
    if (status === 200 || bytes.startsWith("HEAD")) return;
    const [head = "", body = ""] = text.split("\r\n\r\n");
    expect(head.toLowerCase()).toContain("content-type: application/problem+json");
    expect(JSON.parse(body)).toMatchObject({ type: "about:blank", status, detail: expect.any(String) });
  });

  it("HEAD with the headers of GET", async () => {
    expect(statusOf(await exchange(request("HEAD /health")))).toBe(200);
  });

  it("and what was refused changed nothing", async () => {
    const limits = await (await fetch(`${server.url}${base}/limits`)).json();
    expect(limits).toMatchObject({ rate_limit_burst_capacity: 40, max_nesting: 128 });
  });

  it("and no secret is in the log, which has no fault either", () => {
    expect(log).not.toContain(adminToken);
    expect(log).not.toContain(marker);
    expect(log).not.toContain('"level":50');
  });
});

describe("the handshake", () => {
  const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  const upgrade = (path: string, headers: string): string =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`;
  const path = "/api/dashboard/ws/dashboard";
  const version = "Sec-WebSocket-Version: 13\r\n";
  const handshakes: readonly [title: string, bytes: string, statuses: readonly number[]][] = [
    ["an unknown path", upgrade(`/${marker}`, key + version), [404]],
    ["a URL of 9,000 characters", upgrade(`${path}?${"x".repeat(9_000)}`, key + version), [414]],
    ["no key", upgrade(path, version), [400]],
    ["a key that is none", upgrade(path, `Sec-WebSocket-Key: ${marker}\r\n${version}`), [400]],
    ["version 12", upgrade(path, `${key}Sec-WebSocket-Version: 12\r\n`), [400, 426]],
    ["POST", upgrade(path, key + version).replace("GET", "POST"), [400, 405]],
    ["headers over 16 KiB", upgrade(path, `${key}${version}X: ${"x".repeat(20_000)}\r\n`), [431]],
  ];
  it.each(handshakes)("refuses %s", async (_title, bytes, statuses) => {
    const text = await exchange(bytes);
    expect([statuses.includes(statusOf(text)), statusOf(text)]).toEqual([true, statusOf(text)]);
    expect(text).not.toContain(marker);
    const [head = "", body = ""] = text.split("\r\n\r\n");
    expect(head.toLowerCase()).toContain("content-type: application/problem+json");
    expect(JSON.parse(body)).toMatchObject({ type: "about:blank", status: statusOf(text) });
  });

  const offers: readonly [title: string, bytes: string, status: number][] = [
    ["HTTP/2 is answered as if it offered nothing", upgrade("/health", "").replace("websocket", "h2c"), 200],
    ["WebSockets where there are none, too", upgrade("/health", key + version), 200],
    ["HTTP/2 at an unknown path", upgrade("/nope", "").replace("websocket", "h2c"), 404],
    [
      "HTTP/2 with a body",
      upgrade(`${base}/broadcast`, "Content-Length: 2\r\n")
        .replace("GET", "POST")
        .replace("websocket", "h2c"),
      400,
    ],
  ];
  it.each(offers)("a request that offers %s", async (_title, bytes, status) => {
    expect(statusOf(await exchange(bytes))).toBe(status);
  });
});

describe.concurrent("a request that never ends", () => {
  it.each([
    ["before its first byte", ""],
    ["in its headers", "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: "],
    [
      "in its body",
      `${tasks} HTTP/1.1\r\nHost: localhost\r\n${admin}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
    ],
    [
      "in its handshake",
      "GET /api/dashboard/ws/dashboard HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n",
    ],
  ])("%s is given up after five seconds", async (_title, bytes) => {
    const { port } = new URL(server.url);
    const socket = connect({ host: "127.0.0.1", port: Number(port) });
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.write(bytes);
    const from = performance.now();
    await once(socket, "close");
    expect(performance.now() - from).toBeLessThan(9_000);
    expect(statusOf(text)).toBe(408);
  });
});
