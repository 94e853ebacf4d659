import { createRequire } from "node:module";
import { CodegenError } from "../codegen-error.js";
import { type Json, keysOf } from "../json.js";
import { maxSourceDepth, maxSourceLength, positionAt, type Source, sourceOf, tooLarge } from "./source.js";

type Yaml = typeof import("yaml");

/** Loaded when the first YAML file is met: most contracts are JSON, and the parser takes longer to load than they do. */
function loadYaml(): Yaml {
  const load: (name: string) => Yaml = createRequire(import.meta.url);
  return load("yaml");
}

/** The value as JSON; undefined where YAML says what JSON cannot, such as `.inf`. */
function asJson(value: unknown, depth: number): Json | undefined {
  if (depth > maxSourceDepth) return undefined;
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => asJson(item, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (typeof value !== "object") return undefined;
  const members = Object.entries(value).map(([key, child]) => [key, asJson(child, depth + 1)] as const);
  const known = members.flatMap(([key, child]) => (child === undefined ? [] : [[key, child] as const]));
  return known.length === members.length ? Object.fromEntries(known) : undefined;
}

/**
 * Parses one YAML 1.2 document that means JSON: string keys, no doubles, no values that JSON lacks.
 * @param text - the file's text
 * @param file - its name, for messages
 * @throws CodegenError `too_large`, `invalid_yaml`, `duplicate_key`
 */
export function parseYamlSource(text: string, file: string): Source {
  const at = (offset: number, pointer: string) => ({ file, ...positionAt(text, offset), pointer });
  if (text.length > maxSourceLength) throw tooLarge(at(0, ""));
  const { isNode, LineCounter, parseDocument } = loadYaml();
  const document = parseDocument(text, { lineCounter: new LineCounter(), stringKeys: true, merge: false });
  const [fault] = document.errors;
  if (fault) {
    const twice = fault.code === "DUPLICATE_KEY";
    const [what] = fault.message.split(/ at line |\n/);
    throw new CodegenError(
      twice ? "duplicate_key" : "invalid_yaml",
      `Failed to read ${file}: it is not YAML that means JSON (${what}).`,
      {
        expected: twice ? "each key once in an object" : "one YAML 1.2 document with string keys",
        location: at(fault.pos[0], ""),
      },
    );
  }
  const value = asJson(document.toJS({ maxAliasCount: 1_000 }), 0);
  if (value === undefined) {
    throw new CodegenError("invalid_yaml", `Failed to read ${file}: it holds what JSON cannot say.`, {
      expected: `objects, arrays, texts, finite numbers, booleans and null, at most ${maxSourceDepth} levels`,
      location: at(0, ""),
    });
  }
  return sourceOf(file, value, (pointer) => {
    for (let keys = keysOf(pointer); ; keys = keys.slice(0, -1)) {
      const node: unknown = keys.length === 0 ? document.contents : document.getIn(keys, true);
      if (isNode(node) && node.range) return at(node.range[0], pointer);
      if (keys.length === 0) return at(0, pointer);
    }
  });
}
