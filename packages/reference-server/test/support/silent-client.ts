import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A WebSocket client that says nothing after its handshake, not even goodbye. */
export async function silentClient(webSocketUrl: string): Promise<Socket> {
  const { hostname, port, pathname } = new URL(webSocketUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {});
  const key = randomBytes(16).toString("base64");
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  await once(socket, "data");
  return socket;
}
