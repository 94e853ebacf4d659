import { compileWithAjv } from "./checks/ajv-checks.js";
import { CheckCompiler, type CheckOptions, exactlyOne } from "./checks/check-compiler.js";
import { and, or } from "./checks/code.js";
import { valueAt } from "./json.js";
import type { Model, Route } from "./model.js";

/** Name of a message's check. The prefix keeps a message called `Array` from shadowing what the code calls. */
export function checkName(name: string): string {
  return `check${name}`;
}

/** Name of the check of all frames that a sender may send. */
export function directionCheckName(sender: "client" | "server"): string {
  return sender === "client" ? "checkAnyClient" : "checkAnyServer";
}

/** The condition for a frame of one direction: of all messages that could accept it, the right number do, and one is this sender's. */
function directionCondition(compiler: CheckCompiler, model: Model, sender: "client" | "server"): string {
  const isOurs = (index: number): boolean => model.messages[index]?.sender === sender;
  const accepts = (index: number): string => `${checkName(model.messages[index]?.name ?? "")}(v)`;
  const leaf = (indexes: readonly number[]): string => {
    const ours = indexes.filter(isOurs).map(accepts);
    if (ours.length === 0) return "false";
    if (model.union === "any") return or(...ours);
    const all = exactlyOne(indexes.map(accepts));
    return ours.length === indexes.length ? all : and(or(...ours), all);
  };
  const site = { schema: true, pointer: "", value: "v", stem: sender, deep: false };
  const route = (to: Route): string => compiler.route(site, to, leaf);
  const beside =
    model.beside === undefined ? "true" : compiler.condition({ ...site, schema: model.beside, stem: "root" });
  return and(beside, route(model.route));
}

/**
 * `checks.ts`: boolean functions, one per message and one per direction. Nobody imports it but `validators.ts`.
 * It has no `require`, no `eval` and no `new Function`.
 */
export function emitChecks(model: Model, options: CheckOptions = { assertFormats: false }): string {
  const compiler = new CheckCompiler(model.schema, options);
  const rows = model.messages.map(({ name, pointer }) => {
    const schema = valueAt(model.schema, pointer) ?? true;
    const isRecursive = compiler.isRecursive(pointer);
    const site = {
      schema: isRecursive ? { $ref: `#${encodeURI(pointer)}` } : schema,
      pointer,
      value: "v",
      stem: name,
      deep: false,
    };
    return { name: checkName(name), condition: compiler.condition(site) };
  });
  for (const sender of ["client", "server"] as const) {
    if (!model.messages.some((message) => message.sender === sender)) continue;
    rows.push({ name: directionCheckName(sender), condition: directionCondition(compiler, model, sender) });
  }
  const { declarations, imports } = compiler.code;
  const fuelled = declarations.some((line) => line.includes("fuel--"));
  const foreign = compileWithAjv(model.schema, compiler.foreign);
  const runtime = [...new Set([...imports, ...foreign.imports])].sort();
  const exported = rows.map(({ name, condition }) =>
    fuelled
      ? `export const ${name}: Check = (v) => { fuel = ${maxRecursions}; return ${condition}; };`
      : `export const ${name}: Check = (v) => ${condition};`,
  );
  const names = ["type Check", ...runtime];
  const ajvNames = [...compiler.foreign.values()];
  return [
    "// @ts-nocheck",
    `import { ${names.join(", ")} } from "@hivewire/protocol";`,
    ...(fuelled ? ["let fuel = 0;"] : []),
    ...(foreign.code === "" ? [] : [foreign.code]),
    ...declarations,
    ...exported,
    ...(ajvNames.length === 0 ? [] : [`export { ${ajvNames.join(", ")} };`]),
    "",
  ].join("\n");
}

/** Most times that schemas which refer to themselves are held against the parts of one frame. */
const maxRecursions = 1_000_000;
