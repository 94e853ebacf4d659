import { createRequire } from "node:module";

/** Ajv's options for every use in this package. `strictNumbers` is named: `strict: false` drops it. */
export const ajvOptions = {
  strict: false,
  strictNumbers: true,
  validateFormats: false,
  allErrors: false,
  logger: false,
  unicodeRegExp: true,
} as const;

const require = createRequire(import.meta.url);

/** Ajv for draft 2020-12, loaded when it is first needed: most contracts need none of it to be generated. */
export function loadAjv(): typeof import("ajv/dist/2020.js").default {
  const module: typeof import("ajv/dist/2020.js") = require("ajv/dist/2020.js");
  return module.default;
}

/** Ajv's writer of standalone code. */
export function loadStandalone(): typeof import("ajv/dist/standalone/index.js").default {
  const module: typeof import("ajv/dist/standalone/index.js") = require("ajv/dist/standalone/index.js");
  return module.default;
}

/** What is asked of Ajv outside this package; its own types do not survive bundling. */
export interface SchemaJudge {
  readonly addSchema: (schema: object, key: string) => unknown;
  readonly getSchema: (reference: string) => ((value: unknown) => unknown) | undefined;
  readonly compile: (schema: object) => (value: unknown) => unknown;
}

/** Ajv with the options that this package compiles with, and others beside them. */
export function createJudge(options: Readonly<Record<string, unknown>>): SchemaJudge {
  return new (loadAjv())({ ...ajvOptions, ...options });
}
