import type { Model } from "@hivewire/codegen";
import type { Comparison } from "./comparison.js";

/** A contract as it stood at some time. */
export interface ContractVersion {
  readonly model: Model;
  /** What a person calls it: `1.0.0`, `origin/main`, a path. */
  readonly label: string;
}

/** Choices of whoever compares. */
export interface CompareOptions {
  /** Called before each message is compared, with its name. */
  readonly onMessage?: (name: string) => void;
}

/** Compares two contracts. */
export function compareContracts(
  older: ContractVersion,
  newer: ContractVersion,
  _options: CompareOptions = {},
): Comparison {
  return {
    name: newer.model.name,
    older: { label: older.label, version: older.model.version },
    newer: { label: newer.label, version: newer.model.version },
    changes: [],
    bump: older.model.identity === newer.model.identity ? "none" : "minor",
  };
}
