import type { Socket } from "node:net";

/** Resets a socket (RST); one that is still connecting as soon as it is connected. */
export function resetSocket(socket: Socket): void {
  // libuv refuses to reset a socket whose end is being sent, and would leave it open; this one was told the end.
  const isEnding = socket.writableEnded && socket.writableLength === 0 && !socket.writableFinished;
  if (isEnding || socket.destroyed) socket.destroy();
  else socket.resetAndDestroy();
}
