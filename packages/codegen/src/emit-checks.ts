import type { AnySchema } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { ajvOptions } from "./check-schema.js";
import { CodegenError } from "./codegen-error.js";
import { withoutAnnotations } from "./identity.js";
import { isObject, type Json } from "./json.js";
import type { Model } from "./model.js";
import { unionKeyword } from "./read-messages.js";

/** What Ajv's standalone code would `require`, written out; each is exact for JSON values. */
const runtime: readonly { readonly module: string; readonly name: string; readonly code: string }[] = [
  {
    module: 'require("ajv/dist/runtime/ucs2length").default',
    name: "codePoints",
    code: `function codePoints(text) {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(index + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      count--;
      index++;
    }
  }
  return count;
}`,
  },
  {
    module: 'require("ajv/dist/runtime/equal").default',
    name: "deepEqual",
    code: `function deepEqual(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]));
}`,
  },
];

/** Name of a message's check. The prefix keeps a message called `Array` from shadowing what the code calls. */
export function checkName(name: string): string {
  return `check${name}`;
}

/** Name of the check of all frames that a sender may send, for contracts that dispatch cannot decide. */
export function wholeCheckName(sender: "client" | "server"): string {
  return sender === "client" ? "wholeClient" : "wholeServer";
}

/** Pointers become URI fragments: a definition may have any name. */
function fragment(pointer: string): string {
  return pointer.split("/").map(encodeURIComponent).join("/");
}

/**
 * `checks.ts`: one boolean function per message, compiled by Ajv. Nobody imports it but `validators.ts`.
 * It has no `require`, no `eval` and no `new Function`.
 */
export function emitChecks(model: Model): string {
  const root = withoutAnnotations(model.schema);
  if (!isObject(root))
    throw new CodegenError("internal", "Failed to compile checks: the schema is not an object.");
  const ajv = model.dialect.createAjv({ ...ajvOptions, code: { source: true, esm: true, lines: true } });
  ajv.addSchema(root as AnySchema, "contract");
  const names: Record<string, string> = {};
  for (const { name, pointer } of model.messages) names[checkName(name)] = `contract#${fragment(pointer)}`;
  if (!model.exact) {
    for (const sender of ["client", "server"] as const) {
      const branches: Json = model.messages
        .filter((message) => message.sender === sender)
        .map(({ pointer }) => ({ $ref: `contract#${fragment(pointer)}` }));
      if (branches.length === 0) continue;
      const name = wholeCheckName(sender);
      const keyword = unionKeyword(root) ?? "anyOf";
      ajv.addSchema({ allOf: [{ $ref: "contract#" }, { [keyword]: branches }] }, name);
      names[name] = name;
    }
  }
  return `// @ts-nocheck\nimport type { Check } from "@hivewire/protocol";\n${helpersAndCode(
    compiled(() => standalone.default(ajv, names)),
    names,
  )}`;
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

function helpersAndCode(code: string, names: Readonly<Record<string, string>>): string {
  const used = runtime.filter(({ module }) => code.includes(module));
  const inlined = used.reduce((text, { module, name }) => text.replaceAll(module, name), code);
  const typed = inlined
    .replace(/^"use strict";\n?/, "")
    .replace(/export const (\w+) = (validate\d+);/g, (whole, name: string, target: string) =>
      Object.hasOwn(names, name) ? `export const ${name}: Check = ${target};` : whole,
    );
  const forbidden = /\brequire\s*\(|\beval\s*\(|\bnew Function\b/.exec(typed);
  if (forbidden) {
    throw new CodegenError("internal", `Failed to compile checks: the code would need ${forbidden[0]}.`);
  }
  return `${used.map(({ code: helper }) => `${helper}\n`).join("")}${typed.trim()}\n`;
}
