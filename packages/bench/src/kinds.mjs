// @ts-check

/**
 * What a value may be, in words that every library has. Text bounds count characters.
 * @typedef {{ readonly kind: "string" }
 *   | { readonly kind: "text", readonly min: number, readonly max: number }
 *   | { readonly kind: "integer", readonly min: number }
 *   | { readonly kind: "number" }
 *   | { readonly kind: "boolean" }
 *   | { readonly kind: "enum", readonly values: readonly string[] }
 *   | { readonly kind: "strings" }
 *   | { readonly kind: "list", readonly of: PartName }
 *   | { readonly kind: "map", readonly of: Scalar }
 *   | ObjectKind} Kind
 * @typedef {{ readonly kind: "string" } | { readonly kind: "number" } | { readonly kind: "boolean" }} Scalar
 * @typedef {Kind & { readonly optional?: true }} Field
 * @typedef {Readonly<Record<string, Field>>} Fields
 * @typedef {{ readonly kind: "object", readonly closed?: true, readonly fields: Fields }} ObjectKind
 * @typedef {"Change" | "Item" | "Sample"} PartName
 */

export const string = /** @type {const} */ ({ kind: "string" });
export const number = /** @type {const} */ ({ kind: "number" });
export const boolean = /** @type {const} */ ({ kind: "boolean" });
export const strings = /** @type {const} */ ({ kind: "strings" });
export const optional = /** @type {const} */ ({ optional: true });
export const text = (/** @type {number} */ max) => /** @type {const} */ ({ kind: "text", min: 1, max });
export const integer = (/** @type {number} */ min) => /** @type {const} */ ({ kind: "integer", min });
export const oneOf = (/** @type {string[]} */ ...values) => /** @type {const} */ ({ kind: "enum", values });
export const list = (/** @type {PartName} */ of) => /** @type {const} */ ({ kind: "list", of });
export const map = (/** @type {Scalar} */ of) => /** @type {const} */ ({ kind: "map", of });
export const object = (/** @type {Fields} */ fields) => /** @type {const} */ ({ kind: "object", fields });

export const status = oneOf("idle", "active", "busy", "failed", "offline");
/** Definitions that several messages share. @type {Readonly<Record<PartName, ObjectKind>>} */
export const parts = {
  Change: {
    kind: "object",
    closed: true,
    fields: { field: text(64), before: { ...string, ...optional }, after: string, at: integer(0) },
  },
  Item: object({
    id: text(64),
    name: text(80),
    status,
    summary: text(2_000),
    tags: strings,
    owner: { ...string, ...optional },
    meta: object({ attempts: integer(0), pinned: boolean }),
    load: number,
  }),
  Sample: object({ name: text(64), unit: oneOf("ms", "bytes", "count"), value: number, at: integer(0) }),
};
