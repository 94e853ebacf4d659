import type { CompiledChecks } from "../checks/compile-model.js";
import type { Model } from "../model.js";
import { onlyOf, pickText } from "../shapes/pick-text.js";
import { listText, ruleText } from "../shapes/rule-text.js";
import { ShapeWriter } from "../shapes/shape-writer.js";

/** Name of a message's shape. */
export function shapeName(name: string): string {
  return `shape${name}`;
}

/** Name of the shape of all frames that a sender may send. */
export function directionShapeName(sender: "client" | "server"): string {
  return sender === "client" ? "shapeAnyClient" : "shapeAnyServer";
}

/** `shapes.ts`: what refusals are explained from. Nobody imports it but `validators.ts`. */
export function emitShapes(model: Model, { compiler }: CompiledChecks): string {
  const writer = new ShapeWriter(compiler);
  const shapes = model.messages.map(({ name, pointer }) => writer.named(pointer, shapeName(name)));
  const directions = (["client", "server"] as const).flatMap((sender) => {
    const keep = (index: number): boolean => model.messages[index]?.sender === sender;
    if (!model.messages.some((_, index) => keep(index))) return [];
    const beside = model.beside && ruleText("allOf", listText([writer.shape(model.beside, "")]));
    const pick = pickText(onlyOf(model.route, keep), model.union === "one" ? "oneOf" : "anyOf", shapes);
    const rules = listText(beside === undefined ? [pick] : [beside, pick]);
    return [`export const ${directionShapeName(sender)}: Shape = ${rules};`];
  });
  const body = [...writer.declarations, ...directions].join("\n");
  const names = [...new Set([...compiler.foreign.values(), ...compiler.guards.values()])].filter((name) =>
    body.includes(`, ${name}`),
  );
  return [
    "// @ts-nocheck",
    `import type { Shape } from "@hivewire/protocol";`,
    ...(body.includes("isFormat(") ? [`import { isFormat } from "./formats.js";`] : []),
    ...(names.length === 0 ? [] : [`import { ${names.join(", ")} } from "./checks.js";`]),
    body,
    "",
  ].join("\n");
}
