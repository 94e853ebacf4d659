import { checkName, directionCheckName } from "../checks/compile-model.js";
import type { MessageModel, Model } from "../model.js";
import { directionShapeName, shapeName } from "./emit-shapes.js";
import { contractTypesName } from "./emit-types.js";

function guard({ name }: MessageModel): string {
  return `/** Whether the value matches \`${name}\`. */
export const is${name} = (value: unknown): value is ${name} => checks.${checkName(name)}(value);

/** Accepts what matches \`${name}\`, or says what is wrong with it. */
export const validate${name}: Validator<${name}> = /* @__PURE__ */ createValidator<${name}>(checks.${checkName(name)}, shapes.${shapeName(name)});
`;
}

const directions = [
  { sender: "client", type: "ClientMessage", whose: "clients send" },
  { sender: "server", type: "ServerMessage", whose: "servers send" },
] as const;

function direction(model: Model, { sender, type, whose }: (typeof directions)[number]): string {
  const isSent = model.messages.some((message) => message.sender === sender);
  const is = isSent
    ? `(value: unknown): value is ${type} => checks.${directionCheckName(sender)}(value)`
    : `(_value: unknown): _value is ${type} => false`;
  const shape = isSent ? `shapes.${directionShapeName(sender)}` : "[[35]]";
  return `/** Whether the value is a frame that ${whose}. */
export const is${type} = ${is};

/** Accepts frames that ${whose}, or says what is wrong. */
export const validate${type}: Validator<${type}> = /* @__PURE__ */ createValidator<${type}>(is${type}, ${shape});
`;
}

/** `validators.ts`: a typed guard and a validator per message, and the same per direction. */
export function emitValidators(model: Model): string {
  const types = contractTypesName(model);
  const names = [...model.messages.map(({ name }) => name), "ClientMessage", "ServerMessage", types].sort();
  return `import { createValidator, type Validator, type Validators } from "@hivewire/protocol";
import * as checks from "./checks.js";
import * as shapes from "./shapes.js";
import type {
${names.map((name) => `  ${name},\n`).join("")}} from "./types.js";

${[...model.messages.map(guard), ...directions.map((row) => direction(model, row))].join("\n")}
/** Decides about any frame, by who sends it. */
export const validators: Validators<${types}> = {
  client: validateClientMessage,
  server: validateServerMessage,
};
`;
}
