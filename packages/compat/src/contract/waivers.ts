import type { Change } from "./comparison.js";

/** Why a change that breaks someone is accepted, by whom, and until when. */
export interface ChangeWaiver {
  /** Id of the change. */
  readonly id: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it counts, as `2026-12-31`. */
  readonly expires: string;
}

/** A change, and the waiver that covers it today. */
export interface WaivableChange extends Change {
  readonly waiver: ChangeWaiver | undefined;
}

/** What waivers did to a list of changes. */
export interface AppliedWaivers {
  /** The same changes in the same order. */
  readonly changes: readonly WaivableChange[];
  /** Waivers of changes that are there, whose last day is over and that no other waiver replaces. */
  readonly expired: readonly ChangeWaiver[];
  /** Waivers that name no change which needs one. */
  readonly unused: readonly ChangeWaiver[];
}

/** Whether the change has to be said by the version, or waived: it breaks someone, or that could not be ruled out. */
export function needsSaying({ verdict }: Pick<Change, "verdict">): boolean {
  return verdict !== "compatible";
}

/**
 * Marks the changes that a waiver covers. Only changes that break someone, or might, take one: a waiver of a
 * change that has become compatible is unused.
 * @param today - as `2026-11-23`; a waiver counts through its last day
 */
export function applyWaivers(
  changes: readonly Change[],
  waivers: readonly ChangeWaiver[],
  today: string,
): AppliedWaivers {
  const live = new Map(
    waivers.filter(({ expires }) => expires >= today).map((waiver) => [waiver.id, waiver]),
  );
  const needed = new Set(changes.filter(needsSaying).map(({ id }) => id));
  return {
    changes: changes.map((change) => ({
      ...change,
      waiver: needsSaying(change) ? live.get(change.id) : undefined,
    })),
    expired: waivers.filter(({ id, expires }) => needed.has(id) && expires < today && !live.has(id)),
    unused: waivers.filter(({ id }) => !needed.has(id)),
  };
}
