import { proveLinear } from "./prove-linear.js";

/** The character that has to follow a repetition, as it stands in the source; undefined where none is certain. */
function followerOf(rest: string): string | undefined {
  return /^(?:\(\?:|\(|\[)?(\\[^dDwWsSpPbB\d]|[^\\()[\]{}*+?.^$|])/u.exec(rest)?.[1];
}

/**
 * A pattern near to this one that is proven linear: each `.` that repeats stops at the character that has to
 * follow it. It accepts fewer strings than the original where that character stands more than once.
 * @returns undefined when no such change helps
 */
export function rewritePattern(source: string): string | undefined {
  let text = source;
  for (let from = 0; ; ) {
    const match = /(?<!\\)\.([*+])\??(?=(.*))/su.exec(text.slice(from));
    if (!match) break;
    const [, sign = "*", rest = ""] = match;
    const follower = followerOf(rest.replace(/^\)+/, ""));
    const at = from + match.index;
    const replaced =
      follower === undefined ? text.slice(at, at + 2) : `[^${follower === "-" ? "\\-" : follower}]${sign}`;
    text = text.slice(0, at) + replaced + text.slice(at + match[0].length);
    from = at + replaced.length;
  }
  return text !== source && proveLinear(text).linear ? text : undefined;
}
