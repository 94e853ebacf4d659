import type { Socket } from "node:net";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPeer } from "../support/peer.js";
import { silentClient } from "../support/silent-client.js";
import { hs256, inSeconds, keys, signers, token } from "../support/tokens.js";

const adminToken = "administrators-only";
const nobody = "http://127.0.0.1:9/keys";

/** Servers in the states that answers depend on. */
type Kind = "open" | "guarded" | "jwt" | "keyless" | "closing";
const environments: Readonly<Record<Kind, Record<string, string>>> = {
  open: {},
  guarded: { WS_ADMIN_TOKEN: adminToken },
  jwt: { WS_AUTH_MODE: "jwt", WS_JWT_SECRET: keys.secret, WS_AUTH_REQUIRED: "false" },
  keyless: { WS_AUTH_MODE: "jwt", WS_JWKS_URL: nobody },
  closing: { WS_SHUTDOWN_GRACE_MS: "60000" },
};
const servers = new Map<Kind, ReferenceServer>();
let silent: Socket;
let closed: Promise<void>;
let etag = "";
let connectionId = "";

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, object>>;
}
type Document = Readonly<Record<string, unknown>> & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
let document: Document;

const at = (kind: Kind, path: string): string => `${servers.get(kind)?.url}${path}`;

beforeAll(async () => {
  for (const kind of Object.keys(environments) as Kind[]) {
    const env = { PORT: "0", LOG_LEVEL: "silent", ...environments[kind] };
    servers.set(kind, await startReferenceServer({ env }));
  }
  document = await (await fetch(at("open", "/api/dashboard/openapi.json"))).json();
  etag = (await fetch(at("open", "/api/dashboard/websocket/contract/schema"))).headers.get("etag") ?? "";
  const peer = await openPeer(servers.get("open")?.webSocketUrl ?? "");
  connectionId = String((await peer.next("connection_established")).connection_id);
  silent = await silentClient(servers.get("closing")?.webSocketUrl ?? "");
  closed = servers.get("closing")?.close() ?? Promise.resolve();
});

afterAll(async () => {
  silent.destroy();
  await closed;
  await Promise.all([...servers.values()].map((server) => server.close()));
});

interface Call {
  readonly on?: Kind;
  readonly path?: string;
  readonly headers?: () => Record<string, string>;
  readonly body?: unknown;
  readonly type?: string;
}

const base = "/api/dashboard/websocket";
const json = "application/json";
const foreign = (): Record<string, string> => ({ "x-forwarded-for": "10.0.0.1" });
const bearer = (text: string) => (): Record<string, string> => ({ authorization: `Bearer ${text}` });
const ada = bearer(hs256({ sub: "ada", roles: ["admin"], exp: inSeconds(600) }));
const signed = bearer(
  token({ alg: "RS256", kid: "k" }, { sub: "ada", exp: inSeconds(600) }, signers.rsa(keys.rsa.privateKey)),
);
const bob = bearer(hs256({ sub: "bob", roles: [], exp: inSeconds(600) }));
const tasks = `${base}/broadcast?subscription=tasks&message_type=task_update`;

/** What administrators' routes have in common. */
function forAdministrators(rest: Omit<Call, "on" | "headers">): Readonly<Record<number, Call>> {
  return {
    401: { ...rest, on: "guarded" },
    403: { ...rest, headers: foreign },
    503: { ...rest, on: "keyless", headers: signed },
  };
}

/** Every operation × every status that the document names. */
const calls: Readonly<Record<string, Readonly<Record<number, Call>>>> = {
  getHealth: { 200: {} },
  getReadiness: { 200: {}, 503: { on: "closing" } },
  getLimits: { 200: {} },
  changeLimits: {
    200: { body: { rate_limit_burst_capacity: 41 } },
    400: { body: { rate_limit_burst_capacity: 0 } },
    ...forAdministrators({ body: { rate_limit_burst_capacity: 42 } }),
    413: { body: { x: "x".repeat(70_000) } },
    415: { body: "<a/>", type: "text/xml" },
  },
  getContract: { 200: {} },
  getContractSchema: { 200: {}, 304: { headers: () => ({ "if-none-match": etag }) } },
  getStats: { 200: {} },
  getMetrics: { 200: {} },
  listConnections: {
    200: { path: `${base}/connections?limit=1` },
    400: { path: `${base}/connections?limit=0` },
    ...forAdministrators({}),
  },
  getWebsocketHealth: { 200: {} },
  broadcast: {
    200: { path: tasks, body: { tasks: [] } },
    400: { path: tasks, body: { tasks: 1 } },
    ...forAdministrators({ path: tasks, body: { tasks: [] } }),
    413: { path: tasks, body: { x: "x".repeat(70_000) } },
    415: { path: tasks, body: "a=1", type: "application/x-www-form-urlencoded" },
  },
  disconnect: {
    200: {},
    400: { path: `${base}/disconnect/x?reason=${"x".repeat(121)}` },
    404: { path: `${base}/disconnect/nobody` },
    ...forAdministrators({ path: `${base}/disconnect/nobody` }),
  },
  getOpenApi: { 200: {} },
};

function operations(): readonly { id: string; method: string; path: string; statuses: string[] }[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      path,
      statuses: Object.keys(responses).filter((status) => status !== "default"),
    })),
  );
}

async function call(id: string, { on = "open", path, headers, body, type = json }: Call): Promise<Response> {
  const operation = operations().find((entry) => entry.id === id);
  const target = path ?? operation?.path.replace("{id}", connectionId) ?? "";
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(at(on, target), {
    method: operation?.method ?? "GET",
    headers: { ...(body === undefined ? {} : { "content-type": type }), ...headers?.() },
    ...(body === undefined ? {} : { body: text }),
  });
}

function pointerTo(id: string, status: string, mediaType: string): string {
  const { path, method } = operations().find((entry) => entry.id === id) ?? { path: "", method: "" };
  const parts = ["paths", path, method.toLowerCase(), "responses", status, "content", mediaType, "schema"];
  return `#/${parts.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
}

describe("the OpenAPI document", () => {
  it("is OpenAPI 3.1", async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(document.openapi).toBe("3.1.0");
  });

  it("is refused by that validator when it is broken", async () => {
    const broken = { ...structuredClone(document), paths: { "/x": { get: { responses: 1 } } } };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it("names the statuses that are called below, and no others", () => {
    const documented = operations().map(({ id, statuses }) => [id, [...statuses].sort()]);
    const called = Object.entries(calls).map(([id, rows]) => [id, Object.keys(rows).sort()]);
    expect(Object.fromEntries(called)).toEqual(Object.fromEntries(documented));
  });
});

describe("an answer is what the document says", () => {
  const rows = Object.entries(calls)
    .flatMap(([id, byStatus]) => Object.entries(byStatus).map(([status, row]) => ({ id, status, row })))
    // The connection is ended last.
    .sort((a, b) => Number(a.id === "disconnect") - Number(b.id === "disconnect"));
  it.each(rows)("$id $status", async ({ id, status, row }) => {
    const response = await call(id, row);
    const text = await response.text();
    expect([response.status, text.slice(0, 200)]).toEqual([Number(status), text.slice(0, 200)]);
    if (status === "304") return;
    const mediaType = response.headers.get("content-type")?.split(";", 1)[0] ?? "";
    const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
    const pointer = pointerTo(id, status, mediaType);
    const validate = ajv.addSchema({ $id: "doc", ...document }).compile({ $ref: `doc${pointer}` });
    const value: unknown = mediaType.endsWith("json") ? JSON.parse(text) : text;
    expect(validate(value) ? [] : validate.errors).toEqual([]);
    if (Number(status) >= 400) {
      expect(mediaType).toBe("application/problem+json");
      expect(JSON.parse(text).status).toBe(Number(status));
    }
  });

  it("broadcasts nothing while it is closing", async () => {
    expect((await call("broadcast", { on: "closing", path: tasks, body: { tasks: [] } })).status).toBe(503);
    expect((await call("getHealth", { on: "closing" })).status).toBe(200);
  });
});

describe("administrators with a JSON Web Token", () => {
  it.each([
    ["of an administrator", ada, 200],
    ["of somebody else", bob, 403],
    ["that is none", bearer("nonsense"), 401],
  ])("a token %s", async (_title, headers, status) => {
    expect((await call("listConnections", { on: "jwt", headers })).status).toBe(status);
  });

  it("are served on this machine without one, and elsewhere not", async () => {
    expect((await call("listConnections", { on: "jwt" })).status).toBe(200);
    expect((await call("listConnections", { on: "jwt", headers: foreign })).status).toBe(401);
  });
});
