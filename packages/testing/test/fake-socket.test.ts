import { type Client, createClient } from "@hivewire/client";
import { contract, type DashboardTypes } from "@hivewire/contract";
import { schema } from "@hivewire/contract/schema";
import { validators } from "@hivewire/contract/validators";
import { createSamples, FakeNetwork, FakeSocket } from "@hivewire/testing";
import { describe, expect, it, vi } from "vitest";

/** A socket, and what its events told. */
function watched(): { readonly socket: FakeSocket; readonly told: unknown[] } {
  const socket = new FakeSocket("ws://app.test/ws", ["chat"]);
  const told: unknown[] = [];
  socket.addEventListener("open", () => told.push("open"));
  socket.addEventListener("message", ({ data }) => told.push(data));
  socket.addEventListener("error", () => told.push("error"));
  socket.addEventListener("close", ({ code, reason, wasClean }) => told.push([code, reason, wasClean]));
  return { socket, told };
}

describe("a fake socket", () => {
  it("opens, delivers and ends only when it is told to", () => {
    const { socket, told } = watched();
    expect([socket.url, socket.protocols, socket.readyState]).toEqual(["ws://app.test/ws", ["chat"], 0]);
    socket.open();
    socket.deliver("a");
    socket.deliverFrame({ type: "pong" });
    socket.end(4401, "expired");
    expect(told).toEqual(["open", "a", '{"type":"pong"}', [4401, "expired", true]]);
    expect(socket.readyState).toBe(3);
  });

  it("keeps what was sent while it was open, and drops what comes after", () => {
    const { socket } = watched();
    expect(() => socket.send("early")).toThrow(expect.objectContaining({ name: "InvalidStateError" }));
    socket.open();
    socket.send('{"type":"ping"}');
    socket.send(new Uint8Array([1]));
    socket.close(1000, "done");
    socket.send("late");
    expect([socket.sent, socket.sentFrames]).toEqual([
      ['{"type":"ping"}', new Uint8Array([1])],
      [{ type: "ping" }],
    ]);
  });

  const ends: readonly {
    readonly title: string;
    readonly drive: (socket: FakeSocket) => void;
    readonly code?: number;
    readonly want: readonly unknown[];
  }[] = [
    { title: "the code of close", drive: (s: FakeSocket) => s.close(4000, "bye"), want: [4000, "bye", true] },
    { title: "no clean close for 1006", drive: () => {}, code: 1006, want: [1006, "", false] },
    { title: "1000 when nobody said a code", drive: () => {}, want: [1000, "", true] },
  ];
  it.each(ends)("ends with $title", ({ drive, code, want }) => {
    const { socket, told } = watched();
    socket.open();
    drive(socket);
    socket.end(code);
    expect(told).toEqual(["open", want]);
  });

  it("fails with an error before a close that is not clean, also before it was open", () => {
    const { socket, told } = watched();
    socket.fail();
    expect(told).toEqual(["error", [1006, "", false]]);
  });

  it("still delivers while it closes", () => {
    const { socket, told } = watched();
    socket.open();
    socket.close();
    socket.deliver("last");
    expect(told).toEqual(["open", "last"]);
    expect(socket.closeCalls).toEqual([{ code: undefined, reason: undefined }]);
  });

  it.each([0, 999, 1001, 1006, 2999, 5000])("refuses to be closed with %s, as a browser does", (code) => {
    expect(() => watched().socket.close(code)).toThrow(
      expect.objectContaining({ name: "InvalidAccessError" }),
    );
  });

  const misuse: readonly (readonly [string, (socket: FakeSocket) => void])[] = [
    ["open twice", (socket) => [socket.open(), socket.open()]],
    ["deliver before it is open", (socket) => socket.deliver("x")],
    ["deliver after the end", (socket) => [socket.open(), socket.end(), socket.deliver("x")]],
    ["end twice", (socket) => [socket.end(), socket.end()]],
    ["fail after the end", (socket) => [socket.end(), socket.fail()]],
  ];
  it.each(misuse)("says so when a test makes it %s", (_title, drive) => {
    expect(() => drive(watched().socket)).toThrow(expect.objectContaining({ code: "socket_state" }));
  });

  it("calls handlers that are properties, and listeners once or until they are removed", () => {
    const socket = new FakeSocket("ws://app.test");
    const [handler, once, gone] = [vi.fn(), vi.fn(), vi.fn()];
    socket.onmessage = handler;
    socket.addEventListener("message", once, { once: true });
    socket.addEventListener("message", gone);
    socket.addEventListener("message", gone);
    socket.removeEventListener("message", gone);
    socket.open();
    socket.deliver(1);
    socket.deliver(2);
    expect([handler, once, gone].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 0]);
    expect(socket.listenerCount).toBe(0);
  });

  it("hands an event to every listener before it throws what one of them threw", () => {
    const socket = new FakeSocket("ws://app.test");
    const [second, closed] = [vi.fn(), vi.fn()];
    const fault = new Error("listener");
    socket.addEventListener("error", () => {
      throw fault;
    });
    socket.addEventListener("error", second);
    socket.onclose = closed;
    expect(() => socket.fail()).toThrow(fault);
    expect([second, closed].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });
});

describe("a fake network", () => {
  const samples = createSamples({ contract, schema, validators });

  it("carries the client of this project from its first socket to the next", async () => {
    const network = new FakeNetwork();
    const client: Client<DashboardTypes> = createClient(contract, {
      url: "ws://app.test/ws",
      WebSocket: network.WebSocket,
      reconnect: { firstSpreadMs: 0, minDelayMs: 0, maxDelayMs: 0 },
    });
    const connected = client.connect();
    const greeting = samples.frame("connection_established", { fields: { contract_version: "1.1.0" } });
    const first = await network.next();
    first.open();
    first.deliverFrame(greeting);
    await connected;
    const update = samples.frame("agent_update");
    const arrived = vi.fn();
    client.subscribe("agents", arrived);
    first.deliverFrame(update);
    expect(arrived).toHaveBeenCalledWith(update);
    first.fail();
    const second = await network.next();
    second.open();
    second.deliverFrame(greeting);
    expect(client.contractVersion).toBe("1.1.0");
    client.close();
    expect(network.sockets.map(({ readyState }) => readyState)).toEqual([3, 2]);
  });

  it("hands out sockets in the order in which they were dialled", async () => {
    const network = new FakeNetwork();
    const early = network.next();
    const made = ["ws://a.test", "ws://b.test"].map((url) => new network.WebSocket(url));
    expect([await early, await network.next()]).toEqual(made);
  });
});
