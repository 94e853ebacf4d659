/** Ajv's options for every use in this package. `strictNumbers` is named: `strict: false` drops it. */
export const ajvOptions = {
  strict: false,
  strictNumbers: true,
  validateFormats: false,
  allErrors: false,
  logger: false,
  unicodeRegExp: true,
} as const;
