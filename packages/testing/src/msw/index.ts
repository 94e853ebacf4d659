export type {
  CredentialsVerdict,
  MockContext,
  MockHandlers,
  MockLimits,
  MockOptions,
} from "../mock/mock-options.js";
export type { DisconnectOptions, MockClient, Published } from "../mock/mock-server.js";
export { type ContractLink, linkContract } from "./link-contract.js";
