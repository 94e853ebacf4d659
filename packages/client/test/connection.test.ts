import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createConnection } from "../src/connection.js";
import type { CreateTransport, Transport } from "../src/transport.js";
import { FakeSocket } from "./support/fake-socket.js";
import { transports } from "./support/transports.js";
import { turns } from "./support/turns.js";

interface Line {
  readonly transport: Transport;
  readonly sockets: FakeSocket[];
  readonly log: string[];
  /** Resolves with the socket of that index once it was made. */
  readonly socket: (index: number) => Promise<FakeSocket>;
}

let create: CreateTransport;
const lines: Line[] = [];

function createLine(failure?: Error): Line {
  const sockets: FakeSocket[] = [];
  const log: string[] = [];
  const makeSocket = vi.fn((url: string) => {
    log.push(`make ${url}`);
    if (failure) throw failure;
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  });
  const transport = create(makeSocket, {
    opened: () => void log.push("opened"),
    received: (data) => void log.push(`received ${String(data)}`),
    closed: (code, reason) => void log.push(`closed ${code} ${reason}`),
    refused: (reason) => void log.push(`refused ${String(reason)}`),
  });
  const socket = (index: number): Promise<FakeSocket> =>
    vi.waitUntil(() => sockets[index], { interval: 1, timeout: 2_000 });
  const line = { transport, sockets, log, socket };
  lines.push(line);
  return line;
}

afterEach(() => {
  for (const { transport } of lines.splice(0)) transport.hangUp();
});

describe.each(transports)("the transport on %s", (_name, createTransport) => {
  beforeEach(() => {
    create = createTransport;
  });

  it("opens nothing before dial", async () => {
    const { log } = createLine();
    await turns();
    expect(log).toEqual([]);
  });

  it("tells what the raw socket does", async () => {
    const { transport, log, socket } = createLine();
    transport.dial("ws://a");
    const first = await socket(0);
    expect(transport.send("early")).toBe(false);
    first.accept();
    first.deliver("hi");
    expect(transport.send("text")).toBe(true);
    first.end(4409, "replaced");
    expect(transport.send("late")).toBe(false);
    expect(first.sent).toEqual(["text"]);
    expect(log).toEqual(["make ws://a", "opened", "received hi", "closed 4409 replaced"]);
  });

  it("reports 1006 for a failed upgrade, where the library says 1000", async () => {
    const { transport, log, socket } = createLine();
    transport.dial("ws://a");
    (await socket(0)).end(1006, "", true);
    expect(log).toEqual(["make ws://a", "closed 1006 "]);
  });

  it("never dials again by itself", async () => {
    const { transport, sockets, socket } = createLine();
    transport.dial("ws://a");
    const first = await socket(0);
    first.accept();
    first.end(1006);
    await turns();
    expect(sockets).toHaveLength(1);
    transport.dial("ws://b");
    await socket(1);
    await turns();
    expect(sockets).toHaveLength(2);
  });

  it("dials many times over, whichever way the attempts end", async () => {
    const { transport, log, socket } = createLine();
    for (let attempt = 0; attempt < 20; attempt++) {
      transport.dial(`ws://${attempt}`);
      const current = await socket(attempt);
      if (attempt % 2) current.accept();
      if (attempt % 3) current.end(1006, "", attempt % 2 === 0);
      else transport.hangUp();
      if (attempt % 5 === 0) await turns();
    }
    expect(log.filter((line) => line.startsWith("make"))).toHaveLength(20);
  });

  it("is silent about a socket that was hung up", async () => {
    const { transport, log, socket } = createLine();
    transport.dial("ws://a");
    const first = await socket(0);
    transport.hangUp();
    first.accept();
    first.deliver("late");
    first.end(1000);
    expect(log).toEqual(["make ws://a"]);
    expect(first.closeCalls).toContain(1000);
  });

  it("reports a socket that cannot be made and rejects nothing behind the scenes", async () => {
    const rejected = vi.fn();
    process.on("unhandledRejection", rejected);
    const { transport, log } = createLine(new Error("mixed content"));
    transport.dial("ws://a");
    await vi.waitUntil(() => log.length === 2);
    await turns();
    process.off("unhandledRejection", rejected);
    expect(log).toEqual(["make ws://a", "refused Error: mixed content"]);
    expect(rejected).not.toHaveBeenCalled();
  });
});

describe("the loop of reconnecting-websocket", () => {
  beforeEach(() => {
    create = createConnection;
  });

  it("makes no socket for a dial that was hung up at once, and takes the next one", async () => {
    const { transport, log, socket } = createLine();
    transport.dial("ws://a");
    transport.hangUp();
    transport.dial("ws://b");
    const second = await socket(0);
    await turns();
    expect(log).toEqual(["make ws://b"]);
    // Set by the library: the living loop has taken the socket, not the one that was hung up.
    expect(second.binaryType).toBe("blob");
  });

  it("leaves no timer of the library behind after a hang-up", async () => {
    const set = vi.spyOn(globalThis, "setTimeout");
    const clear = vi.spyOn(globalThis, "clearTimeout");
    const { transport, socket } = createLine();
    transport.dial("ws://a");
    const first = await socket(0);
    first.accept();
    transport.hangUp();
    const isLong = (ms: unknown): boolean => typeof ms === "number" && ms > 1_000_000;
    const long = set.mock.results.filter((_result, index) => isLong(set.mock.calls[index]?.[1]));
    expect(long).toHaveLength(1);
    for (const { value } of long) expect(clear).toHaveBeenCalledWith(value);
    set.mockRestore();
    clear.mockRestore();
  });

  it("closes a socket that the loop has not taken yet", async () => {
    const { transport, sockets, socket } = createLine();
    transport.dial("ws://a");
    (await socket(0)).end(1006);
    await turns();
    transport.dial("ws://b");
    transport.hangUp();
    await turns();
    expect(sockets[1]?.closeCalls).toEqual([1000]);
  });
});
