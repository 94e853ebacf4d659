// @ts-check
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * A server that is measured.
 * @typedef {object} Contender
 * @property {string} title
 * @property {readonly string[]} nodeFlags
 * @property {string} script
 * @property {"ws" | "socket.io"} protocol
 * @property {string} path of the upgrade
 * @property {(fields: string) => string} request a request that is answered, as the text of a frame
 */

const script = (/** @type {string} */ name) => fileURLToPath(new URL(`peers/${name}.mjs`, import.meta.url));

/** What the bin of the reference server runs Node with: its first line says it. */
const bin = fileURLToPath(new URL("../../../reference-server/bin/hivewire-server.js", import.meta.url));
const binFlags = (readFileSync(bin, "utf8").split("\n", 1)[0] ?? "")
  .split(" ")
  .filter((word) => word.startsWith("--"));

const plain = {
  nodeFlags: [],
  protocol: /** @type {const} */ ("ws"),
  request: (/** @type {string} */ fields) => `{"type":"ping",${fields}}`,
};

/** The reference server, whole: HTTP, logs, metrics, validation. @type {Contender} */
export const referenceServer = {
  ...plain,
  title: "hivewire",
  nodeFlags: binFlags,
  script: script("reference"),
  path: "/api/dashboard/ws/dashboard?contract_versions=1.1.0",
};

/** The same, as it is without the bin's flags. @type {Contender} */
export const referenceServerWithoutFlag = {
  ...referenceServer,
  title: "hivewire, Node's default heap",
  nodeFlags: [],
};

/** The session engine in a script that publishes, as a backend of its own would run it. @type {Contender} */
export const engine = {
  ...plain,
  title: "hivewire",
  nodeFlags: ["--max-semi-space-size=1"],
  script: script("engine"),
  path: "/ws?contract_versions=1.1.0&subscriptions=tasks",
};

/** The package `ws`, which does `send(JSON.stringify())`. @type {Contender} */
export const bareWs = { ...plain, title: "ws", script: script("bare-ws"), path: "/" };

/** @type {Contender} */
export const socketIo = {
  ...plain,
  title: "socket.io",
  script: script("socket-io"),
  protocol: "socket.io",
  path: "/socket.io/?EIO=4&transport=websocket",
  request: (fields) => `42["ping",{"type":"ping",${fields}}]`,
};
