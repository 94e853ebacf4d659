/** A frame that changes what the server sends (PROTOCOL.md, "Client → server"). */
export interface SubscriptionFrame {
  readonly type: "subscribe" | "unsubscribe";
  readonly subscriptions: readonly string[];
}

/**
 * The frames that turn the live topics into the wanted ones: at most one of each type, none when
 * both are equal. Room is made before it is taken, for the server bounds the number of topics.
 */
export function reconcile(
  wanted: ReadonlySet<string>,
  live: ReadonlySet<string>,
): readonly SubscriptionFrame[] {
  const without = (from: ReadonlySet<string>, set: ReadonlySet<string>): string[] =>
    [...from].filter((topic) => !set.has(topic));
  const frames: SubscriptionFrame[] = [
    { type: "unsubscribe", subscriptions: without(live, wanted) },
    { type: "subscribe", subscriptions: without(wanted, live) },
  ];
  return frames.filter(({ subscriptions }) => subscriptions.length > 0);
}
