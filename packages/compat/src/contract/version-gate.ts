import type { Bump } from "./comparison.js";
import { needsSaying, type WaivableChange } from "./waivers.js";

/** What the version says about the changes. */
export type GateVerdict =
  /** Nothing changed, and the version says so. */
  | "unchanged"
  /** The version was raised by as much as the changes ask for. */
  | "fine"
  /** It was raised by less: whoever reads only the version is misled. */
  | "too-small"
  /** It was raised by more: said, never failed. */
  | "too-large";

/** The version of a contract, held against what changed since a release. */
export interface VersionGate {
  /** Version that the step is counted from. */
  readonly base: string;
  /** Version that the contract declares. */
  readonly version: string;
  /** Smallest step that says the changes. */
  readonly needed: Bump;
  /** Step from `base` to `version`; `none` also where `version` is the lower one. */
  readonly declared: Bump;
  readonly verdict: GateVerdict;
  /** Whether the step is large enough: what breaks is then said, and `diff` shows it without failing. */
  readonly isSaid: boolean;
  /** Lowest version that says the changes. */
  readonly nextVersion: string;
}

/** Smallest first. */
const bumps: readonly Bump[] = ["none", "patch", "minor", "major"];

type Numbers = readonly [major: number, minor: number, patch: number];

function numbersOf(version: string): Numbers {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

function stepBetween(base: Numbers, version: Numbers): Bump {
  const at = [0, 1, 2].find((index) => base[index] !== version[index]);
  if (at === undefined || (version[at] ?? 0) < (base[at] ?? 0)) return "none";
  return at === 0 ? "major" : at === 1 ? "minor" : "patch";
}

function stepped([major, minor, patch]: Numbers, bump: Bump): string {
  if (bump === "major") return `${major + 1}.0.0`;
  if (bump === "minor") return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${bump === "patch" ? patch + 1 : patch}`;
}

/** The step that changes ask for once those that are waived ask for no more than a minor one. */
export function bumpAfterWaivers(bump: Bump, changes: readonly WaivableChange[]): Bump {
  if (bump !== "major") return bump;
  const loud = changes.filter(needsSaying);
  const areWaived = loud.length > 0 && loud.every(({ waiver }) => waiver !== undefined);
  return areWaived ? "minor" : "major";
}

/**
 * Holds a declared version against the step that the changes since a release ask for (Semantic Versioning 2.0.0).
 * Before 1.0.0 whatever breaks asks for a minor step (its section 4), and 1.0.0 itself is never too large.
 * @param base - the released version, `major.minor.patch`
 * @param version - the declared version
 * @param bump - the step that the unwaived changes ask for
 */
export function versionGate(base: string, version: string, bump: Bump): VersionGate {
  const from = numbersOf(base);
  const isUnstable = from[0] === 0;
  const needed = isUnstable && bump === "major" ? "minor" : bump;
  const declared = stepBetween(from, numbersOf(version));
  const difference = bumps.indexOf(declared) - bumps.indexOf(needed);
  const leavesUnstable = isUnstable && declared === "major";
  const verdict = ((): GateVerdict => {
    if (difference < 0) return "too-small";
    if (needed === "none" && declared === "none") return "unchanged";
    return difference === 0 || leavesUnstable ? "fine" : "too-large";
  })();
  return {
    ...{ base, version, needed, declared, verdict },
    isSaid: verdict !== "too-small",
    nextVersion: stepped(from, needed),
  };
}
