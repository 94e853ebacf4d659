/** The longest window, in milliseconds (FIELD.md, "Servers"). */
export const maxWindowMs = 10;

/** Share of time that the event loop may be busy before frames wait for each other. */
const busyShare = 0.28;

/** How fast the window follows the load, in milliseconds per share that is too much or too little. */
const gainMs = 12;

/**
 * The next flush window. It widens while the event loop is busier than a third and narrows while it is less: one
 * write for all frames of a window is what saves time then, and costs nothing when there is time.
 * @param utilization - share of time that the loop was busy since the last call, 0 to 1
 */
export function nextWindowMs(windowMs: number, utilization: number): number {
  const next = windowMs + gainMs * (utilization - busyShare);
  return Math.min(maxWindowMs, Math.max(0, next));
}
