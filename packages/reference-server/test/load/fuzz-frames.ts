import { readdirSync, readFileSync } from "node:fs";
import { contract } from "@hivewire/contract";
import fc, { type Arbitrary } from "fast-check";
import { opcodes, type WireFrame } from "../support/wire-frame.js";

const folder = new URL("../../../../schemas/fixtures/", import.meta.url);

/** Texts of all fixtures, valid and invalid, of clients and of servers. */
const fixtures: readonly string[] = ["valid", "invalid"].flatMap((kind) =>
  readdirSync(new URL(kind, folder)).map((name) => readFileSync(new URL(`${kind}/${name}`, folder), "utf8")),
);

const types = Object.keys(contract.messages);
const names = ["type", "subscriptions", "resume", "data_type", "params", "access_token", "correlation_id"];
const odd = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "\u0000", "a/b~c", "\ud800"];

const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...contract.topics, ...types, "agent_status", "system_health") },
  { weight: 1, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
);
const leaf = fc.oneof(word, fc.jsonValue({ maxDepth: 3 }), fc.double(), fc.maxSafeInteger());
const position = fc.record({ epoch: word, offset: fc.oneof(fc.nat(), leaf) }, { requiredKeys: [] });

const mostly = <Value>(right: Arbitrary<Value>): Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: leaf });

/** Requests by the grammar of the protocol: right in most places. */
const request: Arbitrary<unknown> = fc.record(
  {
    type: mostly(fc.constantFrom("ping", "subscribe", "subscribe", "unsubscribe", "request_data")),
    subscriptions: mostly(fc.array(word, { maxLength: 20, size: "max" })),
    resume: mostly(fc.dictionary(word, position)),
    data_type: mostly(word),
    params: mostly(fc.dictionary(word, leaf)),
    correlation_id: mostly(fc.string({ minLength: 1, maxLength: 128 })),
    timestamp: mostly(fc.string({ minLength: 1 })),
  },
  { requiredKeys: ["type"] },
);

/** A valid frame with members taken out, put in or replaced. */
const mutant = fc
  .tuple(
    fc.constantFrom(...fixtures),
    fc.dictionary(fc.constantFrom(...names, ...odd), leaf),
    fc.subarray(names),
  )
  .map(([text, members, without]) => {
    const kept = Object.entries(Object(JSON.parse(text))).filter(([name]) => !without.includes(name));
    return { ...Object.fromEntries(kept), ...members };
  });

/** A text with a piece of it replaced. */
function spliced(text: Arbitrary<string>): Arbitrary<string> {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom(...'{}[]",:\\', "\\u0000", "1e400"),
  );
  return fc
    .tuple(text, fc.nat({ max: 400 }), fc.nat({ max: 10 }), piece)
    .map(([whole, at, less, more]) => whole.slice(0, at) + more + whole.slice(at + less));
}

const encoded = fc
  .oneof({ weight: 3, arbitrary: request }, { weight: 2, arbitrary: mutant }, { weight: 1, arbitrary: leaf })
  .map((value) => JSON.stringify(value) ?? "null");

/** Deep and large ones: few, since each costs as much as a thousand others. */
export const extremeText: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('{"a":', "[", '{"type":'),
    fc.constantFrom("]", "}", ""),
    fc.integer({ min: 1, max: 20_000 }),
  )
  .map(([open, close, depth]) => `${open.repeat(depth)}1${close.repeat(depth)}`);

/** Text of one frame. */
export const frameText: Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: encoded },
  { weight: 2, arbitrary: spliced(fc.constantFrom(...fixtures)) },
  { weight: 2, arbitrary: spliced(encoded) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.json() },
);

const payload = fc.oneof(
  frameText.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

/** Frames of RFC 6455: valid ones of every opcode, and ones with a wrong bit somewhere. */
export const rawFrame: Arbitrary<WireFrame> = fc.oneof(
  { weight: 200, arbitrary: frameText.map((text) => ({ opcode: opcodes.text, payload: text })) },
  {
    weight: 60,
    arbitrary: fc.record({
      opcode: fc.constantFrom(opcodes.ping, opcodes.pong),
      payload: fc.uint8Array({ maxLength: 125 }).map((bytes) => Buffer.from(bytes)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      opcode: fc.nat({ max: 15 }),
      payload,
      fin: fc.boolean(),
      rsv: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 7 }) }),
      masked: fc.oneof(
        { weight: 9, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
    }),
  },
);

/** A last frame whose header lies about its length. */
export const lyingFrame: Arbitrary<WireFrame> = fc.record({
  opcode: fc.nat({ max: 15 }),
  payload,
  length: fc.record({
    form: fc.constantFrom<7 | 16 | 64>(7, 16, 64),
    says: fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn })),
  }),
});

const line = fc.oneof(
  fc.constantFrom(
    "Host: x",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Protocol: a, b",
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
    "Origin: null",
    "Authorization: Bearer x",
    "Content-Length: 5",
    "Transfer-Encoding: chunked",
    "Expect: 100-continue",
  ),
  fc
    .tuple(
      fc.constantFrom("Host", "Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key", "X", ""),
      fc.string(),
    )
    .map(([name, value]) => `${name}: ${value}`),
);
const query = fc.oneof(
  fc.webQueryParameters(),
  fc
    .tuple(
      fc.constantFrom("contract_versions", "subscriptions", "access_token"),
      fc.string({ unit: "grapheme" }),
    )
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
  fc.string(),
);

/** A request line and headers, more or less. */
export const handshake: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("GET", "GET", "GET", "POST", "HEAD", "CONNECT", "OPTIONS", "", "PRI"),
    fc.constantFrom(
      "/api/dashboard/ws/dashboard",
      "/api/dashboard/ws/agents",
      "/health",
      "//",
      "*",
      "http://x/",
      "/%00",
    ),
    query,
    fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", ""),
    fc.array(line, { maxLength: 12 }),
  )
  .map(([method, path, rest, version, lines]) =>
    [`${method} ${path}?${rest} ${version}`, ...lines, "", ""].join("\r\n"),
  );
