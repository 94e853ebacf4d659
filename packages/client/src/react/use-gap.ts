import type { ContractTypes } from "@hivewire/protocol";
import { useEffect, useRef } from "react";
import type { Client, TopicOf } from "../client-types.js";
import type { Gap } from "../topic-positions.js";

/**
 * Calls the handler of the last render when frames of a topic are missing for good: the moment to fetch anew what was
 * built from them.
 */
export function useGap<Types extends ContractTypes, K extends TopicOf<Types>>(
  client: Client<Types>,
  topic: K,
  handler: (gap: Gap<TopicOf<Types>>) => void,
): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(
    () =>
      client.onGap((gap) => {
        if (gap.topic === topic) latest.current(gap);
      }),
    [client, topic],
  );
}
