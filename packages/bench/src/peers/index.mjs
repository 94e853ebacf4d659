// @ts-check
import { ajvPlain, ajvSwitch } from "./ajv.mjs";
import { arktype } from "./arktype.mjs";
import { hivewire, hivewireGuards } from "./hivewire.mjs";
import { typebox } from "./typebox.mjs";
import { valibot } from "./valibot.mjs";
import { zod, zodJitless } from "./zod.mjs";

/** @typedef {import("../shapes.mjs").Shape} Shape */
/** @typedef {import("./hivewire.mjs").Generated} Generated */

/**
 * A library and its module for a contract: `valid(value)` is its verdict, `explain(value)` a text with
 * the place and the reason of the first fault, or "".
 * @typedef {{ readonly id: string, readonly title: string, readonly evalFree: boolean,
 *   readonly source: (shapes: readonly Shape[], generated: Generated) => string }} Peer
 */

/** Key of our own row. */
export const ours = "hivewire";

/** Key of the row that the bars name. */
export const plain = "ajv-plain";

/** @type {readonly Peer[]} */
export const peers = [
  { id: ours, title: "hivewire", evalFree: true, source: (_, generated) => hivewire(generated, "server") },
  {
    id: "hivewire-guards",
    title: "hivewire isX, own switch",
    evalFree: true,
    source: (shapes, generated) => hivewireGuards(generated, shapes),
  },
  { id: plain, title: "Ajv standalone, plain oneOf", evalFree: true, source: ajvPlain },
  { id: "ajv-switch", title: "Ajv standalone, own switch", evalFree: true, source: ajvSwitch },
  { id: "zod", title: "zod", evalFree: false, source: zod },
  { id: "zod-jitless", title: "zod, jitless", evalFree: true, source: zodJitless },
  { id: "valibot", title: "valibot", evalFree: true, source: valibot },
  { id: "typebox", title: "typebox", evalFree: false, source: typebox },
  { id: "arktype", title: "arktype", evalFree: false, source: arktype },
];
