// @ts-check

/** What stops a suite for a reason that the reader can mend; its message is one sentence for them. */
export class BenchError extends Error {
  /** @override */
  name = "BenchError";
}
