import { ClientError, type Delivery, outbox } from "@hivewire/client";
import { describe, expect, it } from "vitest";
import type { Outbox } from "../src/outbox-types.js";
import { FakeEnvironment } from "./support/fake-environment.js";

const cause = new ClientError("connection-lost", "Failed for the test.");

function createBox(limits: Parameters<typeof outbox>[0] = {}) {
  const environment = new FakeEnvironment();
  const written: string[] = [];
  const outcomes: string[] = [];
  const socket = { isOpen: true, probes: 0 };
  const box = outbox(limits)({
    now: environment.now,
    schedule: environment.schedule,
    write: (text) => {
      if (socket.isOpen) written.push(text);
      return socket.isOpen;
    },
    probe: () => {
      socket.probes++;
    },
  });
  const add = (text: string, id?: string): ReturnType<Outbox["add"]> =>
    box.add({ text, id, settle: ({ status }: Delivery) => outcomes.push(`${text} ${status}`) });
  return { box, add, environment, written, outcomes, socket };
}

describe("outbox", () => {
  it("keeps what comes before the connection, and sends it in order once it is there", () => {
    const { box, add, written } = createBox();
    expect([add("a"), add("b")]).toEqual(["queued", "queued"]);
    box.flush();
    expect(add("c")).toBe("sent");
    expect(written).toEqual(["a", "b", "c"]);
  });

  const bounds: readonly [
    title: string,
    limits: Parameters<typeof outbox>[0],
    texts: string[],
    want: string,
  ][] = [
    ["count", { maxFrames: 2 }, ["a", "b", "c"], "queued queued outbox-full"],
    ["bytes", { maxBytes: 5 }, ["aaa", "bb", "c"], "queued queued outbox-full"],
    ["bytes of UTF-8", { maxBytes: 5 }, ["ää", "ä"], "queued outbox-full"],
  ];
  it.each(bounds)("is bounded by %s", (_title, limits, texts, want) => {
    const { add } = createBox(limits);
    expect(texts.map((text) => add(text)).join(" ")).toBe(want);
  });

  it("counts what was written until it is known to have arrived", () => {
    const { box, add } = createBox({ maxFrames: 2 });
    box.flush();
    expect([add("a", "1"), add("b"), add("c")]).toEqual(["sent", "sent", "outbox-full"]);
    box.proven("1");
    expect(add("c")).toBe("sent");
  });

  it("asks for a proof when half of it is in doubt", () => {
    const { box, add, socket } = createBox({ maxFrames: 4 });
    box.flush();
    add("a");
    expect(socket.probes).toBe(0);
    add("b");
    expect(socket.probes).toBe(1);
  });

  it("lets the burst through at once and the rest at its pace, without a timer left", () => {
    const { box, add, environment, written } = createBox({ burst: 2, perSecond: 10 });
    box.flush();
    expect(["a", "b", "c", "d"].map((text) => add(text))).toEqual(["sent", "sent", "queued", "queued"]);
    environment.advance(99);
    expect(written).toEqual(["a", "b"]);
    environment.advance(1);
    expect(written).toEqual(["a", "b", "c"]);
    environment.advance(100);
    expect(written).toEqual(["a", "b", "c", "d"]);
    expect(environment.timers).toBe(0);
  });

  it("counts the client's own frames for the pace", () => {
    const { box, add } = createBox({ burst: 2, perSecond: 1 });
    box.flush();
    box.passed(undefined);
    expect([add("a"), add("b")]).toEqual(["sent", "queued"]);
  });

  it("knows that what was written before an answered frame arrived", () => {
    const { box, add, outcomes } = createBox();
    box.flush();
    add("a");
    add("b", "1");
    add("c");
    box.passed("ping");
    add("d");
    box.proven("1");
    expect(outcomes).toEqual(["a delivered", "b delivered"]);
    box.proven("ping");
    expect(outcomes.slice(2)).toEqual(["c delivered"]);
    box.proven("unknown");
    expect(outcomes).toHaveLength(3);
  });

  it("says maybe-delivered of what was written when the connection dies, never sends it again, and keeps the rest", () => {
    const { box, add, outcomes, written, socket } = createBox();
    box.flush();
    add("a");
    socket.isOpen = false;
    expect(add("b")).toBe("queued");
    box.lost(cause, false);
    expect(outcomes).toEqual(["a maybe-delivered"]);
    socket.isOpen = true;
    expect(add("c")).toBe("queued");
    box.flush();
    expect(written).toEqual(["a", "b", "c"]);
  });

  it("drops what waits at the end, and leaves no timer", () => {
    const { box, add, outcomes, environment } = createBox({ burst: 1, perSecond: 1 });
    box.flush();
    add("a");
    add("b");
    box.lost(cause, true);
    expect(outcomes).toEqual(["a maybe-delivered", "b dropped"]);
    expect(environment.timers).toBe(0);
  });

  it("takes back what still waits, and nothing else", () => {
    const { box, environment, written } = createBox({ maxFrames: 2, burst: 1, perSecond: 1 });
    const parcel = (text: string) => ({ text, id: undefined, settle: () => {} });
    const [first, second] = [parcel("a"), parcel("b")];
    box.flush();
    box.add(first);
    box.add(second);
    box.cancel(second);
    box.cancel(first);
    expect(box.add(parcel("c"))).toBe("queued");
    environment.advance(1_000);
    expect(written).toEqual(["a", "c"]);
  });

  it("slows down and admits its doubt when the server says that it drops frames", () => {
    const { box, add, outcomes } = createBox({ burst: 5, perSecond: 1 });
    box.flush();
    add("a");
    box.doubt(cause);
    expect(outcomes).toEqual(["a maybe-delivered"]);
    expect(add("b")).toBe("queued");
  });

  const wrong = ["maxFrames", "maxBytes", "perSecond", "burst"] as const;
  it.each(wrong)("names a wrong %s", (name) => {
    expect(() => outbox({ [name]: 0 })).toThrow(
      `[invalid-option] Failed to set outbox.${name}: 0 is out of range. Please pass 1 to 2147483647.`,
    );
  });
});
