// @ts-check
import { createInterface } from "node:readline";

/** Frames that are published at once at most, before the event loop turns. */
const maxAtOnce = 8;

/** Frames that a publisher may be behind; what is more is left out, so that a slow server shows its own rate. */
const maxBehind = 32;

/** Now, in microseconds of CLOCK_MONOTONIC: a mark that the load generator reads. */
const mark = () => `@@${String(process.hrtime.bigint() / 1_000n).padStart(13, "0")}`;

/** What a server of the bench publishes: an empty list of tasks, which every contract's task update allows. */
export const taskUpdate = () => ({
  type: /** @type {const} */ ("task_update"),
  subscription: /** @type {const} */ ("tasks"),
  data: { tasks: [], t: mark() },
});

/** The same for servers without an envelope: as long on the wire. @param {number} offset */
export const wholeUpdate = (offset) => ({
  ...taskUpdate(),
  position: { epoch: "7b0f6a3c-0f2b-4c8e-9d6a-1f2e3d4c5b6a", offset },
  timestamp: new Date().toISOString(),
  correlation_id: "5f3c1f0e-7a51-4c1b-9a0e-2f4f0f6d8f11",
});

/**
 * Says where a server listens and, from the line `publish` on, publishes at the rate of the command line.
 * @param {number} port @param {(offset: number) => void} publish
 */
export function serve(port, publish) {
  const rate = Number(process.argv[2]);
  const start = () => {
    const startedAt = performance.now();
    let published = 0;
    let skipped = 0;
    setInterval(
      () => {
        const due = ((performance.now() - startedAt) * rate) / 1_000;
        skipped = Math.max(skipped, Math.floor(due) - published - maxBehind);
        for (let left = maxAtOnce; left > 0 && published + skipped < due; left--) publish(published++);
      },
      Math.max(1, Math.floor(1_000 / rate)),
    );
  };
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      if (line === "publish") start();
    })
    .once("close", () => process.exit(0));
  process.once("SIGTERM", () => process.exit(0));
  process.stdout.write(`listening ${port}\n`);
}
