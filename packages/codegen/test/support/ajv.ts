import Ajv2020 from "ajv/dist/2020.js";

/** Ajv as this package sets it: formats are annotations. */
export function createAjv(): Ajv2020.default {
  return new Ajv2020.default({ strict: false, validateFormats: false, unicodeRegExp: true, logger: false });
}
