import { once } from "node:events";
import { attachWebSockets, createServer, type Server, type WebSocketRoute } from "@hivewire/server";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type ChatTypes, chat, chatValidators } from "../../support/chat.js";
import { type Host, hello, hosts } from "./hosts.js";

const routes: readonly WebSocketRoute[] = [{ path: "/chat", topics: ["room"] }];

type Got = Readonly<Record<string, unknown>>;

interface Client {
  readonly ws: WebSocket;
  /** The frame that comes next. */
  readonly next: () => Promise<Got>;
  readonly closed: Promise<number>;
}

/** Opens a socket; rejects with the HTTP status when the upgrade is refused. */
function open(port: number, path: string): Promise<Client> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}?contract_versions=1.1.0`);
  const frames: Got[] = [];
  const waiting: ((frame: Got) => void)[] = [];
  ws.on("message", (data) => {
    const frame: Got = JSON.parse(String(data));
    const tell = waiting.shift();
    if (tell) tell(frame);
    else frames.push(frame);
  });
  const next = (): Promise<Got> => {
    const frame = frames.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => waiting.push(resolve));
  };
  const closed = once(ws, "close").then(([code]) => Number(code));
  return new Promise((resolve, reject) => {
    ws.on("open", () => resolve({ ws, next, closed }));
    ws.on("unexpected-response", (_request, response) => {
      response.resume();
      reject(new Error(`HTTP ${response.statusCode}`));
    });
    ws.on("error", reject);
  });
}

function createChat(name = "ann"): Server<ChatTypes> {
  return createServer({ contract: chat, validators: chatValidators }).handle({
    say: () => undefined,
    who: () => ({ type: "members", names: [name] }),
  });
}

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

describe.each(hosts)("mounted on $name", ({ start }) => {
  async function mounted(): Promise<{
    server: Server<ChatTypes>;
    host: Host;
    port: number;
    detach: () => void;
  }> {
    const server = createChat();
    const host = await start();
    const detach = attachWebSockets(server, host.http, { routes });
    const port = await host.listen();
    cleanUps.push(async () => {
      await server.close(100);
      if (host.http.listening) await host.close();
    });
    return { server, host, port, detach };
  }

  it("greets a client, answers it and sends it what is published", async () => {
    const { server, port } = await mounted();
    const client = await open(port, "/chat");
    expect(await client.next()).toMatchObject({ type: "connection_established", subscriptions: ["room"] });
    client.ws.send('{"type":"who"}');
    expect(await client.next()).toMatchObject({ type: "members", names: ["ann"] });
    await server.publish("room", { type: "said", subscription: "room", data: { text: "hi" } });
    expect(await client.next()).toMatchObject({ type: "said", data: { text: "hi" } });
  });

  it("leaves the host's own routes and bodies as they are", async () => {
    const { port } = await mounted();
    const base = `http://127.0.0.1:${port}`;
    expect(await (await fetch(`${base}/hello`)).json()).toEqual(hello);
    const headers = { "Content-Type": "application/json" };
    const echo = await fetch(`${base}/echo`, { method: "POST", headers, body: '{"a":1}' });
    expect(await echo.json()).toEqual({ a: 1 });
    expect((await fetch(`${base}/nothing-here`)).status).toBe(404);
    expect((await fetch(`${base}/chat`)).status).toBe(404);
  });

  it.each(["/other", "/chat/", "/CHAT", "/hello"])("answers an upgrade of %s with 404", async (path) => {
    const { port } = await mounted();
    await expect(open(port, path)).rejects.toThrow("HTTP 404");
  });

  it("leaves other paths to other listeners when it is told to", async () => {
    const host = await start();
    const [first, second] = [createChat("first"), createChat("second")];
    attachWebSockets(first, host.http, { routes, ignoreOtherPaths: true });
    const others = [{ path: "/second", topics: ["room"] }];
    attachWebSockets(second, host.http, { routes: others, ignoreOtherPaths: true });
    const foreign = new WebSocketServer({ noServer: true });
    host.http.on("upgrade", (request, socket, head) => {
      if (request.url?.startsWith("/foreign") !== true) return;
      foreign.handleUpgrade(request, socket, head, (ws) => ws.send('{"type":"foreign"}'));
    });
    const port = await host.listen();
    cleanUps.push(async () => {
      for (const ws of foreign.clients) ws.terminate();
      await Promise.all([first.close(100), second.close(100)]);
      await host.close();
    });
    for (const [path, name] of [
      ["/chat", "first"],
      ["/second", "second"],
    ] as const) {
      const client = await open(port, path);
      await client.next();
      client.ws.send('{"type":"who"}');
      expect(await client.next()).toMatchObject({ names: [name] });
    }
    const client = await open(port, "/foreign");
    expect(await client.next()).toEqual({ type: "foreign" });
  });

  it("closes before its host: clients are told, and the host has nothing to wait for", async () => {
    const { server, host, port, detach } = await mounted();
    const client = await open(port, "/chat");
    await client.next();
    detach();
    await server.close();
    expect(await client.next()).toMatchObject({ type: "disconnect_notice", reason: "server_shutdown" });
    expect([1001, 1012]).toContain(await client.closed);
    expect((await fetch(`http://127.0.0.1:${port}/hello`)).status).toBe(200);
    host.http.closeIdleConnections();
    await host.close();
  });

  it("closes after its host stopped to listen, and the host ends with the last client", async () => {
    const { server, host, port } = await mounted();
    const client = await open(port, "/chat");
    await client.next();
    const hostClosed = host.close();
    await server.close();
    await hostClosed;
    expect([1001, 1006, 1012]).toContain(await client.closed);
  });

  it("lets nobody in once it is closed or detached, and the host goes on", async () => {
    const { server, port, detach } = await mounted();
    await server.close();
    const late = open(port, "/chat").then(
      async (client) => (await client.closed) >= 1001,
      (error: unknown) => String(error).includes("HTTP 503"),
    );
    expect(await late).toBe(true);
    detach();
    await expect(open(port, "/chat")).rejects.toThrow(/HTTP 404|hang up|ECONNRESET/);
    expect((await fetch(`http://127.0.0.1:${port}/hello`)).status).toBe(200);
  });
});
