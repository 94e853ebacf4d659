import type { AST } from "@eslint-community/regexpp";
import { Unmodelled } from "./bounds.js";
import { type CodePointSet, complementOf, unionOf } from "./code-point-set.js";
import { digits, notLineEnds, spaces, wordCharacters } from "./named-sets.js";
import { propertySet } from "./property-set.js";

const escapes: Record<AST.EscapeCharacterSet["kind"], CodePointSet> = {
  digit: digits,
  space: spaces,
  word: wordCharacters,
};

function setOfEscape(set: AST.CharacterSet): CodePointSet {
  if (set.kind === "any") return notLineEnds;
  if (set.kind === "property") return propertySet(set.raw);
  return set.negate ? complementOf(escapes[set.kind]) : escapes[set.kind];
}

function setOfMember(member: AST.CharacterClassElement): CodePointSet {
  switch (member.type) {
    case "Character":
      return [[member.value, member.value]];
    case "CharacterClassRange":
      return [[member.min.value, member.max.value]];
    case "CharacterSet":
      return setOfEscape(member);
    default:
      throw new Unmodelled("it uses the v flag");
  }
}

/**
 * The code points that a character, an escape or a class in brackets matches.
 * @throws Unmodelled for what only the `v` flag has
 */
export function classSet(node: AST.Character | AST.CharacterSet | AST.CharacterClass): CodePointSet {
  if (node.type === "Character") return [[node.value, node.value]];
  if (node.type === "CharacterSet") return setOfEscape(node);
  const set = unionOf(node.elements.flatMap(setOfMember));
  return node.negate ? complementOf(set) : set;
}
