import { once } from "node:events";
import { createClient } from "@hivewire/client";
import { contract } from "@hivewire/contract";
import { startReferenceServer } from "@hivewire/reference-server";
import { type FaultProxyOptions, startFaultProxy } from "@hivewire/testing/proxy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { dial, type Line, startTcpServer, type TcpServer } from "../support/tcp.js";

let server: TcpServer;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  server = await startTcpServer();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await server.stop();
});

async function start(options: Partial<FaultProxyOptions> = {}) {
  const proxy = await startFaultProxy({ target: server.url, ...options });
  stops.push(() => proxy.stop());
  return proxy;
}

/** A client through the proxy, and its connection at the server. */
async function pair(port: number): Promise<readonly [client: Line, peer: Line]> {
  const client = await dial(port);
  stops.push(async () => client.socket.destroy());
  return [client, await server.accept()];
}

describe("a proxy that passes", () => {
  it("carries bytes and ends both ways", async () => {
    const proxy = await start();
    expect(proxy.url).toBe(`ws://127.0.0.1:${proxy.port}/ws`);
    const [client, peer] = await pair(proxy.port);
    client.socket.write("up");
    peer.socket.write("down");
    expect([await peer.read(2), await client.read(4), proxy.connections]).toEqual(["up", "down", 1]);
    const ended = once(proxy, "ended");
    client.socket.end("last");
    expect(await peer.read(4)).toBe("last");
    expect([await client.gone, await peer.gone]).toEqual([undefined, undefined]);
    await ended;
    expect(proxy.connections).toBe(0);
  });

  it("hands a reset on", async () => {
    const proxy = await start();
    const [client, peer] = await pair(proxy.port);
    client.socket.resetAndDestroy();
    expect(await peer.gone).toBe("ECONNRESET");
  });

  it("resets clients when the target is not there", async () => {
    const proxy = await start();
    await server.stop();
    const client = await dial(proxy.port);
    expect(await client.gone).toBe("ECONNRESET");
    server = await startTcpServer();
  });

  it("carries 8 MiB with a reader that is slower than the writer", async () => {
    const proxy = await start();
    const [client, peer] = await pair(proxy.port);
    const sent = "0123456789abcdef".repeat(524_288);
    peer.socket.pause();
    client.socket.write(sent);
    peer.socket.resume();
    expect((await peer.read(sent.length)) === sent).toBe(true);
  });
});

describe("drop", () => {
  it("resets both sides, resolves when they are gone, and lets new ones pass", async () => {
    const proxy = await start();
    const lines = [...(await pair(proxy.port)), ...(await pair(proxy.port))];
    await proxy.drop();
    expect(proxy.connections).toBe(0);
    expect(await Promise.all(lines.map(({ gone }) => gone))).toEqual(Array(4).fill("ECONNRESET"));
    const [client, peer] = await pair(proxy.port);
    client.socket.write("x");
    expect(await peer.read(1)).toBe("x");
  });

  it("waits for nobody that does not read, nor for an end on its way", async () => {
    const proxy = await start();
    const [[client, stuck], [ending]] = [await pair(proxy.port), await pair(proxy.port)];
    stuck.socket.pause();
    client.socket.write("x".repeat(8_388_608));
    ending.socket.end("bye");
    await proxy.drop();
    expect(proxy.connections).toBe(0);
  });
});

describe("delay", () => {
  /** Timers that the test runs. */
  function hand() {
    const timers = new Map<() => void, number>();
    let wake = (): void => {};
    return {
      timers,
      schedule: (run: () => void, delayMs: number) => {
        timers.set(run, delayMs);
        wake();
        return () => timers.delete(run);
      },
      /** Resolves once a timer is set. */
      set: async () => {
        while (timers.size === 0) await new Promise<void>((resolve) => (wake = resolve));
      },
      /** Runs the newest timer. */
      run: () => {
        const [run] = [...timers.keys()].reverse();
        if (run) timers.delete(run);
        run?.();
      },
    };
  }

  it("holds bytes of its direction for so long, and no others", async () => {
    const { schedule, timers, set, run } = hand();
    const proxy = await start({ schedule });
    const [client, peer] = await pair(proxy.port);
    await proxy.delay(250, ["up"]);
    client.socket.write("late");
    peer.socket.write("soon");
    await set();
    expect([await client.read(4), peer.rest(), [...timers.values()]]).toEqual(["soon", "", [250]]);
    run();
    expect(await peer.read(4)).toBe("late");
  });

  it("keeps bytes in order whichever timer fires first, and an end behind them", async () => {
    const { schedule, timers, set, run } = hand();
    const proxy = await start({ schedule });
    const [client, peer] = await pair(proxy.port);
    await proxy.delay(250);
    client.socket.write("a");
    await set();
    await proxy.delay(10);
    client.socket.end("b");
    while (timers.size < 3) await set().then(() => new Promise(setImmediate));
    run();
    expect(await peer.read(1)).toBe("a");
    run();
    run();
    expect([await peer.read(1), await peer.gone]).toEqual(["b", undefined]);
  });

  it("reads no more than its bound, and loses nothing of it", async () => {
    const { schedule, timers, set, run } = hand();
    const proxy = await start({ schedule, maxBufferBytes: 1 });
    const [client, peer] = await pair(proxy.port);
    await proxy.delay(1, ["up"]);
    const sent = "0123456789abcdef".repeat(65_536);
    client.socket.write(sent);
    let most = 0;
    let isDone = false;
    const received = peer.read(sent.length).then((text) => {
      isDone = true;
      return text === sent;
    });
    while (!isDone) {
      await Promise.race([set(), received]);
      most = Math.max(most, timers.size);
      run();
    }
    expect([await received, most]).toEqual([true, 1]);
  });

  it("lets what waits arrive when it ends", async () => {
    const { schedule, timers, set } = hand();
    const proxy = await start({ schedule });
    const [client, peer] = await pair(proxy.port);
    await proxy.delay(60_000);
    client.socket.write("x");
    await set();
    await proxy.pass();
    expect([await peer.read(1), timers.size]).toEqual(["x", 0]);
  });
});

describe("a half-open connection", () => {
  it.each(["up", "down"] as const)("takes bytes %s and delivers none, the other way goes on", async (way) => {
    const proxy = await start();
    const [client, peer] = await pair(proxy.port);
    const [from, to] = way === "up" ? [client, peer] : [peer, client];
    await proxy.halfOpen([way]);
    const swallowed = once(proxy, "swallowed");
    from.socket.write("lost");
    to.socket.write("kept");
    expect([await swallowed, await from.read(4), to.rest()]).toEqual([[4, way], "kept", ""]);
  });

  it("tells nobody of an end or a reset, until it heals with a reset", async () => {
    const proxy = await start();
    const [[first, firstPeer], [second, secondPeer]] = [await pair(proxy.port), await pair(proxy.port)];
    await proxy.halfOpen();
    first.socket.end("bye");
    second.socket.resetAndDestroy();
    await once(proxy, "swallowed");
    await second.gone;
    firstPeer.socket.write("still here");
    secondPeer.socket.write("still here");
    await once(proxy, "swallowed");
    expect([firstPeer.socket.readyState, secondPeer.socket.readyState]).toEqual(["open", "open"]);
    await proxy.pass();
    expect(await Promise.all([firstPeer.gone, secondPeer.gone])).toEqual(["ECONNRESET", "ECONNRESET"]);
  });

  it("whose client is gone is reset when it heals", async () => {
    const proxy = await start();
    const [client, peer] = await pair(proxy.port);
    await proxy.halfOpen(["up"]);
    client.socket.resetAndDestroy();
    await client.gone;
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(peer.socket.readyState).toBe("open");
    await proxy.pass();
    expect(await peer.gone).toBe("ECONNRESET");
  });

  it("that lost nothing goes on when it heals", async () => {
    const proxy = await start();
    const [client, peer] = await pair(proxy.port);
    await proxy.halfOpen();
    await proxy.pass();
    client.socket.write("x");
    expect(await peer.read(1)).toBe("x");
  });
});

describe("refuse", () => {
  it("lets nobody in, keeps who is in, and listens on the same port again", async () => {
    const proxy = await start();
    const { port } = proxy;
    const [client, peer] = await pair(port);
    await proxy.refuse();
    expect(await (await dial(port)).gone).toBe("ECONNREFUSED");
    client.socket.write("x");
    expect(await peer.read(1)).toBe("x");
    await proxy.pass();
    const [again, peerAgain] = await pair(port);
    again.socket.write("y");
    expect([proxy.port, await peerAgain.read(1)]).toEqual([port, "y"]);
  });
});

describe("answer", () => {
  it.each([503, 429])("gives HTTP %s to an upgrade", async (status) => {
    const proxy = await start();
    await proxy.answer(status);
    const answered = once(proxy, "answered");
    const socket = new WebSocket(proxy.url);
    const [, response] = await once(socket, "unexpected-response");
    expect([response.statusCode, await answered]).toEqual([status, [status]]);
    response.destroy();
  });

  it("resets a request whose head has no end", async () => {
    const proxy = await start();
    await proxy.answer();
    const client = await dial(proxy.port);
    client.socket.write("x".repeat(20_000));
    expect(await client.gone).toBe("ECONNRESET");
  });
});

describe("cut", () => {
  it.each(["up", "down"] as const)("resets after exactly so many bytes %s", async (way) => {
    const proxy = await start();
    const [client, peer] = await pair(proxy.port);
    const [from, to] = way === "up" ? [client, peer] : [peer, client];
    await proxy.cutAfter(5, way);
    const cut = once(proxy, "cut");
    to.socket.write("any amount");
    expect(await from.read(10)).toBe("any amount");
    from.socket.write("abc");
    expect(await to.read(3)).toBe("abc");
    from.socket.write("defgh");
    await cut;
    // Node tells a reset that comes with data as an end.
    await to.gone;
    expect([await from.gone, to.rest()]).toEqual(["ECONNRESET", "de"]);
  });
});

describe("restart", () => {
  it("resets everyone and is there again, on the same port", async () => {
    const proxy = await start();
    const { port } = proxy;
    const [client] = await pair(port);
    await proxy.refuse();
    await proxy.restart();
    expect([await client.gone, proxy.fault, proxy.port]).toEqual(["ECONNRESET", { kind: "pass" }, port]);
    const [again, peer] = await pair(port);
    again.socket.write("x");
    expect(await peer.read(1)).toBe("x");
  });
});

describe("stop", () => {
  it("leaves nothing open, may be repeated, and is final", async () => {
    const proxy = await start();
    const [client, peer] = await pair(proxy.port);
    await proxy.answer();
    const answered = await dial(proxy.port);
    await proxy.stop();
    await proxy.stop();
    expect(await Promise.all([client.gone, peer.gone, answered.gone])).toEqual(Array(3).fill("ECONNRESET"));
    expect(await (await dial(proxy.port)).gone).toBe("ECONNREFUSED");
    await expect(proxy.pass()).rejects.toMatchObject({ code: "proxy_stopped" });
  });
});

describe("startFaultProxy", () => {
  const faults: readonly {
    readonly title: string;
    readonly options: FaultProxyOptions;
    readonly want: object;
  }[] = [
    { title: "no URL", options: { target: "here" }, want: { code: "invalid_option" } },
    {
      title: "another machine, without its query",
      options: { target: "ws://example.com/ws?access_token=secret" },
      want: { code: "invalid_option", message: expect.not.stringContaining("secret") },
    },
    { title: "TLS", options: { target: "wss://127.0.0.1:1" }, want: { code: "invalid_option" } },
    {
      title: "a port that is none",
      options: { target: "ws://127.0.0.1:1", port: 70_000 },
      want: { code: "invalid_option", message: expect.stringContaining("port: 70000") },
    },
    {
      title: "a buffer of nothing",
      options: { target: "ws://127.0.0.1:1", maxBufferBytes: 0 },
      want: { code: "invalid_option", message: expect.stringContaining("maxBufferBytes: 0") },
    },
  ];
  it.each(faults)("refuses $title", async ({ options, want }) => {
    await expect(startFaultProxy(options)).rejects.toMatchObject({ name: "TestingError", ...want });
  });

  it("says so when somebody else has the port", async () => {
    const port = Number(new URL(server.url).port);
    await expect(startFaultProxy({ target: server.url, port })).rejects.toMatchObject({
      code: "cannot_listen",
      cause: { code: "EADDRINUSE" },
    });
  });

  it.each([
    ["a delay", (p: Awaited<ReturnType<typeof start>>) => p.delay(-1)],
    ["a number of bytes", (p: Awaited<ReturnType<typeof start>>) => p.cutAfter(0)],
    ["a status", (p: Awaited<ReturnType<typeof start>>) => p.answer(200)],
  ] as const)("is told %s within its range only", async (_title, change) => {
    const proxy = await start();
    expect(() => change(proxy)).toThrow(expect.objectContaining({ code: "invalid_option" }));
  });
});

it("brings the SDK back to the reference server after every kind of break", async () => {
  const reference = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  const proxy = await start({ target: reference.webSocketUrl });
  const reconnect = { firstSpreadMs: 0, minDelayMs: 0, maxDelayMs: 0 };
  const client = createClient(contract, { url: proxy.url, WebSocket, reconnect });
  stops.unshift(
    async () => client.close(),
    () => reference.close(),
  );
  let wake = (): void => {};
  let greetings = 0;
  client.on("connection_established", () => {
    greetings++;
    wake();
  });
  const greeted = async (count: number): Promise<void> => {
    while (greetings < count) await new Promise<void>((resolve) => (wake = resolve));
  };
  await client.connect();
  await proxy.drop();
  await greeted(2);
  await proxy.restart();
  await greeted(3);
  const cut = once(proxy, "cut");
  await proxy.cutAfter(10);
  void client.request("ping", {}).catch(() => {});
  await cut;
  await proxy.pass();
  await greeted(4);
  const answered = once(proxy, "answered");
  await proxy.answer();
  await proxy.drop();
  await answered;
  await proxy.pass();
  await greeted(5);
  expect(greetings).toBe(5);
});
