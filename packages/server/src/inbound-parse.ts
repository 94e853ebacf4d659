import type { IncomingFrame } from "./frames.js";

/** The frame, or why there is none. */
export type Parsed =
  | { readonly kind: "frame"; readonly frame: IncomingFrame }
  /** It does not parse, or is not an object: `invalid_json`. */
  | { readonly kind: "invalid" }
  /** It nests deeper than allowed: the connection goes with 1008. */
  | { readonly kind: "too_deep" };

const [openBrace, closeBrace, openBracket, closeBracket, quote, backslash] = [...'{}[]"\\'].map((c) =>
  c.charCodeAt(0),
);

/** Whether brackets outside of strings nest deeper than `max`. Linear, and it allocates nothing. */
function nestsDeeperThan(text: string, max: number): boolean {
  // Each level takes an opening and a closing character: a short frame cannot nest deep.
  if (text.length <= 2 * max) return false;
  let depth = 0;
  let isString = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (isString) {
      if (unit === backslash) index++;
      else if (unit === quote) isString = false;
    } else if (unit === quote) isString = true;
    else if (unit === openBrace || unit === openBracket) {
      if (++depth > max) return true;
    } else if (unit === closeBrace || unit === closeBracket) depth--;
  }
  return false;
}

function isRecord(value: unknown): value is IncomingFrame {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Parses a text frame. One that does not begin with `{` is refused unread, so that an array of any depth
 * costs nothing.
 * @param maxNesting - levels of objects and arrays, the frame itself included
 */
export function parseFrame(text: string, maxNesting: number): Parsed {
  if (!/^[ \t\r\n]*\{/.test(text)) return { kind: "invalid" };
  if (nestsDeeperThan(text, maxNesting)) return { kind: "too_deep" };
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { kind: "frame", frame: value } : { kind: "invalid" };
  } catch {
    return { kind: "invalid" };
  }
}
