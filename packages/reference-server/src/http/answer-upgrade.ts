import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { problemOf, writeProblem } from "./problem.js";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

function answerPlainly(request: IncomingMessage, socket: Socket, answer: Answer): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // The peer may keep its half open for ever.
  response.once("finish", () => socket.destroySoon());
  const { "content-length": length, "transfer-encoding": coding } = request.headers;
  const hasBody = coding !== undefined || (length !== undefined && length !== "0");
  // Node hands over no body with an upgrade.
  if (hasBody) writeProblem(response, problemOf(400));
  else answer(request, response);
}

/**
 * Answers requests for an upgrade where there are no WebSockets as if they asked for none (RFC 9110 section 7.8): Java's
 * client and `curl --http2` offer HTTP/2 with each first request.
 * @param webSocketPaths - left to whoever serves WebSockets
 */
export function answerOtherUpgrades(http: Server, webSocketPaths: readonly string[], answer: Answer): void {
  http.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const path = URL.canParse(request.url ?? "", "http://localhost")
      ? new URL(request.url ?? "", "http://localhost").pathname
      : "";
    if (webSocketPaths.includes(path)) return;
    socket.on("error", () => socket.destroy());
    if (socket instanceof Socket) answerPlainly(request, socket, answer);
    else socket.destroy();
  });
}
