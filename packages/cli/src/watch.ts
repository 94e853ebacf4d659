import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Editors write a file in several steps: a change counts when nothing followed for this long, in milliseconds. */
const settleMs = 60;

/**
 * Resolves after one of the files changed, or when the signal is aborted. Folders are watched and not files,
 * because editors replace a file by another of its name.
 */
export async function nextChange(paths: readonly string[], signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const watchers: FSWatcher[] = [];
  try {
    await new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      for (const folder of new Set(paths.map((path) => dirname(path)))) {
        const names = new Set(paths.filter((path) => dirname(path) === folder).map((path) => basename(path)));
        const watcher = watch(folder, (_event, name) => {
          if (name === null || names.has(name)) resolve();
        });
        watcher.on("error", () => resolve());
        watchers.push(watcher);
      }
    });
    if (!signal.aborted) await wait(settleMs);
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
