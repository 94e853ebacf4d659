import type { Json } from "@hivewire/codegen";
import type { Inclusion } from "../../src/check-inclusion.js";

/** A question that is hard to answer: a title, the narrow and the wide schema, and the verdict. */
export type Row = readonly [string, Json, Json, Inclusion["verdict"]];

/** Texts of any kind. */
export const text = { type: "string" } as const;

/** Arrays. */
export const list = (schema: object): Json => ({ type: "array", ...schema });

/** Objects. */
export const map = (schema: object): Json => ({ type: "object", ...schema });

/** Texts. */
export const string = (schema: object): Json => ({ type: "string", ...schema });
