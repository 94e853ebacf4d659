import { opcodes, textFrame, type WireFrame, wireFrame } from "../support/wire-frame.js";
import { flood, type HostileRow, provoke } from "./arena.js";

const { continuation, text, close, ping, pong } = opcodes;
const frame = (wire: WireFrame): Buffer => wireFrame(wire);
const broken = ["close 1002"] as const;

function closeFrame(payload: Buffer): Buffer {
  return wireFrame({ opcode: close, payload });
}

const status = (code: number, reason: Buffer = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return Buffer.concat([head, reason]);
};

/** Hostile behaviour in RFC 6455 frames: sections 5.1 to 5.5, 7.4 and 8.1. */
export const frameRows: readonly HostileRow[] = [
  {
    title: "an unmasked frame",
    behave: provoke(frame({ opcode: text, payload: "{}", masked: false })),
    must: broken,
  },
  ...[1, 2, 4].map((rsv) => ({
    title: `reserved bit ${rsv}`,
    behave: provoke(frame({ opcode: text, payload: "{}", rsv })),
    must: broken,
  })),
  ...[3, 7, 11, 15].map((opcode) => ({
    title: `the reserved opcode ${opcode}`,
    behave: provoke(frame({ opcode, payload: "x" })),
    must: broken,
  })),
  {
    title: "a length beyond 2^53",
    behave: provoke(
      frame({ opcode: text, payload: "x", length: { form: 64, says: 0xffff_ffff_ffff_ffffn } }),
    ),
    must: ["close 1009"],
  },
  {
    title: "a length of 2 GiB that nothing follows",
    behave: provoke(frame({ opcode: text, payload: "x", length: { form: 64, says: 0x8000_0000n } })),
    must: ["close 1009"],
  },
  {
    title: "a continuation of nothing",
    behave: provoke(frame({ opcode: continuation, payload: "{}" })),
    must: broken,
  },
  {
    title: "a message within a message",
    behave: provoke(
      Buffer.concat([wireFrame({ opcode: text, payload: "{", fin: false }), textFrame('{"type":"ping"}')]),
    ),
    must: broken,
  },
  {
    title: "a ping in fragments",
    behave: provoke(frame({ opcode: ping, payload: "x", fin: false })),
    must: broken,
  },
  {
    title: "a ping of more than 125 bytes",
    behave: provoke(frame({ opcode: ping, payload: "x".repeat(126) })),
    must: broken,
  },
  {
    title: "a pong of more than 125 bytes",
    behave: provoke(frame({ opcode: pong, payload: "x".repeat(126) })),
    must: broken,
  },
  {
    title: "text that is no UTF-8",
    behave: provoke(textFrame(Buffer.from([0x7b, 0xc3, 0x28, 0x7d]))),
    must: ["close 1007"],
  },
  {
    title: "half of a surrogate pair as UTF-8",
    behave: provoke(textFrame(Buffer.from([0xed, 0xa0, 0x80]))),
    must: ["close 1007"],
  },
  { title: "a close frame of one byte", behave: provoke(closeFrame(Buffer.from([3]))), must: broken },
  {
    title: "a close code that must not be sent",
    behave: provoke(closeFrame(status(1006))),
    must: broken,
  },
  {
    title: "a close reason that is no UTF-8",
    behave: provoke(closeFrame(status(1000, Buffer.from([0xff])))),
    must: ["close 1007"],
  },
  {
    title: "a message of endless fragments",
    behave: provoke(
      Buffer.concat([
        wireFrame({ opcode: text, payload: "{", fin: false }),
        ...Array.from({ length: 20_000 }, () =>
          wireFrame({ opcode: continuation, payload: " ", fin: false }),
        ),
      ]),
    ),
    must: ["close 1008"],
    may: ["cut"],
  },
  {
    title: "a message of empty fragments",
    behave: provoke(
      Buffer.concat([
        wireFrame({ opcode: text, fin: false }),
        ...Array.from({ length: 20_000 }, () => wireFrame({ opcode: continuation, fin: false })),
      ]),
    ),
    must: ["close 1008"],
    may: ["cut"],
  },
  {
    title: "a flood of pings",
    behave: flood(
      Buffer.concat(Array.from({ length: 100 }, () => wireFrame({ opcode: ping, payload: "x".repeat(125) }))),
      10,
    ),
    must: ["error rate_limited"],
    may: ["close 4429", "cut"],
    floorMs: 100,
  },
  {
    title: "a flood of pongs that nobody asked for",
    behave: flood(
      Buffer.concat(Array.from({ length: 100 }, () => wireFrame({ opcode: pong, payload: "x".repeat(125) }))),
      10,
    ),
    must: ["error rate_limited"],
    may: ["close 4429", "cut"],
    floorMs: 100,
  },
];
