// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { cpuMs, rssMegabytes, waitedMs } from "./proc.mjs";
import { startProgram } from "./program.mjs";
import { loadCore } from "./start-server.mjs";

/**
 * What the load generator found (`c/load.c`).
 * @typedef {object} LoadReport
 * @property {number} opened connections whose handshake was done
 * @property {number} refused connections that never opened
 * @property {number} gone open connections that the server closed
 * @property {number} sent requests sent in the measured stretch
 * @property {number} unsent frames that did not fit into a socket
 * @property {number} delivered marked frames sent in the stretch that arrived
 * @property {number} arrived marked frames that arrived within the stretch
 * @property {number} gaps offsets that never came
 * @property {number} doubles offsets that came again
 * @property {number} bytes of delivered frames
 * @property {number} seconds
 * @property {import("./histogram.mjs").Histogram} histogram
 */
/**
 * A report with what the server used meanwhile.
 * @typedef {LoadReport & { readonly cpuShare: number, readonly cpuMs: number, readonly waitShare: number, readonly rss: number }} Measured
 * cpuShare: of one core; waitShare: of the time, for its core, while others had it; rss: largest of several looks, in MB
 */
/**
 * @typedef {object} LoadOptions
 * @property {number} clients
 * @property {number} [rate] requests per second of each client; 0 unless given
 * @property {number} [warm] seconds before anything counts; 1 unless given
 * @property {number} seconds of the measured stretch
 * @property {number} [drain] seconds that late frames have after it; 0.5 unless given
 * @property {number} [addresses] that the clients come from: 127.0.0.1 and so on; 1 unless given
 * @property {string} [path] ; the contender's unless given
 */

/** What `CorrelationId` allows, with a mark in it. */
const mark = `"correlation_id":"@@${"0".repeat(13)}"`;

/** @param {Readonly<Record<string, string | number>>} values */
export const argsOf = (values) => Object.entries(values).map(([name, value]) => `${name}=${value}`);

/**
 * Loads a server and measures it.
 * @param {string} program compiled `load.c`
 * @param {{ readonly pid: number, readonly port: number }} server
 * @param {import("./contenders.mjs").Contender} contender
 * @param {LoadOptions} options
 * @param {{ readonly opened?: () => unknown }} [hooks] opened: called once all clients are connected
 * @returns {Promise<Measured>}
 */
export async function measure(program, server, contender, options, { opened } = {}) {
  const { protocol, path, request } = contender;
  const load = await startProgram(
    program,
    argsOf({ core: loadCore, port: server.port, path, protocol, message: request(mark), ...options }),
  );
  await load.line(/^open /);
  await opened?.();
  await load.line(/^start$/);
  const before = await cpuMs(server.pid);
  const waitedBefore = await waitedMs(server.pid);
  const startedAt = performance.now();
  let rss = 0;
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      rss = Math.max(rss, await rssMegabytes(server.pid));
      await sleep(200);
    }
  };
  const watched = watch();
  await load.line(/^end$/);
  const used = (await cpuMs(server.pid)) - before;
  const waited = (await waitedMs(server.pid)) - waitedBefore;
  const elapsed = performance.now() - startedAt;
  isOver = true;
  await watched;
  const [text] = await load.line(/^\{.*$/);
  await load.exited;
  /** @type {LoadReport} */
  const report = JSON.parse(text);
  return { ...report, cpuShare: used / elapsed, cpuMs: used, waitShare: waited / elapsed, rss };
}
