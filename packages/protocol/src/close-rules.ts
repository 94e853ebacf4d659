/**
 * What a client does after a close.
 * - `never`: stop and tell the application.
 * - `backoff`: connect again after the spread delay.
 * - `resume`: connect again after the spread delay and ask for what was missed.
 * - `refresh_token`: fetch new credentials once, connect, and stop if it happens again.
 */
export type ReconnectRule = "never" | "backoff" | "resume" | "refresh_token";

/** Close codes whose rule is not `resume`, without the words of the table `closeCodes`: bundles pay for these only. */
export const closeRules = {
  never: [1000, 1002, 1003, 1007, 1008, 1009, 4403, 4406, 4409, 4422],
  refresh_token: [4401],
  backoff: [4429],
} as const satisfies Readonly<Partial<Record<ReconnectRule, readonly number[]>>>;

function has(codes: readonly number[], code: number): boolean {
  return codes.includes(code);
}

/**
 * What a client does after this close code. A code outside the table is treated as a network
 * fault (`resume`): a newer server may know codes that this client does not.
 */
export function reconnectRule(code: number): ReconnectRule {
  if (has(closeRules.never, code)) return "never";
  if (has(closeRules.refresh_token, code)) return "refresh_token";
  return has(closeRules.backoff, code) ? "backoff" : "resume";
}
