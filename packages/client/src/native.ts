export * from "./common.js";
export { createNativeClient as createClient } from "./create-native-client.js";
