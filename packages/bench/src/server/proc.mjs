// @ts-check
import { readdir, readFile, readlink, writeFile } from "node:fs/promises";

/** Linux counts CPU time for programs in hundredths of a second (USER_HZ), whatever its kernel's tick is. */
const msPerTick = 10;

/**
 * Time on a CPU of a process with all its threads, in milliseconds.
 * @param {string} stat text of `/proc/<pid>/stat` (proc(5)); the command's name in it may hold spaces and parentheses
 */
export function cpuMsOf(stat) {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/**
 * A figure of `/proc/<pid>/status` that is given in kB, in MB of 1,000,000 bytes; NaN when it is not there.
 * @param {string} status @param {"VmRSS" | "VmHWM"} name
 */
export function megabytesOf(status, name) {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status);
  return found ? (Number(found[1]) * 1_024) / 1e6 : Number.NaN;
}

/**
 * Time that a process was ready to run while something else had its core, in milliseconds.
 * @param {string} schedstat text of `/proc/<pid>/schedstat`
 */
export function waitedMsOf(schedstat) {
  return Number(schedstat.split(" ")[1]) / 1e6;
}

/** Time that the main thread waited for its core so far, in milliseconds. @param {number} pid */
export async function waitedMs(pid) {
  return waitedMsOf(await readFile(`/proc/${pid}/schedstat`, "utf8"));
}

/** CPU time so far, in milliseconds. @param {number} pid */
export async function cpuMs(pid) {
  return cpuMsOf(await readFile(`/proc/${pid}/stat`, "utf8"));
}

/** Resident memory now, in MB. @param {number} pid */
export async function rssMegabytes(pid) {
  return megabytesOf(await readFile(`/proc/${pid}/status`, "utf8"), "VmRSS");
}

/** Largest resident memory since the start or `resetPeak`, in MB. @param {number} pid */
export async function peakMegabytes(pid) {
  return megabytesOf(await readFile(`/proc/${pid}/status`, "utf8"), "VmHWM");
}

/** Starts the peak of resident memory anew. @param {number} pid */
export async function resetPeak(pid) {
  await writeFile(`/proc/${pid}/clear_refs`, "5");
}

/** Sockets that a process holds. @param {number} pid */
export async function socketCount(pid) {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all(
    (await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => "")),
  );
  return links.filter((link) => link.startsWith("socket:")).length;
}
