import { once } from "node:events";
import { connect } from "node:net";
import { startReferenceServer } from "@hivewire/reference-server";
import { expect, it } from "vitest";

it("a refused upgrade whose peer keeps its half open does not hold up the shutdown", async () => {
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(server.url).port), allowHalfOpen: true });
  socket.write("GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  await server.close();
  socket.destroy();
});
