import type { Model } from "../model.js";

/** `bundle.schema.json`: every document of the contract as one schema of draft 2020-12, for tools that read only one. */
export function emitBundle(model: Model): string {
  return `${JSON.stringify(model.schema, undefined, 2)}\n`;
}
