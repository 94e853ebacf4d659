import type { Item, Scalar } from "../formula/node.js";
import { type Answer, empty, found, unknown } from "./answer.js";
import type { Branch } from "./branch.js";
import { firstListed } from "./first-listed.js";
import { holds } from "./holds.js";

/** A range of numbers. */
interface Range {
  low: number;
  lowOpen: boolean;
  high: number;
  highOpen: boolean;
}

interface Wanted {
  readonly range: Range;
  readonly divisors: number[];
  readonly others: number[];
  readonly excluded: Set<Scalar>;
  only: ReadonlySet<Scalar> | undefined;
}

function read(literals: readonly Item[]): Wanted {
  const range: Range = {
    low: Number.NEGATIVE_INFINITY,
    lowOpen: true,
    high: Number.POSITIVE_INFINITY,
    highOpen: true,
  };
  const wanted: Wanted = { range, divisors: [], others: [], excluded: new Set(), only: undefined };
  for (const { node, positive } of literals) {
    if (node.kind === "over") {
      // Not above a limit is at most the limit; not at least it is below it.
      if (positive && (node.limit > range.low || (node.limit === range.low && node.exclusive))) {
        range.low = node.limit;
        range.lowOpen = node.exclusive;
      }
      if (!positive && (node.limit < range.high || (node.limit === range.high && !node.exclusive))) {
        range.high = node.limit;
        range.highOpen = !node.exclusive;
      }
    } else if (node.kind === "multiple") (positive ? wanted.divisors : wanted.others).push(node.divisor);
    else if (node.kind === "among") {
      if (positive) wanted.only = node.values;
      else for (const value of node.values) wanted.excluded.add(value);
    }
  }
  return wanted;
}

/** Most multiples that are tried. */
const maxTries = 5_000;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Numbers that a double divides without rounding: whole ones, and those over a small power of two. */
function scaleOf(divisors: readonly number[]): number | undefined {
  for (let scale = 1; scale <= 1 << 20; scale *= 2) {
    if (divisors.every((divisor) => Number.isSafeInteger(divisor * scale))) return scale;
  }
  return undefined;
}

/** A number that meets the literals of a branch. Proofs are about exact arithmetic; what rounding blurs is unknown. */
export function solveNumber(branch: Branch): Answer {
  const { literals, doubt } = branch;
  const { range, divisors, others, excluded, only } = read(literals);
  const meets = (value: number): boolean =>
    Number.isFinite(value) && literals.every((item) => holds(item, value, branch.effort) === true);
  const answer = (value: number | undefined): Answer | undefined =>
    value === undefined ? undefined : found(value, doubt);
  if (only) return firstListed(branch, only);
  const { low, high } = range;
  if (low > high || (low === high && (range.lowOpen || range.highOpen))) return empty;
  if (low === high) return firstListed(branch, [low]);
  if (divisors.length === 0) {
    return (
      answer([...between(range, excluded.size + others.length)].find(meets)) ??
      unknown("no number was found that is no multiple")
    );
  }
  const scale = scaleOf([...divisors, ...others]);
  if (scale === undefined) return solveInexact({ range, divisors, others, excluded, only }, meets, doubt);
  const end = [low, high].find(meets);
  if (end !== undefined) return found(end, doubt);
  const step = divisors.map((divisor) => divisor * scale).reduce((a, b) => (a / gcd(a, b)) * b);
  if (!Number.isSafeInteger(step)) return unknown("its multiples are too large");
  // Every multiple of the step is a multiple of what divides it.
  if (others.some((divisor) => step % (divisor * scale) === 0)) return empty;
  const start = nextToZero(range, step / scale);
  const period = others.reduce((product, divisor) => product * divisor * scale, 1) * (excluded.size + 1) + 1;
  for (const way of [1, -1]) {
    for (let count = 0; ; count++) {
      const value = (start + way * count) * (step / scale);
      if (!isInside(range, value) && (way === 1 ? value >= high : value <= low)) break;
      if (meets(value)) return found(value, doubt);
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return unknown("its multiples are too large");
      // Whatever follows is divided like what was tried.
      if (count > period + 2) return empty;
      if (count > maxTries) return unknown("no multiple was found within the bound");
    }
  }
  return empty;
}

function isInside({ low, lowOpen, high, highOpen }: Range, value: number): boolean {
  return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
}

/** The multiple of a step, by its number, from which a range is searched both ways: near its end that is next to zero. */
function nextToZero({ low, high }: Range, step: number): number {
  if (low > 0) return Math.ceil(low / step);
  return high < 0 ? Math.floor(high / step) : 0;
}

/** Numbers of a range, plain ones first. */
function* between({ low, high }: Range, more: number): Generator<number> {
  const whole = Number.isFinite(low) ? Math.ceil(low) : Number.isFinite(high) ? Math.floor(high) - 50 : 0;
  yield* [low, high].filter(Number.isFinite);
  for (let count = 0; count <= 50 + more; count++) yield whole + count;
  for (let count = 0; count <= 50 + more; count++) yield whole + count + 0.5;
  const from = Number.isFinite(low) ? low : Number.isFinite(high) ? high - 1 : 0;
  const to = Number.isFinite(high) ? high : from + 1;
  for (let parts = 2; parts <= 50 + more; parts++) yield from + (to - from) / parts;
  for (const digits of [0.1, 0.01, 0.001, 0.123, 0.0123, 1e-6]) yield from + digits;
}

/** Divisors such as 0.1: validators divide with rounding, so that only what is far from any multiple is excluded. */
function solveInexact(
  { range, divisors }: Wanted,
  meets: (value: number) => boolean,
  doubt: string | undefined,
): Answer {
  if (meets(0)) return found(0, doubt);
  const step = Math.max(...divisors);
  const digits = Math.min(12, (/\.(\d+)/.exec(String(step))?.[1] ?? "").length + 6);
  const from = Number.isFinite(range.low) ? Math.floor(range.low / step) - 1 : 0;
  const to = Number.isFinite(range.high) ? Math.ceil(range.high / step) + 1 : Number.POSITIVE_INFINITY;
  for (let count = 0; count <= maxTries; count++) {
    for (const at of from === 0 ? [count, -count] : [from + count]) {
      const value = Number((at * step).toFixed(digits));
      if (at <= to && meets(value)) return found(value, doubt);
    }
  }
  const isFar = divisors.some((divisor) => {
    const quotient = range.low / divisor;
    return Math.abs(quotient) < 1e9 && Math.ceil(quotient - 1e-6) * divisor > range.high + divisor * 1e-6;
  });
  return isFar ? empty : unknown("validators divide by such numbers with rounding");
}
