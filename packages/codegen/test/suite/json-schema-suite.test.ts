import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CodegenError, generate, type Model, readModel } from "@hivewire/codegen";
import type { Validate } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { run } from "../contracts/contracts.js";
import { isObject, type Json } from "../support/random-value.js";
import { knownFailures, refusedGroups } from "./known-failures.js";

/** The official suite; see docs/json-schema.md for where to get it. */
const folder =
  process.env.JSON_SCHEMA_TEST_SUITE ??
  fileURLToPath(new URL("../../../../../shared/data/json-schema-test-suite", import.meta.url));

interface Group {
  readonly description: string;
  readonly schema: Json;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
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

/** The suite's patterns are no messages: some are quadratic. */
function waived(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(waived);
  if (!isObject(schema)) return schema;
  const members = Object.entries(schema).map(([key, value]) => [
    key,
    key === "const" || key === "enum" ? value : waived(value),
  ]);
  const isPattern = "pattern" in schema || "patternProperties" in schema;
  return { ...Object.fromEntries(members), ...(isPattern ? { "x-pattern-waiver": "the suite's own" } : {}) };
}

async function validatorOf(schema: Json): Promise<Validate<unknown>> {
  const root = schema === true ? {} : schema === false ? { not: {} } : waived(schema);
  const model: Model = readModel({ text: JSON.stringify(root), file: "suite.schema.json", documents });
  const made = await generate(model, {
    generatorVersion: "0.0.0",
    schemaFile: "suite",
    command: "hivewire generate",
  });
  const contract = {
    folder: "suite",
    model,
    files: new Map(made.map(({ path, contents }) => [path, contents])),
  };
  const validate: unknown = Reflect.get(run(contract, "validators.ts"), "validateServerMessage");
  if (typeof validate !== "function") throw new Error("there is no validator");
  return (value) => validate(value);
}

describe.each(files)("draft 2020-12, %s", (file) => {
  const groups: readonly Group[] = JSON.parse(readFileSync(join(tests, file), "utf8"));
  it.each(groups.map((group) => [group.description, group] as const))(
    "%s",
    async (description, { schema, tests: rows }) => {
      const group = `${file}: ${description}`;
      const validate = await validatorOf(schema).catch((reason: unknown) => {
        if (reason instanceof CodegenError && reason.code !== "internal") return reason.code;
        throw reason;
      });
      if (typeof validate === "string") {
        expect(refusedGroups.get(group)).toBe(validate);
        return;
      }
      const wrong = rows
        .filter(({ data, valid }) => validate(data).ok !== valid)
        .map((row) => row.description);
      expect(wrong).toEqual(knownFailures.get(group) ?? []);
    },
  );
});

it("names everything that is left in docs/json-schema.md", () => {
  const text = readFileSync(new URL("../../../../docs/json-schema.md", import.meta.url), "utf8");
  const groups = [...knownFailures.keys(), ...refusedGroups.keys()].map((group) =>
    group.split(": ").slice(1).join(": "),
  );
  expect(groups.filter((group) => !text.includes(`| ${group} |`))).toEqual([]);
});
