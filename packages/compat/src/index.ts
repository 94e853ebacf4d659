export { CompatError, type CompatErrorCode } from "./compat-error.js";
export { type CompareOptions, type ContractVersion, compareContracts } from "./contract/compare-contracts.js";
export type { Bump, Change, Comparison, Plane, Verdict, Witness } from "./contract/comparison.js";
