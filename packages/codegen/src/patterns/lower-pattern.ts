import type { AST } from "@eslint-community/regexpp";
import { parsePattern } from "./parse-pattern.js";

/** How a pattern is tested. `text` is compared literally; `source` is left to the regular expression engine. */
export type LoweredPattern =
  | { readonly kind: "always" }
  | { readonly kind: "equals" | "startsWith" | "endsWith" | "includes"; readonly text: string }
  | { readonly kind: "expression"; readonly source: string };

const isSurrogate = (codePoint: number): boolean => codePoint >= 0xd800 && codePoint <= 0xdfff;

/** The text of elements that are all plain characters; undefined otherwise. */
function literalOf(elements: readonly AST.Element[]): string | undefined {
  const plain = elements.flatMap((element) =>
    element.type === "Character" && element.value <= 0xffff && !isSurrogate(element.value)
      ? [element.value]
      : [],
  );
  return plain.length === elements.length ? String.fromCodePoint(...plain) : undefined;
}

/**
 * What is left of an element at an open end of a pattern, where any repetition beyond the least is
 * free to match or not: `x*` is nothing, `x+` is `x`, `x{2,5}` is `x{2}`.
 */
function trimmedSource(element: AST.Element): string | undefined {
  if (element.type !== "Quantifier") return undefined;
  if (element.min === 0) return "";
  if (element.max === element.min) return undefined;
  return element.min === 1 ? element.element.raw : `${element.element.raw}{${element.min}}`;
}

const isAssertion = (element: AST.Element | undefined, kind: "start" | "end"): boolean =>
  element?.type === "Assertion" && element.kind === kind;

/** The pattern without what its open ends do not need; the same strings match. */
function trimmed(pattern: AST.Pattern): string {
  const [alternative, ...others] = pattern.alternatives;
  if (!alternative || others.length > 0) return pattern.raw;
  const { elements } = alternative;
  const [first] = elements;
  const last = elements.at(-1);
  // A group may be referred to, and an assertion inside would be lost with it.
  if (/\\[1-9]|\\k|\(\?[=!<]|\\b/i.test(pattern.raw)) return pattern.raw;
  const start = first && trimmedSource(first);
  if (first && start !== undefined && !/\^/.test(first.raw)) {
    return start + pattern.raw.slice(first.end - pattern.start);
  }
  const end = last && trimmedSource(last);
  if (last && end !== undefined && !/\$/.test(last.raw)) {
    return pattern.raw.slice(0, last.start - pattern.start) + end;
  }
  return pattern.raw;
}

/**
 * The cheapest test that accepts exactly the strings a JSON Schema pattern accepts
 * (ECMA-262 with the `u` flag, unanchored). An expression that is left is the shortest of the same meaning.
 */
export function lowerPattern(source: string): LoweredPattern {
  const pattern = parsePattern(source);
  if (!pattern) return { kind: "expression", source };
  const shorter = trimmed(pattern);
  if (shorter !== source) return lowerPattern(shorter);
  const [alternative, ...others] = pattern.alternatives;
  if (!alternative || others.length > 0) return { kind: "expression", source };
  const anchoredStart = isAssertion(alternative.elements[0], "start");
  const anchoredEnd = isAssertion(alternative.elements.at(-1), "end");
  const body = alternative.elements.slice(anchoredStart ? 1 : 0, anchoredEnd ? -1 : undefined);
  const text = literalOf(body);
  if (text === undefined || (anchoredStart && anchoredEnd && alternative.elements.length < 2)) {
    return { kind: "expression", source };
  }
  if (anchoredStart && anchoredEnd) return { kind: "equals", text };
  if (text === "") return { kind: "always" };
  if (anchoredStart) return { kind: "startsWith", text };
  return { kind: anchoredEnd ? "endsWith" : "includes", text };
}

/** A regular expression that accepts exactly the strings a pattern accepts, without what its open ends do not need. */
export function plainPattern(source: string): string {
  const lowered = lowerPattern(source);
  if (lowered.kind === "always") return "";
  if (lowered.kind === "expression") return lowered.source;
  const text = lowered.text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const start = lowered.kind === "equals" || lowered.kind === "startsWith" ? "^" : "";
  return `${start}${text}${lowered.kind === "equals" || lowered.kind === "endsWith" ? "$" : ""}`;
}
