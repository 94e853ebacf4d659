import { expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { createConnection } from "../../src/connection.js";
import { ScriptedServer } from "../support/scripted-server.js";
import { turns } from "../support/turns.js";

it("hangs up a socket that the loop has not taken yet without an uncaught error", async () => {
  const server = await ScriptedServer.start();
  const uncaught = vi.fn();
  process.on("uncaughtException", uncaught);
  const made: WebSocket[] = [];
  const closed = vi.fn();
  const makeSocket = (url: string): WebSocket => {
    const socket = new WebSocket(url);
    made.push(socket);
    return socket;
  };
  const transport = createConnection(makeSocket, {
    opened: () => {},
    received: () => {},
    closed,
    refused: () => {},
  });
  transport.dial(server.url);
  (await server.accept()).socket.close(1001);
  await vi.waitUntil(() => closed.mock.calls.length > 0, { interval: 1 });
  // By then the loop asks for its next URL, so that dial makes the socket before it returns.
  await turns();
  transport.dial(server.url);
  const socket = made[1];
  transport.hangUp();
  await new Promise((resolve) => socket?.on("close", resolve));
  expect(made).toHaveLength(2);
  expect(uncaught).not.toHaveBeenCalled();
  process.off("uncaughtException", uncaught);
  await server.stop();
});
