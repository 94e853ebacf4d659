import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { CodegenError, type SourceLocation } from "../codegen-error.js";
import { type Json, keysOf, pointerOf } from "../json.js";
import { maxSourceDepth, maxSourceLength, positionAt, type Source, sourceOf, tooLarge } from "./source.js";

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}

/**
 * Parses strict JSON and remembers positions.
 * @param text - the file's text, with or without a byte order mark
 * @param file - its name, for messages
 * @throws CodegenError `too_large`, `invalid_json`, `duplicate_key`
 */
export function parseJsonSource(text: string, file: string): Source {
  const at = (offset: number, pointer: string): SourceLocation => ({
    file,
    ...positionAt(text, offset),
    pointer,
  });
  if (text.length > maxSourceLength || depthOf(text) > maxSourceDepth) {
    throw tooLarge(at(0, ""));
  }
  const errors: ParseError[] = [];
  const body = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  const tree = parseTree(body, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first || !tree) {
    const what = first ? printParseErrorCode(first.error) : "ValueExpected";
    throw new CodegenError("invalid_json", `Failed to read ${file}: it is not JSON (${what}).`, {
      expected: "one JSON value",
      location: at(first?.offset ?? 0, ""),
    });
  }
  refuseDuplicateKeys(tree, file, at);
  const value: Json = JSON.parse(body);
  return sourceOf(file, value, (pointer) => {
    for (let keys = keysOf(pointer); ; keys = keys.slice(0, -1)) {
      const path = keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      const node = findNodeAtLocation(tree, path) ?? findNodeAtLocation(tree, [...keys]);
      if (node) return at(node.offset, pointer);
      if (keys.length === 0) return at(0, pointer);
    }
  });
}

/** The first property whose key stood in its object before. */
function findDouble(node: Node): Node | undefined {
  const seen = new Set<string>();
  for (const child of node.children ?? []) {
    if (child.type === "property") {
      const key = child.children?.[0]?.value;
      if (seen.has(key)) return child;
      seen.add(key);
    }
    const inner = child.type === "property" ? child.children?.[1] : child;
    const found = inner?.children && findDouble(inner);
    if (found) return found;
  }
  return undefined;
}

function refuseDuplicateKeys(
  tree: Node,
  file: string,
  at: (offset: number, pointer: string) => SourceLocation,
): void {
  const double = findDouble(tree);
  const key = double?.children?.[0];
  if (!double || !key) return;
  throw new CodegenError("duplicate_key", `Failed to read ${file}: the key "${key.value}" stands twice.`, {
    expected: "each key once in an object",
    location: at(key.offset, pointerOf([...pathOf(double), key.value])),
  });
}

function pathOf(node: Node): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let current: Node | undefined = node.parent; current?.parent; current = current.parent) {
    const parent: Node = current.parent;
    if (parent.type === "property") path.unshift(parent.children?.[0]?.value);
    else if (parent.type === "array") path.unshift(parent.children?.indexOf(current) ?? 0);
  }
  return path;
}
