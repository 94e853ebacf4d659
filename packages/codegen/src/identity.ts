import { createHash } from "node:crypto";
import { isObject, type Json } from "./json.js";

/** Keywords that say something to people and nothing to the wire. */
const annotations: ReadonlySet<string> = new Set([
  "$comment",
  "$id",
  "$schema",
  "default",
  "deprecated",
  "description",
  "examples",
  "title",
  "x-coalesce",
  "x-contract",
  "x-fallback",
  "x-known",
  "x-open",
  "x-replies",
  "x-since",
]);

/** Keywords whose members are named by the schema's author: a property may be called `title`. */
const namedMembers: ReadonlySet<string> = new Set([
  "$defs",
  "definitions",
  "dependentSchemas",
  "patternProperties",
  "properties",
]);

/** Keywords whose value is data and stays as it is. */
const data: ReadonlySet<string> = new Set(["const", "enum", "dependentRequired"]);

type Role = "schema" | "members" | "data";

function roleOfChild(key: string, role: Role): Role {
  if (role === "members") return "schema";
  if (role === "data" || data.has(key)) return "data";
  return namedMembers.has(key) ? "members" : "schema";
}

/** The schema without annotations: what validators are compiled from and identity is taken of. */
export function withoutAnnotations(value: Json, role: Role = "schema"): Json {
  if (role === "data") return value;
  if (Array.isArray(value)) return value.map((item: Json) => withoutAnnotations(item, role));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => role === "members" || !annotations.has(key));
  return Object.fromEntries(
    kept.map(([key, child]) => [key, withoutAnnotations(child, roleOfChild(key, role))]),
  );
}

/** JSON text with sorted keys and no white space (the ordering of RFC 8785). */
function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** SHA-256 in hex of a text in UTF-8. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** SHA-256 of the canonical schema without annotations. Documentation edits do not change it. */
export function identityOf(schema: Json): string {
  return sha256(canonicalJson(withoutAnnotations(schema)));
}
