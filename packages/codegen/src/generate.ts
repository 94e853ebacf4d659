import { type CompiledChecks, compileModel } from "./checks/compile-model.js";
import { emitChecks } from "./emit-checks.js";
import { emitContract, emitIndex, emitSchema } from "./emit-contract.js";
import { emitShapes } from "./emit-shapes.js";
import { emitTypes } from "./emit-types.js";
import { emitValidators } from "./emit-validators.js";
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
}

/** The table of files, in the order in which they are made. A new target is a row here and a file `emit-*`. */
const emitters: readonly {
  readonly path: string;
  readonly emit: (input: Input) => string | Promise<string>;
}[] = [
  { path: "checks.ts", emit: ({ checks }) => emitChecks(checks) },
  { path: "contract.ts", emit: ({ model }) => emitContract(model) },
  { path: "index.ts", emit: () => emitIndex() },
  { path: "schema.ts", emit: ({ model }) => emitSchema(model) },
  { path: "shapes.ts", emit: ({ model, checks }) => emitShapes(model, checks) },
  { path: "types.ts", emit: ({ model }) => emitTypes(model) },
  { path: "validators.ts", emit: ({ model }) => emitValidators(model) },
];

/**
 * Makes every file of a contract: the same bytes for the same model and origin, on every run and platform.
 * @throws CodegenError `internal` when a part cannot be compiled
 */
export async function generate(model: Model, origin: Origin): Promise<readonly GeneratedFile[]> {
  const input = { model, checks: compileModel(model, { assertFormats: false }) };
  const files: GeneratedFile[] = [];
  for (const { path, emit } of emitters) {
    files.push({ path, contents: withPreamble(await emit(input), model, origin) });
  }
  return files;
}
