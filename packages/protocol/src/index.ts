export { bounded } from "./bounded.js";
export {
  type CloseName,
  type CloseRow,
  closeCode,
  closeCodes,
} from "./close-codes.js";
export { closeRules, type ReconnectRule, reconnectRule } from "./close-rules.js";
export type {
  Contract,
  ContractTypes,
  Matching,
  MessageInfo,
  PatternInfo,
  Sendable,
  StampedField,
  TypesOf,
} from "./contract.js";
export {
  compareVersions,
  isContractVersion,
  isSameVersion,
  maxOfferedVersions,
  type Negotiation,
  negotiateVersion,
  parseVersionOffer,
  unversioned,
} from "./contract-version.js";
export {
  type ControlFault,
  type ControlRequest,
  type Established,
  isControlType,
  isPosition,
  type Position,
  readControlRequest,
  readEstablished,
} from "./control-messages.js";
export { type ConvertStep, type PathPart, removeMembers, replaceValues } from "./convert-steps.js";
export {
  type ConverterLookup,
  type Converters,
  type ConvertFrame,
  convertBySlot,
  convertBySteps,
  createConverterLookup,
  dropFrame,
  keepFrame,
  type VersionConverters,
} from "./converters.js";
export { createValidator } from "./create-validator.js";
export { downConvert } from "./down-convert.js";
export {
  correlationIdOf,
  type Envelope,
  maxCorrelationIdLength,
  type StampSource,
  stamp,
} from "./envelope.js";
export { type ErrorCode, type ErrorRow, errorCodes, isErrorCode } from "./error-codes.js";
export { bearerToken, handshakeParams } from "./handshake.js";
export {
  deepEqual,
  hasMaxLength,
  hasMinLength,
  hasUniqueItems,
  isJsonObject,
  isMultipleOf,
  maxValueDepth,
} from "./json-values.js";
export {
  defaultLimits,
  type LimitName,
  type LimitRow,
  type Limits,
  limitNames,
  limitTable,
  resolveLimits,
} from "./limits.js";
export { createMessageLookup, existsIn, type MessageLookup } from "./message-lookup.js";
export { nearestName } from "./nearest-name.js";
export { ProtocolError, type ProtocolErrorCode } from "./protocol-error.js";
export { type Check, type CheckError, type Rule, ruleKeywords, type Shape, typeBits } from "./shape.js";
export type {
  StandardProps,
  Validate,
  ValidateOptions,
  ValidationIssue,
  ValidationResult,
  Validator,
  Validators,
} from "./validation.js";
