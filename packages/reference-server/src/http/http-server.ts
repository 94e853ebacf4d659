import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { answerOtherUpgrades } from "./answer-upgrade.js";
import { bounds } from "./bounds.js";
import { type Problem, problemOf, problemText, problemType, writeProblem } from "./problem.js";

/** Statuses of what the parser of requests refuses. */
const parserStatuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers on a socket whose request never became one. */
function writeRaw(socket: Duplex, problem: Problem): void {
  const text = problemText(problem);
  const title = problem.status === 431 ? "Request Header Fields Too Large" : "Bad Request";
  socket.end(
    `HTTP/1.1 ${problem.status} ${title}\r\nConnection: close\r\nContent-Type: ${problemType}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

function onClientError(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  // The peer may keep its half open for ever.
  socket.once("finish", () => socket.destroy());
  writeRaw(socket, problemOf(parserStatuses[error.code ?? ""] ?? 400));
}

/** What keeps a request from every route: its URL is too long, or it does not name one host (RFC 9112 section 3.2). */
function refusalOf({ url = "", httpVersion, rawHeaders }: IncomingMessage): number | undefined {
  if (url.length > bounds.urlLength) return 414;
  const hosts = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === "host").length;
  return hosts === 1 || (hosts === 0 && httpVersion === "1.0") ? undefined : 400;
}

/**
 * A bare HTTP server with every bound in place. It knows no routes: `answer` gets the requests.
 * @param answer - upgrades are not among them
 * @param webSocketPaths - where upgrades are left to who serves WebSockets
 */
export function createHttpServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  webSocketPaths: readonly string[],
): Server {
  const http = createServer({
    maxHeaderSize: bounds.headerBytes,
    headersTimeout: bounds.requestTimeoutMs,
    requestTimeout: bounds.requestTimeoutMs,
    connectionsCheckingInterval: bounds.checkEveryMs,
    keepAliveTimeout: bounds.keepAliveMs,
    // `refusalOf` does this with problem details.
    requireHostHeader: false,
  });
  http.maxHeadersCount = bounds.headers;
  http.setTimeout(bounds.socketTimeoutMs);
  http.on("clientError", onClientError);
  http.on("checkExpectation", (_request, response) => writeProblem(response, problemOf(417)));
  const judge = (request: IncomingMessage, response: ServerResponse): void => {
    const status = refusalOf(request);
    if (status === undefined) answer(request, response);
    else writeProblem(response, problemOf(status));
  };
  http.on("request", judge);
  answerOtherUpgrades(http, webSocketPaths, judge);
  return http;
}
