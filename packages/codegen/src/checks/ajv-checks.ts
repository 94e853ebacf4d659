import type { AnySchema } from "ajv";
import { ajvOptions, loadAjv, loadStandalone } from "../ajv.js";
import { CodegenError } from "../codegen-error.js";
import { withoutAnnotations } from "../identity.js";
import { isObject, type Json } from "../json.js";

/** What Ajv's standalone code would `require`, and what the runtime has instead; both agree on JSON values. */
const runtime: readonly { readonly module: string; readonly name: string; readonly code: string }[] = [
  {
    module: 'require("ajv/dist/runtime/ucs2length").default',
    name: "codePoints",
    code: "(text) => { let n = 0; for (const _ of text) n++; return n; }",
  },
  { module: 'require("ajv/dist/runtime/equal").default', name: "deepEqual", code: "" },
];

/** Pointers become URI fragments: a definition may have any name. */
function fragment(pointer: string): string {
  return pointer.split("/").map(encodeURIComponent).join("/");
}

/** Code of Ajv's own functions for schemas that only it decides about. */
export function compileWithAjv(
  schema: Json,
  names: ReadonlyMap<string, string>,
): { readonly code: string; readonly imports: readonly string[] } {
  if (names.size === 0) return { code: "", imports: [] };
  const root = withoutAnnotations(schema);
  if (!isObject(root))
    throw new CodegenError("internal", "Failed to compile checks: the schema is not an object.");
  const ajv = new (loadAjv())({ ...ajvOptions, code: { source: true, esm: true, lines: true } });
  ajv.addSchema(root as AnySchema, "contract");
  const exported = Object.fromEntries(
    [...names].map(([pointer, name]) => [name, `contract#${fragment(pointer)}`]),
  );
  const used = new Set<string>();
  const code = compiled(() => loadStandalone()(ajv, exported)).replace(/^"use strict";\n?/, "");
  const inlined = runtime.reduce((text, { module, name }) => {
    if (text.includes(module)) used.add(name);
    return text.replaceAll(module, name);
  }, code);
  const body = inlined.replace(/^export const (\w+) = (\w+);/gm, "const $1 = /* @__PURE__ */ bounded($2);");
  const forbidden = /\brequire\s*\(|\beval\s*\(|\bnew Function\b|^export /m.exec(body);
  if (forbidden) {
    throw new CodegenError("internal", `Failed to compile checks: the code would need ${forbidden[0]}.`);
  }
  const helpers = runtime.filter(({ name, code: text }) => text !== "" && used.has(name));
  return {
    code: [...helpers.map(({ name, code: text }) => `const ${name} = ${text};`), body.trim()].join("\n"),
    imports: [
      "bounded",
      ...runtime.filter(({ name, code: text }) => text === "" && used.has(name)).map(({ name }) => name),
    ],
  };
}

/** What the meta-schema lets through and Ajv does not, such as an empty `enum`. */
function compiled(compile: () => string): string {
  try {
    return compile();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CodegenError("invalid_schema", `Failed to compile checks: ${why}.`, { cause });
  }
}
