import type { ContractTypes } from "@hivewire/protocol";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Client, TopicOf } from "../client-types.js";
import { createTopicFold, type Reduce } from "./topic-fold.js";

/**
 * The latest frame of a topic; undefined before the first, and on a server. The topic is subscribed to while the component
 * is mounted; another topic, or client, begins anew.
 * @throws ClientError `unknown-topic`
 */
export function useTopic<Types extends ContractTypes, K extends TopicOf<Types>>(
  client: Client<Types>,
  topic: K,
): Types["topics"][K] | undefined;
/**
 * What the frames of a topic add up to: each frame is taken into the state once, in order, also those between two renders.
 * A `reduce` that throws leaves the state as it was and is a fault of the client, `handler-failed`.
 * @param initial - the state before the first frame, and on a server
 * @throws ClientError `unknown-topic`
 */
export function useTopic<Types extends ContractTypes, K extends TopicOf<Types>, State>(
  client: Client<Types>,
  topic: K,
  reduce: (state: State, frame: Types["topics"][K]) => State,
  initial: State,
): State;
export function useTopic<Types extends ContractTypes, K extends TopicOf<Types>, State>(
  client: Client<Types>,
  topic: K,
  reduce: Reduce<State | Types["topics"][K] | undefined, Types["topics"][K]> = (_state, frame) => frame,
  initial?: State,
): State | Types["topics"][K] | undefined {
  const begin = () => createTopicFold(client, topic, reduce, initial);
  let [fold, setFold] = useState(begin);
  if (fold.client !== client || fold.topic !== topic) {
    fold = begin();
    setFold(fold);
  }
  useEffect(() => {
    fold.reduce = reduce;
  });
  return useSyncExternalStore(fold.watch, fold.getSnapshot, () => initial);
}
