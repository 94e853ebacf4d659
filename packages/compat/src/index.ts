export { CompatError, type CompatErrorCode } from "./compat-error.js";
export { type CompareOptions, type ContractVersion, compareContracts } from "./contract/compare-contracts.js";
export type { Bump, Change, Comparison, Plane, Verdict, Witness } from "./contract/comparison.js";
export {
  bumpAfterWaivers,
  type GateVerdict,
  type VersionGate,
  versionGate,
} from "./contract/version-gate.js";
export {
  type AppliedWaivers,
  applyWaivers,
  type ChangeWaiver,
  needsSaying,
  type WaivableChange,
} from "./contract/waivers.js";
