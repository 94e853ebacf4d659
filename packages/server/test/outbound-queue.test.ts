import { resolveLimits } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { Metrics } from "../src/metrics.js";
import { FrameBatch } from "../src/outbound-frame.js";
import { type Delivery, OutboundQueue } from "../src/outbound-queue.js";
import type { Socket } from "../src/socket.js";

describe("FrameBatch", () => {
  const rows: readonly [title: string, text: string, header: readonly number[]][] = [
    ["seven bits of length", "x".repeat(125), [0x81, 125]],
    ["two bytes of length", "x".repeat(126), [0x81, 126, 0, 126]],
    ["the most that two bytes hold", "x".repeat(65_535), [0x81, 126, 0xff, 0xff]],
    ["eight bytes of length", "x".repeat(65_536), [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
    ["bytes, not characters", "é", [0x81, 2]],
  ];
  it.each(rows)("frames with %s (RFC 6455 section 5.2)", (_title, text, header) => {
    const { bytes, payloadBytes } = new FrameBatch([text]);
    expect([...bytes.subarray(0, header.length)]).toEqual(header);
    expect(bytes.subarray(header.length).toString()).toBe(text);
    expect(payloadBytes).toBe(Buffer.byteLength(text));
  });

  it("joins frames in their order, and frames them once", () => {
    const batch = new FrameBatch(["a", "bc"]);
    expect([...batch.bytes]).toEqual([0x81, 1, 0x61, 0x81, 2, 0x62, 0x63]);
    expect(batch.bytes).toBe(batch.bytes);
  });
});

/** A queue over a socket that holds as much as it is told to. */
function createQueue() {
  const sent: string[] = [];
  const socket = { waitingBytes: 0, send: ({ texts }: FrameBatch) => void sent.push(...texts) };
  const metrics = new Metrics();
  // The queue asks nothing else of a socket.
  const queue = new OutboundQueue(socket as unknown as Socket, () => resolveLimits(), metrics);
  const deliver = (...frames: readonly (readonly [text: string, key?: string])[]) => {
    const delivery: Delivery = {
      frames: frames.map(([text, key]) => ({ text, coalesceKey: () => key })),
      batch: new FrameBatch(frames.map(([text]) => text)),
    };
    return queue.deliver(delivery);
  };
  const counts = () => {
    const {
      messages_attempted_total,
      messages_sent_total,
      messages_send_failures_total,
      messages_coalesced_total,
    } = metrics.snapshot();
    return [
      messages_attempted_total,
      messages_sent_total,
      messages_send_failures_total,
      messages_coalesced_total,
    ];
  };
  return { queue, socket, sent, deliver, counts };
}

const full = 65_537;
const lost = 1_048_577;

describe("OutboundQueue", () => {
  it("sends while there is room", () => {
    const { deliver, sent } = createQueue();
    expect([deliver(["a"], ["b"]), sent]).toEqual(["sent", ["a", "b"]]);
  });

  it("drops topic frames that find it full, and gives up at the fifth time in a row", () => {
    const { deliver, socket, queue, counts } = createQueue();
    socket.waitingBytes = full;
    expect([deliver(["a"], ["b"]), deliver(["c"]), deliver(["d"]), deliver(["e"])]).toEqual(
      Array(4).fill("kept"),
    );
    expect(deliver(["f"])).toBe("lost");
    expect([queue.failures, counts()]).toEqual([5, [0, 0, 6, 0]]);
  });

  it("forgives when there was room in between", () => {
    const { deliver, socket, queue } = createQueue();
    socket.waitingBytes = full;
    for (let count = 0; count < 4; count++) deliver(["a"]);
    socket.waitingBytes = 0;
    deliver(["b"]);
    expect(queue.failures).toBe(0);
  });

  it("gives up at once over the hard bound", () => {
    const { deliver, socket, queue } = createQueue();
    socket.waitingBytes = lost;
    expect([deliver(["a"]), queue.answer("b")]).toEqual(["lost", false]);
  });

  it("keeps the newest frame of a key until there is room, in the order of the newest", () => {
    const { deliver, socket, queue, sent, counts } = createQueue();
    socket.waitingBytes = full;
    for (const frame of [
      ["a1", "a"],
      ["b1", "b"],
      ["a2", "a"],
    ] as const)
      expect(deliver(frame)).toBe("kept");
    expect(queue.failures).toBe(0);
    socket.waitingBytes = 0;
    queue.drained();
    queue.drained();
    expect([sent, counts()]).toEqual([
      ["b1", "a2"],
      [0, 2, 0, 1],
    ]);
  });

  it("sends what waited before what is new", () => {
    const { deliver, socket, sent } = createQueue();
    socket.waitingBytes = full;
    deliver(["a1", "a"]);
    socket.waitingBytes = 0;
    deliver(["b"]);
    expect(sent).toEqual(["a1", "b"]);
  });

  it("counts what waited when the connection goes as failed", () => {
    const { deliver, socket, queue, counts } = createQueue();
    socket.waitingBytes = full;
    deliver(["a1", "a"]);
    queue.close();
    expect(counts()).toEqual([0, 0, 1, 0]);
  });

  it("sends answers up to the hard bound", () => {
    const { socket, queue, sent } = createQueue();
    socket.waitingBytes = full;
    expect([queue.answer("a"), sent]).toEqual([true, ["a"]]);
  });
});
