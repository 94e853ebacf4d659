import { FaultProxy } from "./fault-proxy.js";
import { type FaultProxyOptions, resolveProxyOptions } from "./proxy-options.js";

/**
 * Starts a TCP proxy on the loopback that passes everything, until it is told to break connections. For integration
 * tests: every wait is an event or a promise, and `stop` leaves nothing open.
 * @throws TestingError (as a rejection) `invalid_option`, `cannot_listen`
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = new FaultProxy(resolveProxyOptions(options));
  await proxy.start();
  return proxy;
}
