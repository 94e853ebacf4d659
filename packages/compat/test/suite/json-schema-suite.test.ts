import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, CodegenError, isObject, type Json } from "@hivewire/codegen";
import { afterAll, describe, expect, it } from "vitest";
import { type Inclusion, InclusionChecker, type JudgedDocument } from "../../src/check-inclusion.js";
import { knownUnknowns, refusedGroups } from "./known-unknowns.js";

/** The official suite; see docs/json-schema.md for where to get it. */
const folder =
  process.env.JSON_SCHEMA_TEST_SUITE ??
  fileURLToPath(new URL("../../../../../shared/data/json-schema-test-suite", import.meta.url));

interface Row {
  readonly description: string;
  readonly data: Json;
  readonly valid: boolean;
}

interface Group {
  readonly description: string;
  readonly schema: Json;
  readonly tests: readonly Row[];
}

/** The address at which the suite expects its remote documents → their text. */
function remotes(path: string, address: string): readonly (readonly [string, string])[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory()
      ? remotes(inner, `${address}/${entry.name}`)
      : [[`${address}/${entry.name}`, readFileSync(inner, "utf8")] as const];
  });
}

const documents = new Map(remotes(join(folder, "remotes"), "http://localhost:1234"));
const tests = join(folder, "tests/draft2020-12");
const files = readdirSync(tests).filter((name) => name.endsWith(".json"));

/** A schema of the suite as a document, or the code of the error that refuses it. */
function documentOf(checker: InclusionChecker, schema: Json): JudgedDocument | string {
  if (!isObject(schema)) return checker.document(schema);
  try {
    return checker.document(bundle(JSON.stringify(schema), "suite.schema.json", documents).value);
  } catch (reason) {
    if (reason instanceof CodegenError && reason.code !== "internal") return reason.code;
    throw reason;
  }
}

const counts: Record<Inclusion["verdict"], number> = { included: 0, excluded: 0, unknown: 0 };
const reasons = new Map<string, number>();

/** Whether one document is in another, by its pointer to the whole. */
function ask(checker: InclusionChecker, narrow: JudgedDocument, wide: JudgedDocument): Inclusion {
  return checker.check({ judged: narrow, pointer: "" }, { judged: wide, pointer: "" }, false);
}

describe.each(files)("draft 2020-12, %s", (file) => {
  const groups: readonly Group[] = JSON.parse(readFileSync(join(tests, file), "utf8"));
  it.each(groups.map((group) => [group.description, group] as const))(
    "%s",
    (description, { schema, tests: rows }) => {
      const name = `${file}: ${description}`;
      const checker = new InclusionChecker({ assertFormats: false });
      const judged = documentOf(checker, schema);
      if (typeof judged === "string") {
        expect(refusedGroups.get(name)).toBe(judged);
        return;
      }
      expect(ask(checker, judged, checker.document(true)).verdict).toBe("included");
      expect(ask(checker, judged, judged).verdict).toBe("included");
      const unknown: string[] = [];
      for (const { description: title, data, valid } of rows) {
        expect([title, judged.evaluator.accepts("", data)]).toEqual([title, valid]);
        const result = ask(checker, checker.document({ const: data }), judged);
        counts[result.verdict]++;
        if (result.verdict === "unknown") {
          unknown.push(title);
          reasons.set(result.reason, (reasons.get(result.reason) ?? 0) + 1);
        } else expect([title, result.verdict]).toEqual([title, valid ? "included" : "excluded"]);
        if (!valid) continue;
        const others = ask(checker, judged, checker.document({ not: { const: data } }));
        expect([title, others.verdict]).not.toEqual([title, "included"]);
      }
      expect(unknown).toEqual(knownUnknowns.get(name)?.tests ?? []);
    },
  );
});

it("knows only groups that the suite has", () => {
  const names = files.flatMap((file) => {
    const groups: readonly Group[] = JSON.parse(readFileSync(join(tests, file), "utf8"));
    return groups.map(({ description }) => `${file}: ${description}`);
  });
  const known = [...knownUnknowns.keys(), ...refusedGroups.keys()];
  expect(known.filter((name) => !names.includes(name))).toEqual([]);
});

afterAll(() => {
  console.log(`${JSON.stringify(counts)} by reason ${JSON.stringify([...reasons])}`);
});
