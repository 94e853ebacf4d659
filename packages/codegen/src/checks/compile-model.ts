import { valueAt } from "../json.js";
import type { Model, Route } from "../model.js";
import { CheckCompiler, type CheckOptions } from "./check-compiler.js";
import { and, exactlyOne, or } from "./code.js";

/** Name of a message's check. The prefix keeps a message called `Array` from shadowing what the code calls. */
export function checkName(name: string): string {
  return `check${name}`;
}

/** Name of the check of all frames that a sender may send. */
export function directionCheckName(sender: "client" | "server"): string {
  return sender === "client" ? "checkAnyClient" : "checkAnyServer";
}

/** The checks of a contract as code. */
export interface CompiledChecks {
  readonly compiler: CheckCompiler;
  /** What is exported: its name, and its condition about `v`. */
  readonly rows: readonly { readonly name: string; readonly condition: string }[];
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

/** Compiles the checks of all messages and of both directions. */
export function compileModel(model: Model, options: CheckOptions): CompiledChecks {
  const compiler = new CheckCompiler(model.schema, options);
  const messages = model.messages.map(({ name, pointer }) => {
    const schema = compiler.isRecursive(pointer)
      ? { $ref: `#${encodeURI(pointer)}` }
      : (valueAt(model.schema, pointer) ?? true);
    const site = { schema, pointer, value: "v", stem: name, deep: false };
    return { name: checkName(name), condition: compiler.condition(site) };
  });
  const directions = (["client", "server"] as const)
    .filter((sender) => model.messages.some((message) => message.sender === sender))
    .map((sender) => ({
      name: directionCheckName(sender),
      condition: directionCondition(compiler, model, sender),
    }));
  return { compiler, rows: [...messages, ...directions] };
}
