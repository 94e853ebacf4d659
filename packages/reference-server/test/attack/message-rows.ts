import { opcodes, textFrame, wireFrame } from "../support/wire-frame.js";
import { flood, type HostileRow, provoke } from "./arena.js";

const json = (value: object): Buffer => textFrame(JSON.stringify(value));
const text = (value: string): Buffer => textFrame(value);

/** Frames of one kind that arrive together: fewer than the bucket holds. */
const several = 20;

const manyTopics = Array.from({ length: 11 }, (_, index) => `topic-${index}`);
const deep = 10_000;
const ping = textFrame('{"type":"ping"}');

/** Hostile behaviour in text frames that keep RFC 6455. */
export const messageRows: readonly HostileRow[] = [
  {
    title: "what is no JSON",
    behave: provoke(text('{"type":'), several),
    must: ["error invalid_json", "open"],
  },
  {
    title: "wrong frames without end",
    behave: provoke(text("what is this"), 35),
    must: ["error invalid_json", "close 4422"],
  },
  {
    title: "arrays, numbers and null",
    behave: provoke(text("[1]"), several),
    must: ["error invalid_json", "open"],
  },
  {
    title: "frames over 64 KiB",
    behave: provoke(text(`{"type":"ping","x":"${"x".repeat(65_536)}"}`), 3),
    must: ["error message_too_large", "open"],
  },
  {
    title: "a frame over the hard cap",
    behave: provoke(text(`{"type":"ping","x":"${"x".repeat(1_048_576)}"}`)),
    must: ["close 1009"],
    may: ["cut"],
  },
  {
    title: "an unknown type",
    behave: provoke(json({ type: "weather" }), several),
    must: ["error unknown_message_type", "open"],
  },
  {
    title: "frames that only servers send",
    behave: provoke(json({ type: "agent_update", subscription: "agents", data: { agents: [] } }), several),
    must: ["error unknown_message_type", "open"],
  },
  {
    title: "a schema that is broken",
    behave: provoke(json({ type: "subscribe", subscriptions: [{ agents: true }] }), several),
    must: ["error invalid_message", "open"],
  },
  {
    title: "a correlation id of 10,000 characters",
    behave: provoke(json({ type: "ping", correlation_id: "x".repeat(10_000) }), several),
    must: ["error invalid_message", "open"],
  },
  {
    title: "topics that do not exist",
    behave: provoke(json({ type: "subscribe", subscriptions: ["secrets", "../agents", ""] }), several),
    must: ["error invalid_subscription", "open"],
  },
  {
    title: "too many topics",
    behave: provoke(json({ type: "subscribe", subscriptions: manyTopics }), several),
    must: ["error too_many_subscriptions", "open"],
  },
  {
    title: "10,000 topics in one request",
    behave: provoke(json({ type: "subscribe", subscriptions: Array.from({ length: 10_000 }, () => "x") }), 4),
    must: ["error invalid_subscription", "open"],
  },
  {
    title: "positions of a run that never was",
    behave: provoke(
      json({
        type: "subscribe",
        subscriptions: ["agents"],
        resume: {
          agents: { epoch: "x".repeat(64), offset: Number.MAX_SAFE_INTEGER },
          __proto__: { epoch: "x", offset: 0 },
          nowhere: { epoch: "x", offset: 0 },
        },
      }),
      several,
    ),
    must: ["open"],
  },
  {
    title: "subscribe and unsubscribe in turns",
    behave: provoke(
      Buffer.concat(["subscribe", "unsubscribe"].map((type) => json({ type, subscriptions: ["agents"] }))),
      several / 2,
    ),
    must: ["open"],
  },
  {
    title: "objects that nest 10,000 deep",
    behave: provoke(text(`${'{"type":'.repeat(deep / 2)}"ping"${"}".repeat(deep / 2)}`)),
    must: ["close 1008"],
  },
  {
    title: "arrays that nest 10,000 deep",
    behave: provoke(text(`${"[".repeat(deep)}${"]".repeat(deep)}`), several),
    must: ["error invalid_json", "open"],
  },
  {
    title: "__proto__ in place of a type",
    behave: provoke(text('{"__proto__":{"type":"ping"}}'), several),
    must: ["error invalid_message", "open"],
  },
  {
    title: "keys that name what every object inherits",
    behave: provoke(
      text(
        '{"type":"ping","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}',
      ),
      several,
    ),
    must: ["open"],
  },
  {
    title: "a key twice, the second of them unknown",
    behave: provoke(text('{"type":"ping","type":"weather"}'), several),
    must: ["error unknown_message_type", "open"],
  },
  {
    title: "a bucket that is empty",
    behave: flood(ping, 2_000),
    must: ["error rate_limited"],
    may: ["close 4429", "cut"],
    floorMs: 100,
  },
  {
    title: "a flood in one write",
    behave: flood(Buffer.concat(Array.from({ length: 400 }, () => ping)), 4),
    must: ["error rate_limited"],
    may: ["close 4429", "cut"],
    floorMs: 100,
  },
  {
    title: "a flood of credentials",
    behave: flood(textFrame('{"type":"authenticate","access_token":"wrong-token-of-an-attacker"}'), 100),
    must: ["error unauthorized", "close 4401"],
    may: ["cut"],
  },
  {
    title: "a binary frame",
    behave: provoke(wireFrame({ opcode: opcodes.binary, payload: "x" })),
    must: ["close 1003"],
  },
];
