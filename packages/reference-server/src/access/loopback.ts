/** What is known about where a request comes from. */
export interface RequestOrigin {
  /** Address of the other end of the connection. */
  readonly remoteAddress: string | undefined;
  /** `Host` as it was sent. */
  readonly host: string | undefined;
  /** Whether a proxy says that it forwards somebody else's request (RFC 7239). */
  readonly isForwarded: boolean;
}

const loopbackAddress = /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
const loopbackHost = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** Whether a host with or without a port is this machine. */
export function isLoopbackHost(host: string): boolean {
  return loopbackHost.test(host);
}

/**
 * Whether a request was made on this machine, for it. A proxy's is not, and neither is a browser's that was
 * led here under another name (DNS rebinding).
 */
export function isLoopback({ remoteAddress, host, isForwarded }: RequestOrigin): boolean {
  return !isForwarded && loopbackAddress.test(remoteAddress ?? "") && isLoopbackHost(host ?? "");
}
