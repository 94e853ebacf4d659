import { useCallback, useSyncExternalStore } from "react";

const secondMs = 1_000;

function nothing(): void {}

/** Whole seconds until a moment (Unix epoch, ms), at least 0; renders again when the number changes. */
export function useSecondsUntil(untilMs: number | undefined): number | undefined {
  const watch = useCallback(
    (changed: () => void) => {
      if (untilMs === undefined) return nothing;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const wait = (): void => {
        const leftMs = untilMs - Date.now();
        if (leftMs <= 0) return;
        timer = setTimeout(
          () => {
            changed();
            wait();
          },
          leftMs % secondMs || secondMs,
        );
      };
      wait();
      return () => clearTimeout(timer);
    },
    [untilMs],
  );
  return useSyncExternalStore(
    watch,
    () => (untilMs === undefined ? undefined : Math.max(Math.ceil((untilMs - Date.now()) / secondMs), 0)),
    () => undefined,
  );
}
