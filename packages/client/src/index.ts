export * from "./common.js";
export { createClient } from "./create-client.js";
