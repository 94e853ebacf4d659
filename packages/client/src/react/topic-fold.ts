import type { ContractTypes } from "@hivewire/protocol";
import type { Client, TopicOf } from "../client-types.js";

/** Takes a frame into a state. */
export type Reduce<State, Frame> = (state: State, frame: Frame) => State;

/** What the frames of a topic add up to, as a store that a component watches. */
export interface TopicFold<Types extends ContractTypes, K extends TopicOf<Types>, State> {
  readonly client: Client<Types>;
  readonly topic: K;
  /** The function of the last render. */
  reduce: Reduce<State, Types["topics"][K]>;
  readonly getSnapshot: () => State;
  /** Subscribes to the topic until the returned function is called. */
  readonly watch: (changed: () => void) => () => void;
}

/** Makes the store. Subscribes to nothing yet. */
export function createTopicFold<Types extends ContractTypes, K extends TopicOf<Types>, State>(
  client: Client<Types>,
  topic: K,
  reduce: Reduce<State, Types["topics"][K]>,
  initial: State,
): TopicFold<Types, K, State> {
  let state = initial;
  const fold: TopicFold<Types, K, State> = {
    client,
    topic,
    reduce,
    getSnapshot: () => state,
    watch: (changed) =>
      client.subscribe(topic, (frame) => {
        state = fold.reduce(state, frame);
        changed();
      }),
  };
  return fold;
}
