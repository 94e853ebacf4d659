import type { IncomingMessage } from "node:http";

/** Longest address that is taken from a header, in characters: an IPv6 address with a zone. */
const maxAddressLength = 64;

/**
 * The address that the nearest proxy saw: the last entry of `X-Forwarded-For`, which that proxy wrote itself. What stands
 * before it comes from whoever called the proxy, and is not believed. Without the header, the other end of the socket.
 */
export function forwardedAddress(request: IncomingMessage): string | undefined {
  const header = request.headers["x-forwarded-for"];
  const last = [header].flat().join(",").split(",").at(-1)?.trim() ?? "";
  return last === "" || last.length > maxAddressLength ? request.socket.remoteAddress : last;
}
