import type { Contract, MessageInfo } from "./contract.js";
import { compareVersions } from "./contract-version.js";

/** Finds what a contract says about a `type`; undefined when no message has it. */
export type MessageLookup = (type: string) => MessageInfo | undefined;

/**
 * A lookup by `type`: constants first, then patterns in the contract's order.
 * Patterns are compiled once, here.
 */
export function createMessageLookup(contract: Contract): MessageLookup {
  const constants: ReadonlyMap<string, MessageInfo> = new Map(Object.entries(contract.messages));
  const patterns = contract.patterns.map((info) => ({ info, expression: new RegExp(info.pattern, "u") }));
  return (type) => constants.get(type) ?? patterns.find((row) => row.expression.test(type))?.info;
}

/** Whether a message exists in that contract version. */
export function existsIn(info: MessageInfo, version: string): boolean {
  return info.since === undefined || compareVersions(info.since, version) <= 0;
}
