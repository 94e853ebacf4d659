import { formatSamples } from "../evaluate/formats.js";
import type { Item, Scalar } from "../formula/node.js";
import { findStrings } from "../strings/find-strings.js";
import { type Answer, empty, found, unknown } from "./answer.js";
import type { Branch } from "./branch.js";
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

/** A string that meets the literals of a branch. */
export function solveString({ literals, doubt }: Branch): Answer {
  const wanted = read(literals);
  const meets = (text: string): boolean => literals.every((item) => holds(item, text) === true);
  if (wanted.only) {
    const text = [...wanted.only].filter((value) => typeof value === "string").find(meets);
    return text === undefined ? empty : found(text, doubt);
  }
  const formats = [...wanted.formats, ...wanted.otherFormats];
  const answer = findStrings(wanted, formats.length > 0 ? maxTexts : 1);
  if (answer.kind === "none") return empty;
  const texts = answer.kind === "found" ? answer.texts : [];
  const text = [...wanted.formats.flatMap(formatSamples), ...texts].find(meets);
  if (text !== undefined) return found(text, doubt);
  if (answer.kind === "unknown") return unknown(answer.reason);
  // The texts without regard to formats are all there are, and none of them has the format.
  if (answer.complete) return empty;
  return unknown(`no text was found that fits the format ${formats.join(", ")}`);
}
