// @ts-check
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { documentOf } from "../contract.mjs";

/** @typedef {import("../shapes.mjs").Shape} Shape */

/** Ajv as its documentation recommends it for a build step; `strictNumbers` refuses what `1e400` becomes. */
const options = {
  strict: true,
  strictNumbers: true,
  validateFormats: false,
  code: { source: true, esm: true },
};

/** @param {Record<string, unknown>} document */
function ajvWith(document) {
  const ajv = new Ajv2020(options);
  for (const keyword of Object.keys(document).concat("x-sender"))
    if (keyword.startsWith("x-")) ajv.addKeyword(keyword);
  ajv.addSchema(document, "contract");
  return ajv;
}

const explain = (/** @type {string} */ check) =>
  `(value) => ${check}(value) ? "" : ${check}.errors[0].instancePath + ${check}.errors[0].message`;

/** Ajv's own function for the document as it stands: a plain `oneOf`. @param {Record<string, unknown>} document */
export function wholeDocument(document) {
  const code = standalone.default(ajvWith(document), { whole: "contract" });
  return `${code}
export const valid = (value) => whole(value);
export const explain = ${explain("whole")};
`;
}

/** @param {readonly Shape[]} shapes */
export const ajvPlain = (shapes) => wholeDocument(documentOf(shapes));

/** One function per message, picked by a switch that somebody writes by hand. @param {readonly Shape[]} shapes */
export function ajvSwitch(shapes) {
  const names = Object.fromEntries(shapes.map(({ name }) => [`check${name}`, `contract#/$defs/${name}`]));
  const code = standalone.default(ajvWith(documentOf(shapes)), names);
  const cases = shapes.map(({ name, type }) => `    case ${JSON.stringify(type)}: return check${name};`);
  return `${code}
function pick(value) {
  if (typeof value !== "object" || value === null) return undefined;
  switch (value.type) {
${cases.join("\n")}
  }
  return undefined;
}
export const valid = (value) => {
  const check = pick(value);
  return check !== undefined && check(value);
};
export const explain = (value) => {
  const check = pick(value);
  if (check === undefined) return "/type must name a message";
  return (${explain("check")})(value);
};
`;
}
