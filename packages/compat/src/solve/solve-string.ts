import { formatShape } from "../evaluate/format-shapes.js";
import { formatSamples } from "../evaluate/formats.js";
import type { Item, Scalar } from "../formula/node.js";
import { findStrings } from "../strings/find-strings.js";
import { type Answer, empty, found, unknown } from "./answer.js";
import type { Branch } from "./branch.js";
import { firstListed } from "./first-listed.js";
import { holds } from "./holds.js";

/** What the literals about strings ask for, sorted by kind. */
interface Wanted {
  minLength: number;
  maxLength: number;
  readonly matches: string[];
  readonly refuses: string[];
  readonly excluded: Set<string>;
  only: ReadonlySet<Scalar> | undefined;
  readonly formats: string[];
  readonly otherFormats: string[];
}

function read(literals: readonly Item[]): Wanted {
  const wanted: Wanted = {
    minLength: 0,
    maxLength: Number.POSITIVE_INFINITY,
    matches: [],
    refuses: [],
    excluded: new Set(),
    only: undefined,
    formats: [],
    otherFormats: [],
  };
  for (const { node, positive } of literals) {
    if (node.kind === "minLength") {
      if (positive) wanted.minLength = Math.max(wanted.minLength, node.least);
      else wanted.maxLength = Math.min(wanted.maxLength, node.least - 1);
    } else if (node.kind === "pattern") (positive ? wanted.matches : wanted.refuses).push(node.source);
    else if (node.kind === "format") (positive ? wanted.formats : wanted.otherFormats).push(node.name);
    else if (node.kind === "among") {
      if (positive) wanted.only = node.values;
      else for (const value of node.values) if (typeof value === "string") wanted.excluded.add(value);
    }
  }
  return wanted;
}

/** How many texts are tried against formats. */
const maxTexts = 16;

/** Looks that a pattern is worth, and a question about patterns that was given up. */
const patternCost = 1_000;
const unknownCost = 1_000_000;

/** A string that meets the literals of a branch. */
export function solveString(branch: Branch): Answer {
  const { literals, doubt, effort } = branch;
  const wanted = read(literals);
  if (wanted.only) return firstListed(branch, wanted.only);
  const meets = (text: string): boolean => literals.every((item) => holds(item, text, effort) === true);
  const formats = [...wanted.formats, ...wanted.otherFormats];
  const shape = shaped(wanted);
  const patterns = shape.matches.length + shape.refuses.length;
  const answer = findStrings(shape, formats.length > 0 ? maxTexts : 1);
  effort.spend(answer.kind === "unknown" ? unknownCost : 1 + patterns * patternCost);
  if (answer.kind === "none") return empty;
  const texts = answer.kind === "found" ? answer.texts : [];
  const text = [...wanted.formats.flatMap(formatSamples), ...texts].find(meets);
  if (text !== undefined) return found(text, doubt);
  if (answer.kind === "unknown") return unknown(answer.reason);
  // The texts without regard to formats are all there are, and none of them has the format.
  if (answer.complete) return empty;
  return unknown(`no text was found that fits the format ${formats.join(", ")}`);
}

/** What is wanted, with the patterns that texts of formats match. */
function shaped(wanted: Wanted): Wanted {
  const all = wanted.formats.flatMap((name) => formatShape(name)?.source ?? []);
  const others = wanted.otherFormats
    .map(formatShape)
    .flatMap((shape) => (shape?.isExact ? [shape.source] : []));
  return { ...wanted, matches: [...wanted.matches, ...all], refuses: [...wanted.refuses, ...others] };
}
