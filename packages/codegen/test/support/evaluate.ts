import { readFileSync } from "node:fs";
import { generate, type Model, readModel } from "@hivewire/codegen";
import type { Validators } from "@hivewire/protocol";
import ts from "typescript";
import { virtualProgram } from "./virtual-program.js";

/** The repository's own contract, as text. */
export const ownSchemaText = readFileSync(
  new URL("../../../../schemas/ws_messages.schema.json", import.meta.url),
  "utf8",
);

const origin = { generatorVersion: "0.0.0", schemaFile: "test.schema.json", command: "hivewire generate" };

/** A model of a schema that is written as a value. */
export function modelOf(schema: unknown, file = "test.schema.json"): Model {
  return readModel({ text: JSON.stringify(schema), file });
}

/** Generated files by path. */
export async function filesOf(model: Model): Promise<ReadonlyMap<string, string>> {
  const files = await generate(model, origin);
  return new Map(files.map(({ path, contents }) => [path, contents]));
}

function moduleUrl(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    },
  });
  return `data:text/javascript;base64,${Buffer.from(outputText).toString("base64")}`;
}

/** Runs the generated `validators.ts` of a schema, as an application would. */
export async function validatorsOf(schema: unknown): Promise<Validators> {
  const files = await filesOf(modelOf(schema));
  const protocol = new URL("../../../protocol/dist/index.js", import.meta.url).href;
  const linked = (path: string, more: readonly (readonly [string, string])[]): string =>
    moduleUrl(
      [["@hivewire/protocol", protocol] as const, ...more].reduce(
        (text, [name, url]) => text.replace(`"${name}"`, JSON.stringify(url)),
        files.get(path) ?? "",
      ),
    );
  const checks = linked("checks.ts", []);
  const shapes = linked("shapes.ts", [["./checks.js", checks]]);
  const url = linked("validators.ts", [
    ["./checks.js", checks],
    ["./shapes.js", shapes],
  ]);
  const module: { validators: Validators } = await import(/* @vite-ignore */ url);
  return module.validators;
}

/** Diagnostics of `tsc --strict` over the generated `types.ts` and code that uses it. */
export async function compileWith(schema: unknown, code: string): Promise<readonly string[]> {
  const files = await filesOf(modelOf(schema));
  const sources = new Map([
    ["/types.ts", files.get("types.ts") ?? ""],
    ["/use.ts", code],
    ["/protocol.d.ts", matchingDeclaration],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    lib: ["lib.es2022.d.ts"],
  };
  const program = virtualProgram(sources, options);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const matchingDeclaration = `declare module "@hivewire/protocol" {
  const matched: unique symbol;
  export type Matching<T extends string> = T & { readonly [matched]: true };
}`;
