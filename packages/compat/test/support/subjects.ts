import { readFileSync } from "node:fs";
import { isObject, type JsonObject, own, readModel, walkSchemas } from "@hivewire/codegen";
import { contractFiles, documents } from "../../../codegen/test/contracts/contracts.js";
import { excerpt } from "./random-edit.js";

/** A real schema, as a document of its own. */
export interface Subject {
  readonly name: string;
  readonly schema: JsonObject;
}

/** Definitions of one text at most this long are taken: larger ones only make every look slower. */
const maxLength = 6_000;

/** Every definition of the contracts that codegen is tested with, and of our own, that stands by itself. */
export function subjects(): readonly Subject[] {
  const own0 = readFileSync(new URL("../../../../schemas/ws_messages.schema.json", import.meta.url), "utf8");
  const models = [
    readModel({ text: own0, file: "ws_messages.schema.json" }),
    ...contractFiles
      .filter((file) => !file.includes("odd-names"))
      .map((file) => readModel({ text: documents.get(file) ?? "", file, documents })),
  ];
  return models.flatMap((model) => {
    const definitions = own(model.schema, "$defs");
    const names = isObject(definitions) ? Object.keys(definitions) : [];
    return names
      .map((name) => ({ name: `${model.name} ${name}`, schema: excerpt(model.schema, `/$defs/${name}`) }))
      .filter(({ schema }) => JSON.stringify(schema).length < maxLength && walkSchemas(schema).length > 2);
  });
}
