import { isJsonObject } from "@hivewire/protocol";
import { entries, list, own, type Schema } from "./schema-walk.js";

/** One message of a schema. */
export interface FoundMessage {
  /** Name of its definition, else its title, else its place in the union. */
  readonly name: string;
  /** What a frame has to fulfil, all of it; where there is a union, the root judges it as well. */
  readonly schemas: readonly unknown[];
}

function nameOf(branch: unknown, index: number): string {
  if (!isJsonObject(branch)) return String(index);
  const reference = own(branch, "$ref");
  if (typeof reference === "string") {
    const key = reference.split("/").at(-1) ?? "";
    return decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
  }
  return typeof branch.title === "string" ? branch.title : String(index);
}

/**
 * The messages of a schema: the branches of the root's union; without one its definitions, or the root itself where it
 * describes a frame.
 */
export function findMessages(root: Schema): readonly FoundMessage[] {
  for (const keyword of ["oneOf", "anyOf"]) {
    const branches = list(root, keyword);
    if (branches.length === 0) continue;
    const beside = Object.fromEntries(Object.entries(root).filter(([key]) => key !== keyword));
    return branches.map((branch, index) => ({ name: nameOf(branch, index), schemas: [beside, branch] }));
  }
  const isShape = ["type", "properties", "$ref", "allOf"].some((key) => own(root, key) !== undefined);
  const definitions = [...entries(root, "$defs"), ...entries(root, "definitions")];
  if (isShape || definitions.length === 0) {
    return [{ name: nameOf(root, 0), schemas: [root] }];
  }
  return definitions.map(([name, schema]) => ({ name, schemas: [schema] }));
}
