import { cpus, freemem, totalmem } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Processor time since boot, over all cores, in milliseconds. */
export interface CpuTimes {
  readonly busyMs: number;
  readonly totalMs: number;
}

/** Share of busy time between two readings, 0 to 100; 0 when no time passed. */
export function cpuPercent(before: CpuTimes, after: CpuTimes): number {
  const total = after.totalMs - before.totalMs;
  if (total <= 0) return 0;
  const percent = (100 * (after.busyMs - before.busyMs)) / total;
  return Math.round(Math.min(100, Math.max(0, percent)) * 10) / 10;
}

function readCpu(): CpuTimes {
  const times = cpus().map((core) => core.times);
  const totalMs = times.reduce(
    (sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq,
    0,
  );
  return { totalMs, busyMs: totalMs - times.reduce((sum, { idle }) => sum + idle, 0) };
}

/** The load of host and process as `system_update` tells it. */
export interface HostLoad {
  readonly cpu: { readonly percent: number; readonly cores: number };
  readonly memory: {
    readonly used_bytes: number;
    readonly total_bytes: number;
    readonly process_rss_bytes: number;
  };
  readonly event_loop: {
    readonly delay_ms_mean: number;
    readonly delay_ms_max: number;
    readonly delay_ms_p99: number;
  };
  readonly uptime_seconds: number;
}

/** Reads the load of this host and process since the reading before. */
export interface HostLoadReader {
  readonly read: () => HostLoad;
  readonly stop: () => void;
}

/**
 * Memory that this process may take, in bytes: the limit of its container, or all of the machine's.
 * @param constrained - `process.constrainedMemory()`: 0, or more than there is, without a limit
 */
export function memoryLimit(constrained: number, total: number): number {
  return constrained > 0 ? Math.min(constrained, total) : total;
}

/** Time between two samples of the event loop, in milliseconds; the histogram counts it as delay. */
const sampleEveryMs = 10;

const nanosecondsPerMs = 1e6;

/** Delay beyond the sampling interval, in milliseconds with two decimals; 0 when there was no sample. */
export function delayMs(nanoseconds: number): number {
  const ms = nanoseconds / nanosecondsPerMs - sampleEveryMs;
  return Number.isFinite(ms) ? Math.round(Math.max(0, ms) * 100) / 100 : 0;
}

/** Starts to watch the event loop; `stop` ends it. */
export function watchHost(): HostLoadReader {
  const delay = monitorEventLoopDelay({ resolution: sampleEveryMs });
  delay.enable();
  let before = readCpu();
  return {
    read: () => {
      const after = readCpu();
      const percent = cpuPercent(before, after);
      before = after;
      const event_loop = {
        delay_ms_mean: delayMs(delay.mean),
        delay_ms_max: delayMs(delay.max),
        delay_ms_p99: delayMs(delay.percentile(99)),
      };
      delay.reset();
      const total = totalmem();
      return {
        cpu: { percent, cores: cpus().length },
        memory: {
          used_bytes: total - freemem(),
          total_bytes: total,
          process_rss_bytes: process.memoryUsage.rss(),
        },
        event_loop,
        uptime_seconds: Math.round(process.uptime() * 10) / 10,
      };
    },
    stop: () => delay.disable(),
  };
}
