import { checkName, wholeCheckName } from "./emit-checks.js";
import { contractTypesName } from "./emit-types.js";
import type { MessageModel, Model } from "./model.js";

function guard({ name }: MessageModel): string {
  return `/** Whether the value matches \`${name}\`. */
export const is${name} = (value: unknown): value is ${name} => checks.${checkName(name)}(value);

/** Accepts what matches \`${name}\`, or says what is wrong with it. */
export const validate${name}: Validate<${name}> = /* @__PURE__ */ createValidate<${name}>(checks.${checkName(name)});
`;
}

function direction(model: Model, sender: "client" | "server"): string {
  const type = sender === "client" ? "ClientMessage" : "ServerMessage";
  const messages = model.messages.filter((message) => message.sender === sender);
  if (messages.length === 0) return `refuseAll("no frame of the contract is sent by a ${sender}")`;
  const whole = model.exact ? "" : `, whole: checks.${wholeCheckName(sender)}`;
  if (model.discriminator === null) return `createValidate<${type}>(checks.${wholeCheckName(sender)})`;
  const constants = messages.flatMap(({ name, match }) =>
    match.kind === "constant"
      ? match.values.map((value) => `      [${JSON.stringify(value)}, checks.${checkName(name)}],\n`)
      : [],
  );
  const patterns = messages.flatMap(({ name, match }) =>
    match.kind === "pattern"
      ? [`      [new RegExp(${JSON.stringify(match.pattern)}, "u"), checks.${checkName(name)}],\n`]
      : [],
  );
  const list = (rows: readonly string[]): string => (rows.length === 0 ? "[]" : `[\n${rows.join("")}    ]`);
  return `createDispatch<${type}>({
    property: ${JSON.stringify(model.discriminator)},
    constants: ${list(constants)},
    patterns: ${list(patterns)}${whole},
  })`;
}

/** `validators.ts`: a typed guard and a validator per message, and one validator per direction. */
export function emitValidators(model: Model): string {
  const types = contractTypesName(model);
  const senders = ["client", "server"] as const;
  const bodies = senders.map((sender) => [sender, direction(model, sender)] as const);
  const uses = (name: string): boolean => bodies.some(([, body]) => body.startsWith(name));
  const values = ["createDispatch", "refuseAll"].filter(uses);
  const imported = model.messages.map(({ name }) => name);
  const unions = [
    ...(bodies.some(([, body]) => body.includes("<ClientMessage>")) ? ["ClientMessage"] : []),
    ...(bodies.some(([, body]) => body.includes("<ServerMessage>")) ? ["ServerMessage"] : []),
  ];
  const typeNames = [...imported, ...unions, types].sort();
  return `import { ${["createValidate", ...values].sort().join(", ")}, type Validate, type Validators } from "@hivewire/protocol";
import * as checks from "./checks.js";
import type {
${typeNames.map((name) => `  ${name},\n`).join("")}} from "./types.js";

${model.messages.map(guard).join("\n")}
/** Decides about any frame, by who sends it. */
export const validators: Validators<${types}> = /* @__PURE__ */ (() => ({
${bodies.map(([sender, body]) => `  ${sender}: ${body},\n`).join("")}}))();
`;
}
