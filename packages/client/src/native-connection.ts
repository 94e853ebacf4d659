import type { CreateTransport, WebSocketLike } from "./transport.js";

const openState = 1;

/** The transport on a bare WebSocket: a new one for each `dial`, and nothing is heard of one that was hung up. */
export const createNativeConnection: CreateTransport = (createSocket, events) => {
  let socket: WebSocketLike | undefined;
  return {
    dial: (url) => {
      let made: WebSocketLike;
      try {
        made = createSocket(url);
      } catch (error) {
        events.refused(error);
        return;
      }
      socket = made;
      made.addEventListener("open", () => made === socket && events.opened());
      made.addEventListener("message", ({ data }) => made === socket && events.received(data));
      made.addEventListener("close", ({ code, reason }) => {
        if (made !== socket) return;
        socket = undefined;
        events.closed(code, reason);
      });
      // The package `ws` throws when an error finds no listener; a close always follows.
      made.addEventListener("error", () => {});
    },
    send: (text) => {
      if (socket?.readyState !== openState) return false;
      socket.send(text);
      return true;
    },
    hangUp: () => {
      const hungUp = socket;
      socket = undefined;
      hungUp?.close(1000);
    },
  };
};
