import { isIP } from "node:net";

/** Longest header that is read, in characters. */
const maxHeaderLength = 4_096;

/** An address without the port that some proxies write after it. */
function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
}

/**
 * The address that the nearest proxy saw: the last entry of `X-Forwarded-For`. Entries before it are the client's own
 * words.
 * @param header - as Node joins it
 * @returns undefined when there is no address
 */
export function forwardedAddress(header: string | undefined): string | undefined {
  if (header === undefined || header.length > maxHeaderLength) return undefined;
  const last = withoutPort(header.slice(header.lastIndexOf(",") + 1).trim());
  return isIP(last) === 0 ? undefined : last;
}
