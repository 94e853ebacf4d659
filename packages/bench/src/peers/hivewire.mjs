// @ts-check
import { join } from "node:path";

/** @typedef {import("../shapes.mjs").Shape} Shape */
/**
 * A generated folder, the text of its `validators.ts` and where the generator came from.
 * @typedef {{ readonly folder: string, readonly validators: string, readonly from: string }} Generated
 */

/** @param {Generated} generated */
const modulePath = ({ folder }) => JSON.stringify(join(folder, "validators.ts"));

/** @param {Generated} generated @param {string} name */
const exports = ({ validators }, name) => new RegExp(`export (?:const|function) ${name}\\b`).test(validators);

const guardNames = { server: "isServerMessage", client: "isClientMessage" };

/** @param {"client" | "server"} sender */
const explained = (sender) => `(value) => {
  const result = validators.${sender}(value);
  return result.ok ? "" : result.issue.pointer + result.issue.message + (result.issue.hint ?? "");
}`;

/**
 * What a receiver of generated validators calls: the guard of a direction for the verdict, where there
 * is one, and the validator of that direction for the error.
 * @param {Generated} generated @param {"client" | "server"} sender
 */
export function hivewire(generated, sender) {
  const name = guardNames[sender];
  const guarded = exports(generated, name);
  return `import { ${guarded ? `${name}, ` : ""}validators } from ${modulePath(generated)};
export const valid = (value) => ${guarded ? `${name}(value)` : `validators.${sender}(value).ok`};
export const explain = ${explained(sender)};
`;
}

/** The guards of single messages, picked by a switch that somebody writes by hand. @param {Generated} generated @param {readonly Shape[]} shapes */
export function hivewireGuards(generated, shapes) {
  const cases = shapes.map(({ name, type }) => `    case ${JSON.stringify(type)}: return is${name}(value);`);
  return `import { validators, ${shapes.map(({ name }) => `is${name}`).join(", ")} } from ${modulePath(generated)};
export const valid = (value) => {
  if (typeof value !== "object" || value === null) return false;
  switch (value.type) {
${cases.join("\n")}
  }
  return false;
};
export const explain = ${explained("server")};
`;
}

/**
 * Verdicts only, of every message in the contract.
 * @param {Generated} generated
 * @returns {string | undefined} undefined when the generated module has no such guards
 */
export function hivewireVerdicts(generated) {
  const names = Object.values(guardNames);
  if (!names.every((name) => exports(generated, name))) return undefined;
  return `export { ${names.join(", ")} } from ${modulePath(generated)};\n`;
}

/** Validators with errors, of both directions. @param {Generated} generated */
export const hivewireErrors = (generated) => `export { validators } from ${modulePath(generated)};\n`;

/** One guard alone. @param {Generated} generated @param {string} name */
export const hivewireOne = (generated, name) => `export { is${name} } from ${modulePath(generated)};\n`;
