import { createJudge, type Json, type SchemaJudge, withoutAnnotations } from "@hivewire/codegen";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { EvaluateSettings } from "./refusal.js";

/** Judges values by Ajv. */
export interface AjvJudge {
  /** Whether the schema at a pointer accepts a value; undefined when Ajv cannot compile it. */
  readonly accepts: (pointer: string, value: Json) => boolean | undefined;
}

/** Ajv for one document; a schema in it is compiled when it is first asked for. */
export function ajvJudge(root: Json, settings: EvaluateSettings): AjvJudge {
  const compiled = new Map<string, ((value: unknown) => unknown) | undefined>();
  let ajv: SchemaJudge | undefined;
  const compile = (pointer: string): ((value: unknown) => unknown) | undefined => {
    try {
      if (!ajv) {
        ajv = createJudge({
          // A property named like a member of every object counts only when the value has it itself.
          ownProperties: true,
          // The schema was read before; its meta-schema would take longer to compile than the schema.
          meta: false,
          validateSchema: false,
          validateFormats: settings.assertFormats,
          ...(settings.assertFormats ? { formats: fullFormats } : {}),
        });
        const plain = withoutAnnotations(root);
        ajv.addSchema(typeof plain === "object" && plain !== null ? plain : {}, "document");
      }
      const fragment = pointer.split("/").map(encodeURIComponent).join("/");
      return ajv.getSchema(`document#${fragment}`) ?? ajv.compile({ $ref: `document#${fragment}` });
    } catch {
      return undefined;
    }
  };
  return {
    accepts: (pointer, value) => {
      if (typeof root === "boolean") return root;
      if (!compiled.has(pointer)) compiled.set(pointer, compile(pointer));
      const check = compiled.get(pointer);
      if (!check) return undefined;
      try {
        return check(value) === true;
      } catch {
        return undefined;
      }
    },
  };
}
