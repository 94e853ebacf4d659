// @ts-check
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** @typedef {{ before: unknown, after: unknown, client: string, server: string, policy?: unknown }} Rule */

/**
 * Is every value of `narrow` one of `wide`? `undefined` where the library gives no answer.
 * @typedef {{ readonly name: string, readonly includes: (narrow: any, wide: any) => Promise<boolean | undefined> | boolean | undefined }} Engine
 */

/** The table of rules that the engine is tested with. @param {string} folder @returns {Promise<readonly Rule[]>} */
async function ruleTable(folder) {
  const source = fileURLToPath(new URL("../../compat/test/rules/rule-table.ts", import.meta.url));
  const outfile = join(folder, "rules.mjs");
  await build({
    entryPoints: [source],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    logLevel: "silent",
    packages: "external",
  });
  const { rules } = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
  return rules;
}

/** @returns {Promise<readonly Engine[]>} */
async function engines() {
  const require = createRequire(import.meta.url);
  const { checkInclusion } = await import("@hivewire/compat");
  const jsoncompat = await import("jsoncompat");
  jsoncompat.initSync({ module: readFileSync(require.resolve("jsoncompat/jsoncompat_wasm_bg.wasm")) });
  const { diffSchemas } = require("json-schema-diff");
  return [
    {
      name: "hivewire",
      includes: (narrow, wide) => {
        const { verdict } = checkInclusion(narrow, wide);
        return verdict === "unknown" ? undefined : verdict === "included";
      },
    },
    {
      name: "jsoncompat",
      includes: (narrow, wide) =>
        jsoncompat.check_compat(JSON.stringify(narrow), JSON.stringify(wide), "deserializer"),
    },
    {
      name: "json-schema-diff",
      includes: async (narrow, wide) =>
        !(await diffSchemas({ sourceSchema: narrow, destinationSchema: wide })).removalsFound,
    },
  ];
}

/** What each engine says to every row of our table of rules, in both directions. @param {string} folder @returns {Promise<import("./result.mjs").Section>} */
export async function verdicts(folder) {
  const rules = (await ruleTable(folder)).filter(({ policy }) => policy === undefined);
  const questions = rules
    .flatMap(({ before, after, client, server }) => [
      { narrow: before, wide: after, want: client },
      { narrow: after, wide: before, want: server },
    ])
    .filter(({ want }) => want !== "unknown");
  const rows = [];
  for (const { name, includes } of await engines()) {
    const counts = { passed: 0, refused: 0, silent: 0 };
    for (const { narrow, wide, want } of questions) {
      let answer;
      try {
        answer = await includes(narrow, wide);
      } catch {
        answer = undefined;
      }
      if (answer === undefined) counts.silent++;
      else if (answer && want === "breaking") counts.passed++;
      else if (!answer && want === "compatible") counts.refused++;
    }
    rows.push({ title: name, values: [counts.passed, counts.refused, counts.silent] });
  }
  return {
    title: `wrong verdicts over the ${questions.length} questions of our table of rules`,
    unit: "count",
    columns: ["passes what breaks", "refuses what is fine", "no answer"],
    rows,
  };
}
