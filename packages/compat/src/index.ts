export {
  checkInclusion,
  type Inclusion,
  InclusionChecker,
  type InclusionOptions,
  JudgedDocument,
  type Side,
} from "./check-inclusion.js";
export { CompatError, type CompatErrorCode } from "./compat-error.js";
export { changeRules } from "./contract/change-rules.js";
export { type CompareOptions, type ContractVersion, compareContracts } from "./contract/compare-contracts.js";
export type { Bump, Change, Comparison, Plane, Verdict, Witness } from "./contract/comparison.js";
export { type PlanOptions, planConversion } from "./contract/plan-conversion.js";
export type { Policy } from "./contract/policy.js";
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
export type { Refusal } from "./evaluate/refusal.js";
export type { SolverBounds } from "./solve/solver.js";
