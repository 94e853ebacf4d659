export {
  CodegenError,
  type CodegenErrorCode,
  type CodegenErrorDetail,
  type SourceLocation,
} from "./codegen-error.js";
export { compareFiles, type Drift, type DriftKind } from "./compare-files.js";
export { type ContractValue, contractValue, type MessageValue } from "./emit-contract.js";
export { type GeneratedFile, generate } from "./generate.js";
export type { DefinitionModel, Match, MessageModel, Model } from "./model.js";
export { isGenerated, type Origin } from "./preamble.js";
export { readModel, type SchemaInput } from "./read-model.js";
