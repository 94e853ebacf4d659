export { variablesDocument } from "./configuration/describe.js";
export type { Variables } from "./configuration/variable.js";
export { main } from "./main.js";
export { ReferenceServerError, type ReferenceServerErrorCode } from "./reference-server-error.js";
export {
  type ReferenceServer,
  type ReferenceServerOptions,
  startReferenceServer,
} from "./start-reference-server.js";
