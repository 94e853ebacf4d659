import { CheckCompiler } from "./checks/check-compiler.js";
import { valueAt } from "./json.js";
import type { Model } from "./model.js";
import { onlyOf, pickText } from "./shapes/pick-text.js";
import { listText, ruleText } from "./shapes/rule-text.js";
import { ShapeWriter } from "./shapes/shape-writer.js";

/** Name of a message's shape. */
export function shapeName(name: string): string {
  return `shape${name}`;
}

/** Name of the shape of all frames that a sender may send. */
export function directionShapeName(sender: "client" | "server"): string {
  return sender === "client" ? "shapeAnyClient" : "shapeAnyServer";
}

/** Pointer → name of the checks that only Ajv compiles; `checks.ts` exports them under these names. */
function foreignChecks(model: Model, assertFormats: boolean): ReadonlyMap<string, string> {
  const compiler = new CheckCompiler(model.schema, { assertFormats });
  const site = { value: "v", stem: "", deep: false };
  for (const { pointer } of model.messages) {
    compiler.condition({ ...site, schema: valueAt(model.schema, pointer) ?? true, pointer });
  }
  if (model.beside) compiler.condition({ ...site, schema: model.beside, pointer: "" });
  return compiler.foreign;
}

/** `shapes.ts`: what refusals are explained from. Nobody imports it but `validators.ts`. */
export function emitShapes(model: Model, assertFormats = false): string {
  const foreign = foreignChecks(model, assertFormats);
  const writer = new ShapeWriter(model.schema, foreign, assertFormats);
  const shapes = model.messages.map(({ name, pointer }) => writer.named(pointer, shapeName(name)));
  const directions = (["client", "server"] as const).flatMap((sender) => {
    const keep = (index: number): boolean => model.messages[index]?.sender === sender;
    if (!model.messages.some((_, index) => keep(index))) return [];
    const beside = model.beside && ruleText("allOf", listText([writer.shape(model.beside, "")]));
    const pick = pickText(onlyOf(model.route, keep), model.union === "one" ? "oneOf" : "anyOf", shapes);
    const rules = listText(beside === undefined ? [pick] : [beside, pick]);
    return [`export const ${directionShapeName(sender)}: Shape = ${rules};`];
  });
  const names = [...foreign.values()];
  return [
    `import type { Shape } from "@hivewire/protocol";`,
    ...(names.length === 0 ? [] : [`import { ${names.join(", ")} } from "./checks.js";`]),
    ...writer.declarations,
    ...directions,
    "",
  ].join("\n");
}
