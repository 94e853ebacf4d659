import { compileWithAjv } from "../checks/ajv-checks.js";
import type { CompiledChecks } from "../checks/compile-model.js";

/** Most times that schemas which refer to themselves are held against the parts of one frame. */
const maxRecursions = 1_000_000;

/**
 * `checks.ts`: boolean functions, one per message and one per direction. Nobody imports it but `validators.ts`
 * and `shapes.ts`. It has no `require`, no `eval` and no `new Function`.
 */
export function emitChecks({ compiler, rows }: CompiledChecks): string {
  const { declarations, imports } = compiler.code;
  const hasRecursion = declarations.some((line) => line.includes("fuel--"));
  const foreign = compileWithAjv(compiler.root, compiler.foreign);
  const runtime = [...new Set([...imports, ...foreign.imports])].filter((name) => name !== "isFormat").sort();
  const exported = rows.map(({ name, condition }) => {
    const body = hasRecursion ? `{ fuel = ${maxRecursions}; return ${condition}; }` : condition;
    return `export const ${name}: Check = (v) => ${body};`;
  });
  const shared = [...new Set([...compiler.foreign.values(), ...compiler.guards.values()])];
  return [
    "// @ts-nocheck",
    `import { ${["type Check", ...runtime].join(", ")} } from "@hivewire/protocol";`,
    ...(imports.includes("isFormat") ? [`import { isFormat } from "./formats.js";`] : []),
    ...(hasRecursion ? ["let fuel = 0;"] : []),
    ...(foreign.code === "" ? [] : [foreign.code]),
    ...declarations,
    ...exported,
    ...(shared.length === 0 ? [] : [`export { ${shared.join(", ")} };`]),
    "",
  ].join("\n");
}
