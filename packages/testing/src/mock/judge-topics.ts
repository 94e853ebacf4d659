import type { ControlRequest, Limits } from "@hivewire/protocol";
import { errorFrame, type OutgoingFrame } from "./mock-frames.js";

/** What decides about subscriptions. */
export interface TopicRules {
  readonly limits: Limits;
  /** Topics of the contract. */
  readonly topics: readonly string[];
  /** Whether clients may have a topic live. */
  readonly mayRead: (topic: string) => boolean;
}

/** Topics that may be live, and the errors about the others. */
export interface JudgedTopics {
  readonly valid: readonly string[];
  readonly errors: readonly OutgoingFrame[];
}

const pointer = "/subscriptions";

/** Sorted by code unit, without doubles. */
function sortedUnique(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}

/** Splits asked topics into those that may be live and the errors about the others. */
export function judgeTopics(asked: readonly string[], { topics, mayRead }: TopicRules): JudgedTopics {
  const names = sortedUnique(asked);
  const unknown = names.filter((name) => !topics.includes(name));
  const denied = names.filter((name) => topics.includes(name) && !mayRead(name));
  const errors: OutgoingFrame[] = [];
  if (unknown.length > 0) {
    const hint = `use ${topics.join(", ")}`;
    errors.push(errorFrame("invalid_subscription", { about: unknown.join(", "), pointer, hint }));
  }
  if (denied.length > 0) errors.push(errorFrame("forbidden", { about: denied.join(", "), pointer }));
  return { valid: names.filter((name) => topics.includes(name) && mayRead(name)), errors };
}

/** What a request makes of the topics that are live; undefined when it asks for too many. */
export function changeTopics(
  { type, subscriptions }: Extract<ControlRequest, { readonly subscriptions: readonly string[] }>,
  live: readonly string[],
  rules: TopicRules,
): JudgedTopics | undefined {
  const { valid, errors } = judgeTopics(subscriptions, rules);
  if (type === "unsubscribe") {
    return { valid: live.filter((topic) => !subscriptions.includes(topic)), errors };
  }
  const isTooMany = new Set([...live, ...subscriptions]).size > rules.limits.maxSubscriptions;
  return isTooMany ? undefined : { valid: sortedUnique([...live, ...valid]), errors };
}

/** The error about too many topics. */
export function tooManyTopics({ limits }: TopicRules): OutgoingFrame {
  const hint = `at most ${limits.maxSubscriptions} topics per connection`;
  return errorFrame("too_many_subscriptions", { pointer, hint });
}
