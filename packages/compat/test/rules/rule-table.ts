import { arrayRules } from "./array-rules.js";
import { logicRules } from "./logic-rules.js";
import { memberRules } from "./member-rules.js";
import { objectRules } from "./object-rules.js";
import { policyRules } from "./policy-rules.js";
import { referenceRules } from "./reference-rules.js";
import { restRules } from "./rest-rules.js";
import type { Rule } from "./rule.js";
import { spellingRules } from "./spelling-rules.js";
import { stringRules } from "./string-rules.js";
import { valueRules } from "./value-rules.js";

/** Every kind of change of every keyword, and whom it breaks. */
export const rules: readonly Rule[] = [
  ...valueRules,
  ...stringRules,
  ...arrayRules,
  ...objectRules,
  ...memberRules,
  ...restRules,
  ...logicRules,
  ...referenceRules,
  ...spellingRules,
  ...policyRules,
];
