import { fileURLToPath } from "node:url";
import ts from "typescript";
import { virtualProgram } from "./virtual-program.js";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Runs an emitted module; `imports` says where the packages it names are. */
export async function load(source: string, imports: Readonly<Record<string, string>>): Promise<unknown> {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    },
  });
  const linked = Object.entries(imports).reduce(
    (text, [name, path]) =>
      text.replaceAll(`from "${name}"`, `from ${JSON.stringify(new URL(path, import.meta.url).href)}`),
    outputText,
  );
  const url = `data:text/javascript;base64,${Buffer.from(linked).toString("base64")}`;
  return import(/* @vite-ignore */ url);
}

/** What `tsc --strict` says about emitted modules and code that uses them. */
export function diagnosticsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const sources = new Map(Object.entries(files).map(([name, text]) => [`${folder}${name}`, text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    skipLibCheck: true,
    verbatimModuleSyntax: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  };
  const program = virtualProgram(sources, options);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.split("/").at(-1)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}
