import { type LimitName, type Limits, limitNames, resolveLimits } from "@hivewire/protocol";
import { limitVariable } from "./limit-variables.js";
import { refuseVariable, type Values } from "./values.js";

/** Pairs of limits of which the second must not be smaller than the first: it could never be reached. */
const ordered: readonly (readonly [LimitName, LimitName])[] = [
  ["maxMessageBytes", "hardMessageBytes"],
  ["maxMessageBytes", "rateBytesBurst"],
  ["sendQueueSoftBytes", "sendQueueHardBytes"],
];

/** Two limits that contradict each other: `larger` is smaller than `smaller`. */
export interface LimitConflict {
  readonly smaller: LimitName;
  readonly larger: LimitName;
}

/** The first contradiction between limits; undefined when there is none. */
export function findLimitConflict(limits: Limits): LimitConflict | undefined {
  const found = ordered.find(([smaller, larger]) => limits[smaller] > limits[larger]);
  return found && { smaller: found[0], larger: found[1] };
}

/**
 * Reads the limits. With one shared token for everybody, connections per credential are bounded only where
 * WS_MAX_CONNECTIONS_PER_CREDENTIAL says so: the table's default would be a bound on all clients together.
 * @throws ReferenceServerError `invalid_configuration`
 */
export function readLimits(values: Values, hasSharedToken: boolean): Limits {
  const read = resolveLimits(
    Object.fromEntries(limitNames.map((name) => [name, values.number(limitVariable(name))])),
  );
  const isCredentialBound = values.isSet(limitVariable("maxConnectionsPerCredential"));
  const limits =
    hasSharedToken && !isCredentialBound
      ? { ...read, maxConnectionsPerCredential: read.maxConnections }
      : read;
  const conflict = findLimitConflict(limits);
  if (!conflict) return limits;
  const [smaller, larger] = [limitVariable(conflict.smaller), limitVariable(conflict.larger)];
  const cause = `${limits[conflict.larger]} is less than ${smaller}, ${limits[conflict.smaller]}`;
  throw refuseVariable(larger, cause, `set ${larger} to ${limits[conflict.smaller]} or more`);
}
