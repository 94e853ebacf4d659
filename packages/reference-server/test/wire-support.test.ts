import { describe, expect, it } from "vitest";
import { FrameJudge } from "./support/contract-schemas.js";
import { opcodes, textFrame, wireFrame } from "./support/wire-frame.js";
import { WireReader } from "./support/wire-reader.js";

const stamped = { timestamp: "2026-01-01T00:00:00.000Z", correlation_id: "c" };
const hello = {
  type: "connection_established",
  connection_id: "x",
  subscriptions: [],
  server_time: stamped.timestamp,
  contract_version: "1.0.0",
  ...stamped,
};

function faultsOf(...frames: readonly object[]): readonly string[] {
  const faults: string[] = [];
  const judge = new FrameJudge((sentence) => faults.push(sentence));
  for (const frame of frames) judge.read(JSON.stringify(frame));
  return faults;
}

describe("the judge of frames", () => {
  const rows: readonly [title: string, frames: readonly object[], want: RegExp | undefined][] = [
    ["takes a pong", [{ type: "pong", ...stamped }], undefined],
    ["takes the newest version before any is agreed", [{ type: "authenticated", ...stamped }], undefined],
    ["refuses what is no message", [{ type: "weather", ...stamped }], /breaks the schema/],
    ["refuses a frame without a timestamp", [{ type: "pong", correlation_id: "c" }], /breaks the schema/],
    ["refuses a local time", [{ type: "pong", ...stamped, timestamp: "2026-01-01" }], /has no timestamp/],
    [
      "refuses a newer message on an older connection",
      [hello, { type: "authenticated", ...stamped }],
      /1\.0\.0/,
    ],
    [
      "refuses a newer property on an older connection",
      [hello, { type: "error", message: "Invalid", code: "internal", ...stamped }],
      /carries "code", which 1\.0\.0 does not declare/,
    ],
    ["takes a patch version by its own name", [{ ...hello, contract_version: "1.0.9" }], undefined],
  ];
  it.each(rows)("%s", (_title, frames, want) => {
    const faults = faultsOf(...frames);
    if (want === undefined) expect(faults).toEqual([]);
    else expect(faults).toEqual([expect.stringMatching(want)]);
  });
});

describe("the reader of server frames", () => {
  const server = (text: string) => wireFrame({ opcode: opcodes.text, payload: text, masked: false });

  it.each([1, 7, 130, 70_000])("reads a frame of %i bytes whatever pieces it comes in", (length) => {
    const bytes = server("x".repeat(length));
    const reader = new WireReader();
    const pieces = Array.from({ length: Math.ceil(bytes.length / 97) }, (_, index) =>
      bytes.subarray(index * 97, (index + 1) * 97),
    );
    const messages = pieces.flatMap((piece) => [...reader.read(Buffer.from(piece))]);
    expect(messages.map(({ payload }) => payload.length)).toEqual([length]);
  });

  it("joins fragments around a ping", () => {
    const reader = new WireReader();
    const bytes = Buffer.concat([
      wireFrame({ opcode: opcodes.text, payload: "a", fin: false, masked: false }),
      wireFrame({ opcode: opcodes.ping, masked: false }),
      wireFrame({ opcode: opcodes.continuation, payload: "b", masked: false }),
    ]);
    expect(reader.read(bytes).map(({ opcode, payload }) => [opcode, String(payload)])).toEqual([
      [opcodes.ping, ""],
      [opcodes.text, "ab"],
    ]);
  });

  it.each([
    ["a masked frame", textFrame("x")],
    ["reserved bits", wireFrame({ opcode: opcodes.text, rsv: 1, masked: false })],
    ["a continuation of nothing", wireFrame({ opcode: opcodes.continuation, masked: false })],
  ])("throws on %s", (_title, bytes) => {
    expect(() => new WireReader().read(bytes)).toThrow(/the server/);
  });
});
