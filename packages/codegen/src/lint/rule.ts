import type { Model } from "../model.js";

/** How much a finding weighs: errors fail, warnings are shown, `off` is not asked. */
export type Level = "error" | "warning" | "off";

/** What a rule says about one place. */
export interface RuleFinding {
  /** JSON pointer into the contract's schema. */
  readonly pointer: string;
  /** What is the matter, as a sentence. */
  readonly message: string;
  /** What to do about it, as a sentence. */
  readonly fix: string;
}

/** A named question about a contract. */
export interface Rule {
  readonly name: string;
  /** Its weight unless the configuration says otherwise. */
  readonly level: Level;
  /** Why it is asked, for help and SARIF. */
  readonly about: string;
  readonly check: (model: Model) => Iterable<RuleFinding>;
}
