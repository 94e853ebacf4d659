export { createJudge, type SchemaJudge } from "./ajv.js";
export {
  CodegenError,
  type CodegenErrorCode,
  type CodegenErrorDetail,
  type SourceLocation,
} from "./codegen-error.js";
export { compareFiles, type Drift, type DriftKind } from "./compare-files.js";
export type {
  Conversion,
  ConversionPlan,
  ConversionStep,
  MessageConversion,
} from "./emit/conversion-plan.js";
export { type ContractValue, contractValue, type MessageValue } from "./emit/emit-contract.js";
export { messageTable } from "./emit/emit-markdown.js";
export { type GeneratedFile, type GenerateOptions, generate, type Target, targets } from "./generate.js";
export { identityOf, withoutAnnotations } from "./identity.js";
export {
  isObject,
  isStringArray,
  type Json,
  type JsonObject,
  keysOf,
  own,
  pointerOf,
  valueAt,
} from "./json.js";
export { type LintFinding, type LintOptions, lint, lintRules, type Waiver } from "./lint/lint.js";
export type { Level, Rule, RuleFinding } from "./lint/rule.js";
export type { DefinitionModel, Match, MessageModel, Model, Tag, Within } from "./model.js";
export { parsePattern } from "./patterns/parse-pattern.js";
export { isGenerated, type Origin } from "./preamble.js";
export { bundle } from "./read/bundle.js";
export { childrenOf } from "./read/keywords.js";
export { parseSource } from "./read/parse-source.js";
export { byVersionDescending, isVersion } from "./read/read-contract.js";
export { readModel, referencedFiles, type SchemaInput } from "./read/read-model.js";
export { localPointer, targetOf, walkSchemas } from "./read/references.js";
