import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawClient } from "../support/raw-client.js";
import { type ServerProcess, startServerProcess } from "../support/server-process.js";
import { opcodes, textFrame, wireFrame } from "../support/wire-frame.js";

let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess();
});
afterAll(() => server.stop());

describe("a refused frame", () => {
  const rows: readonly [title: string, frame: Buffer, want: object][] = [
    ["that is no JSON", textFrame("not-json"), { code: "invalid_json" }],
    ["over 64 KiB", textFrame(" ".repeat(65_537)), { code: "message_too_large" }],
    [
      "of an unknown type",
      textFrame('{"type":"weather","correlation_id":"c-1"}'),
      { code: "unknown_message_type", type: "weather", correlation_id: "c-1", pointer: "/type" },
    ],
    [
      "that breaks the schema",
      textFrame('{"type":"subscribe","subscriptions":1,"correlation_id":"c-2"}'),
      {
        code: "invalid_message",
        type: "subscribe",
        correlation_id: "c-2",
        pointer: "/subscriptions",
      },
    ],
    [
      "with topics that do not exist",
      textFrame('{"type":"subscribe","subscriptions":["nowhere"],"correlation_id":"c-3"}'),
      {
        code: "invalid_subscription",
        type: "subscribe",
        correlation_id: "c-3",
        pointer: "/subscriptions",
      },
    ],
    [
      "with too many topics",
      textFrame(
        JSON.stringify({ type: "subscribe", subscriptions: [..."abcdefghijkl"], correlation_id: "c-4" }),
      ),
      {
        code: "too_many_subscriptions",
        type: "subscribe",
        correlation_id: "c-4",
        pointer: "/subscriptions",
      },
    ],
    [
      "over the rate",
      Buffer.concat(Array.from({ length: 60 }, () => textFrame('{"type":"ping"}'))),
      { code: "rate_limited" },
    ],
    ["that is binary", wireFrame({ opcode: opcodes.binary, payload: "x" }), { code: "unsupported_data" }],
    ["that nests too deep", textFrame(`{"a":${"[".repeat(300)}`), { code: "policy" }],
  ];

  it.each(rows)("%s is one line of the log, with what it was about", async (_title, frame, want) => {
    const peer = new RawClient({ port: server.port });
    await peer.opened();
    await peer.until(({ frames }) => frames.length > 0);
    const id = peer.frames[0]?.connection_id;
    peer.write(frame);
    await peer.until(
      ({ frames, closeCode }) => closeCode !== undefined || frames.some(({ type }) => type === "error"),
    );
    peer.cut();
    const lines = () =>
      server.log().filter(({ connection_id, level }) => connection_id === id && level === 40);
    await expect.poll(lines).toHaveLength(1);
    const [line] = lines();
    expect(line).toMatchObject({ msg: "a frame was refused", ...want });
  });
});
