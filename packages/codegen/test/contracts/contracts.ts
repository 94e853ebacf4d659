import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import { generate, type Model, readModel } from "@hivewire/codegen";
import * as protocol from "@hivewire/protocol";
import ts from "typescript";
import { virtualProgram } from "../support/virtual-program.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const protocolEntry = fileURLToPath(new URL("../../../protocol/src/index.ts", import.meta.url));

const isSchema = (name: string): boolean => /\.schema\.(json|yaml)$/.test(name);

/** Path → text of every document, relative to this folder, with forward slashes. */
/** Path → text of every file of the contracts. */
export const documents: ReadonlyMap<string, string> = new Map(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(isSchema)
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(`${folder}${path}`, "utf8")] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** The documents that are contracts; the others are parts of `agent-mesh/mesh.schema.json`. */
export const contractFiles: readonly string[] = [...documents.keys()].filter(
  (path) => !path.includes("/") || path === "agent-mesh/mesh.schema.json",
);

/** A contract and what was generated from it. */
export interface Generated {
  /** Name of its folder in the program of all contracts. */
  readonly folder: string;
  readonly model: Model;
  /** Path → contents. */
  readonly files: ReadonlyMap<string, string>;
}

/** Generates one contract. */
export async function generated(file: string): Promise<Generated> {
  const model = readModel({ text: documents.get(file) ?? "", file, documents });
  const made = await generate(model, {
    generatorVersion: "0.0.0",
    schemaFile: file,
    command: "hivewire generate",
  });
  return {
    folder: file.replace(/\.schema\..*$/, "").replaceAll("/", "-"),
    model,
    files: new Map(made.map(({ path, contents }) => [path, contents])),
  };
}

/** Generates all contracts that can be generated, by file, and says why the others cannot. */
export async function generateAll(): Promise<{
  readonly contracts: ReadonlyMap<string, Generated>;
  readonly faults: ReadonlyMap<string, unknown>;
}> {
  const contracts = new Map<string, Generated>();
  const faults = new Map<string, unknown>();
  for (const file of contractFiles) {
    try {
      contracts.set(file, await generated(file));
    } catch (reason) {
      faults.set(file, reason);
    }
  }
  return { contracts, faults };
}

/** One thing that the compiler said. */
export interface Diagnostic {
  /** Path of the file, as it was given to `diagnose`. */
  readonly file: string;
  /** From 0. */
  readonly line: number;
  readonly code: number;
  readonly text: string;
}

/** What `tsc --strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes` says about files, as one program. */
export function diagnose(files: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const sources = new Map([...files].map(([name, text]) => [`${folder}${name}`, text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    lib: ["lib.es2023.d.ts"],
    paths: { "@hivewire/protocol": [protocolEntry] },
  };
  const program = virtualProgram(sources, options);
  return [...sources.keys()].flatMap((name) => {
    const source = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ code, start, messageText }) => ({
      file: name.slice(folder.length),
      line: source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0,
      code,
      text: ts.flattenDiagnosticMessageText(messageText, "\n"),
    }));
  });
}

/** A value as an expression on one line: separators that JSON leaves as they are would count as line ends. */
export function expressionOf(value: unknown): string {
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

const compilerOptions: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  esModuleInterop: true,
};

/** What a generated module exports, run as an application would. */
export function run({ files }: Generated, path: string): object {
  const loaded = new Map<string, object>();
  const load = (name: string): object => {
    if (name === "@hivewire/protocol") return protocol;
    const file = name.replace(/^\.\//, "").replace(/\.js$/, ".ts");
    const known = loaded.get(file);
    if (known) return known;
    const exported = {};
    loaded.set(file, exported);
    const { outputText } = ts.transpileModule(files.get(file) ?? "", { compilerOptions });
    const compiled = compileFunction(outputText, ["exports", "require"]);
    Reflect.apply(compiled, undefined, [exported, load]);
    return exported;
  };
  return load(path);
}

function functionOf(module: object, name: string): (value: unknown) => unknown {
  const found: unknown = Reflect.get(module, name);
  if (typeof found !== "function") throw new TypeError(`The module has no function ${name}.`);
  return (value) => Reflect.apply(found, undefined, [value]);
}

/** The generated guard of a message or direction: `isPing`, `isClientMessage`. */
export function guardOf(module: object, name: string): (value: unknown) => boolean {
  const guard = functionOf(module, `is${name}`);
  return (value) => guard(value) === true;
}

/** The keyword by which the generated validator refuses a value; undefined for an accepted one. */
export function refusalOf(module: object, name: string): (value: unknown) => string | undefined {
  const validate = functionOf(module, `validate${name}`);
  return (value) => {
    const result = validate(value);
    if (typeof result !== "object" || result === null)
      throw new TypeError(`validate${name} gives no result.`);
    if (Reflect.get(result, "ok") === true) return undefined;
    const issue: unknown = Reflect.get(result, "issue");
    const keyword: unknown =
      typeof issue === "object" && issue !== null ? Reflect.get(issue, "keyword") : undefined;
    return typeof keyword === "string" ? keyword : "nothing";
  };
}
