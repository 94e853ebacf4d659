import type { GeneratedFile } from "./generate.js";
import { compareText } from "./literal.js";
import { readPreamble } from "./preamble.js";

/** What is wrong with one file of a generated folder. */
export type DriftKind =
  /** It ought to be there. */
  | "missing"
  /** The schema changed since it was made. */
  | "schema-changed"
  /** Another version of the generator, or other settings, made it. */
  | "generator-changed"
  /** Somebody changed it after it was made. */
  | "hand-edited"
  /** Nothing makes it any more. */
  | "orphan";

/** One file that differs from what the schema says. */
export interface Drift {
  readonly path: string;
  readonly kind: DriftKind;
  /** What is there; empty when missing. */
  readonly actual: string;
  /** What ought to be there; empty for an orphan. */
  readonly expected: string;
}

/** The line of `index.ts` that names the schema it was made from. */
function schemaLineOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^\/\/ Schema: sha256-[0-9a-f]{64}$/m.exec(text)?.[0];
}

/**
 * Compares a generated folder with what it ought to hold. Line endings do not count.
 * @param actual - path → text of every file in the folder
 * @returns every difference, by path, with its cause; empty when there is none
 */
export function compareFiles(
  expected: readonly GeneratedFile[],
  actual: ReadonlyMap<string, string>,
): readonly Drift[] {
  const wanted = new Map(expected.map(({ path, contents }) => [path, contents]));
  const paths = [...new Set([...wanted.keys(), ...actual.keys()])].sort(compareText);
  const line = schemaLineOf(actual.get("index.ts"));
  const isSameSchema = line !== undefined && line === schemaLineOf(wanted.get("index.ts"));
  return paths.flatMap((path): readonly Drift[] => {
    const want = wanted.get(path);
    const have = actual.get(path)?.replaceAll("\r\n", "\n");
    if (want === undefined) return [{ path, kind: "orphan", actual: have ?? "", expected: "" }];
    if (have === undefined) return [{ path, kind: "missing", actual: "", expected: want }];
    if (have === want) return [];
    const untouched = readPreamble(path, have)?.isUntouched === true;
    const kind = !untouched ? "hand-edited" : isSameSchema ? "generator-changed" : "schema-changed";
    return [{ path, kind, actual: have, expected: want }];
  });
}
