import { type ControlRequest, type Limits, type Position, readControlRequest } from "@hivewire/protocol";
import { errorFrame, type IncomingFrame, type OutgoingFrame } from "./frames.js";

/** What decides about subscriptions. */
export interface TopicRules {
  readonly limits: Limits;
  /** Topics of the contract. */
  readonly topics: ReadonlySet<string>;
}

/** What a connection's credentials reach. */
export interface TopicRights {
  mayRead(topic: string): boolean;
}

/** What a control request leads to. */
export type ControlOutcome =
  | { readonly kind: "answer"; readonly frames: readonly OutgoingFrame[] }
  | { readonly kind: "authenticate"; readonly accessToken: string }
  /** The topics change, or a position of one is asked for. */
  | {
      readonly kind: "topics";
      readonly errors: readonly OutgoingFrame[];
      /** Live topics from now on, sorted. */
      readonly topics: readonly string[];
      /** Where live ones are to go on from. */
      readonly resume: Readonly<Record<string, Position>>;
    };

type SubscriptionRequest = Extract<ControlRequest, { readonly subscriptions: readonly string[] }>;

/** Sorted by code unit, without doubles. */
function sortedUnique(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}

/** Splits asked topics into those that may be live and the errors about the others. */
export function judgeTopics(
  asked: readonly string[],
  rules: TopicRules,
  rights: TopicRights,
): { readonly valid: readonly string[]; readonly errors: readonly OutgoingFrame[] } {
  const names = sortedUnique(asked);
  const unknown = names.filter((name) => !rules.topics.has(name));
  const denied = names.filter((name) => rules.topics.has(name) && !rights.mayRead(name));
  const errors: OutgoingFrame[] = [];
  if (unknown.length > 0) {
    const hint = `use ${[...rules.topics].join(", ")}`;
    errors.push(
      errorFrame("invalid_subscription", { about: unknown.join(", "), pointer: "/subscriptions", hint }),
    );
  }
  if (denied.length > 0)
    errors.push(errorFrame("forbidden", { about: denied.join(", "), pointer: "/subscriptions" }));
  // Copied, so that ten thousand connections do not keep the room that a filter leaves.
  return { valid: [...names.filter((name) => rules.topics.has(name) && rights.mayRead(name))], errors };
}

function changeTopics(
  request: SubscriptionRequest,
  live: readonly string[],
  rules: TopicRules,
  rights: TopicRights,
): ControlOutcome {
  const wanted = new Set([...live, ...request.subscriptions]);
  if (request.type === "subscribe" && wanted.size > rules.limits.maxSubscriptions) {
    const hint = `at most ${rules.limits.maxSubscriptions} topics per connection`;
    const error = errorFrame("too_many_subscriptions", { pointer: "/subscriptions", hint });
    return { kind: "answer", frames: [error] };
  }
  const { valid, errors } = judgeTopics(request.subscriptions, rules, rights);
  if (request.type === "unsubscribe") {
    const topics = live.filter((topic) => !request.subscriptions.includes(topic));
    return { kind: "topics", errors, topics, resume: {} };
  }
  const topics = sortedUnique([...live, ...valid]);
  const resume = Object.fromEntries(
    Object.entries(request.resume).filter(([topic]) => topics.includes(topic)),
  );
  return { kind: "topics", errors, topics, resume };
}

/** Answers `ping`, `subscribe` and `unsubscribe`, and reads `authenticate`; undefined for any other type. */
export function answerControl(
  frame: IncomingFrame,
  live: readonly string[],
  rules: TopicRules,
  rights: TopicRights,
): ControlOutcome | undefined {
  const request = readControlRequest(frame);
  if (!request) return undefined;
  if ("message" in request) {
    const { pointer, message } = request;
    const error = errorFrame("invalid_message", { about: `${pointer} ${message}`, pointer });
    return { kind: "answer", frames: [error] };
  }
  switch (request.type) {
    case "ping":
      return { kind: "answer", frames: [{ type: "pong" }] };
    case "authenticate":
      return { kind: "authenticate", accessToken: request.accessToken };
    default:
      return changeTopics(request, live, rules, rights);
  }
}
