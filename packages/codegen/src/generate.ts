import { type CompiledChecks, compileModel } from "./checks/compile-model.js";
import type { ConversionPlan } from "./emit/conversion-plan.js";
import { emitBundle } from "./emit/emit-bundle.js";
import { emitChecks } from "./emit/emit-checks.js";
import { emitContract, emitIndex, emitSchema } from "./emit/emit-contract.js";
import { emitConverters, olderTypesPath, versionsWithSlots } from "./emit/emit-converters.js";
import { emitFormats } from "./emit/emit-formats.js";
import { emitShapes } from "./emit/emit-shapes.js";
import { emitTypes } from "./emit/emit-types.js";
import { emitValidators } from "./emit/emit-validators.js";
import type { Model } from "./model.js";
import { type Origin, withPreamble } from "./preamble.js";

/** A file to be written, its path relative to the output folder. */
export interface GeneratedFile {
  readonly path: string;
  readonly contents: string;
}

/** What an emitter works from. */
interface Input {
  readonly model: Model;
  readonly checks: CompiledChecks;
  readonly conversions: readonly ConversionPlan[];
}

interface Emitter {
  readonly path: string;
  /** Made only when the project asks for this target. */
  readonly target?: string;
  readonly emit: (input: Input) => string | Promise<string>;
}

/** The table of files, in the order in which they are made. A new target is a row here and a file `emit-*`. */
const emitters = [
  { path: "checks.ts", emit: ({ checks }) => emitChecks(checks) },
  { path: "contract.ts", emit: ({ model }) => emitContract(model) },
  { path: "index.ts", emit: ({ model }) => emitIndex(model) },
  { path: "schema.ts", emit: ({ model }) => emitSchema(model) },
  { path: "shapes.ts", emit: ({ model, checks }) => emitShapes(model, checks) },
  { path: "types.ts", emit: ({ model }) => emitTypes(model) },
  { path: "validators.ts", emit: ({ model }) => emitValidators(model) },
  {
    path: "typebox.ts",
    target: "typebox",
    emit: async ({ model }) => (await import("./emit/emit-typebox.js")).emitTypebox(model),
  },
  {
    path: "msw.ts",
    target: "msw",
    emit: async ({ model }) => (await import("./emit/emit-msw.js")).emitMsw(model),
  },
  {
    path: "converters.ts",
    target: "converters",
    emit: ({ model, conversions }) => emitConverters(model, conversions),
  },
  { path: "bundle.schema.json", target: "bundle", emit: ({ model }) => emitBundle(model) },
  {
    path: "asyncapi.json",
    target: "asyncapi",
    emit: async ({ model }) => (await import("./emit/emit-asyncapi.js")).emitAsyncApi(model),
  },
  {
    path: "reference.md",
    target: "markdown",
    emit: async ({ model }) => (await import("./emit/emit-markdown.js")).emitMarkdown(model),
  },
  {
    path: "reference.html",
    target: "html",
    emit: async ({ model }) => (await import("./emit/emit-html.js")).emitHtml(model),
  },
] as const satisfies readonly Emitter[];

/** A file that is made only when the project asks for it. */
export type Target = Extract<(typeof emitters)[number], { readonly target: string }>["target"];

/** Every target that can be asked for. */
export const targets: readonly Target[] = emitters.flatMap((row) => ("target" in row ? [row.target] : []));

/** Choices of the project. */
export interface GenerateOptions {
  /** Files beside types, validators and the contract value. @default [] */
  readonly targets?: readonly Target[];
  /**
   * Whether `format` refuses values, by the tests of ajv-formats, or only describes them.
   * @default false, as draft 2020-12 has it
   */
  readonly assertFormats?: boolean;
  /** For the target `converters`: how frames are converted for each live older version. @default [] */
  readonly conversions?: readonly ConversionPlan[];
  /** Called before each file is made, with its path. */
  readonly onFile?: (path: string) => void;
}

/** Types of the older versions that somebody has to write conversions for. */
function olderTypes(conversions: readonly ConversionPlan[]): readonly Emitter[] {
  return versionsWithSlots(conversions).map(({ version, model }) => ({
    path: olderTypesPath(version),
    emit: () => emitTypes(model),
  }));
}

/**
 * Makes every file of a contract: the same bytes for the same model, origin and options, on every run and platform.
 * @throws CodegenError `internal` when a part cannot be compiled
 */
export async function generate(
  model: Model,
  origin: Origin,
  options: GenerateOptions = {},
): Promise<readonly GeneratedFile[]> {
  const { targets: wanted = [], assertFormats = false, conversions = [], onFile } = options;
  const input = { model, checks: compileModel(model, { assertFormats }), conversions };
  const rows: readonly Emitter[] = [
    ...emitters.filter((row) => !("target" in row) || wanted.includes(row.target)),
    ...(wanted.includes("converters") ? olderTypes(conversions) : []),
    ...(assertFormats ? [{ path: "formats.ts", emit: emitFormats }] : []),
  ];
  const files: GeneratedFile[] = [];
  for (const { path, emit } of rows) {
    onFile?.(path);
    files.push({ path, contents: withPreamble(path, await emit(input), model, origin) });
  }
  return files;
}
