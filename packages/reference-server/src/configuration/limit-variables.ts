import { type LimitName, type LimitRow, limitNames, limitTable } from "@hivewire/protocol";
import * as Type from "typebox";
import type { VariableRow } from "./variable.js";

/** Names that deployed servers are already configured with (PROTOCOL.md, "Environment"). */
const kept: Partial<Readonly<Record<LimitName, string>>> = { rateTokensPerSecond: "WS_RATE_TOKENS_PER_SEC" };

/** The variable of a limit: `maxMessageBytes` is `WS_MAX_MESSAGE_BYTES`, in the unit that its name says. */
export function limitVariable(name: LimitName): string {
  return kept[name] ?? `WS_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function rowOf({ range: [minimum, maximum], unit, default: value, effect }: LimitRow): VariableRow {
  const isFraction = unit === "messages/s" || unit === "connections/s";
  const bounds = { minimum, maximum };
  return {
    schema: isFraction ? Type.Number(bounds) : Type.Integer(bounds),
    default: String(value),
    help: `${effect} (${unit})`,
  };
}

/** A row for each limit of the protocol's table: a limit that is added there can be configured here. */
export const limitVariables: Readonly<Record<string, VariableRow>> = Object.fromEntries(
  limitNames.map((name) => [limitVariable(name), rowOf(limitTable[name])]),
);
