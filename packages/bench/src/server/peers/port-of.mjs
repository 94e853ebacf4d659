// @ts-check
import { once } from "node:events";

/** Lets a server listen on a free port of the loopback, and says which. @param {import("node:http").Server} http */
export async function portOf(http) {
  // Whoever asks for a page is told that there is none.
  if (http.listenerCount("request") === 0) http.on("request", (_, response) => response.writeHead(404).end());
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  if (address === null || typeof address === "string") throw new TypeError("the server has no port");
  return address.port;
}
