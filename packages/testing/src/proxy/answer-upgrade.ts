import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { resetSocket } from "./reset-socket.js";

/** Longest head of a request that is read, in bytes; a longer one is reset. */
const maxHeadBytes = 16_384;

const endOfHead = "\r\n\r\n";

/** Reads the head of a request, answers it with a status and no body, and ends the connection. */
export function answerUpgrade(socket: Socket, status: number, answered: () => void): void {
  let head = "";
  socket.on("error", () => {});
  socket.on("data", (data) => {
    head += data.toString("latin1");
    if (head.includes(endOfHead)) {
      socket.removeAllListeners("data");
      socket.resume();
      const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Unknown"}`;
      socket.end(`${line}\r\nConnection: close\r\nContent-Length: 0${endOfHead}`, answered);
    } else if (head.length > maxHeadBytes) resetSocket(socket);
  });
}
