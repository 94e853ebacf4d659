import type { Position } from "@hivewire/protocol";
import type { Frame } from "./read-frame.js";

/** Frames of a topic are missing for good: whatever was built from them has to be fetched anew. */
export interface Gap<Topic extends string = string> {
  readonly topic: Topic;
  /** The last frame that came before the gap; undefined when the server told no positions. */
  readonly from: Position | undefined;
  /** The first frame after it, or where the topic goes on; undefined when that is not known. */
  readonly to: Position | undefined;
}

/** Where each topic stands: what a reconnect resumes from, what came already, what is missing. */
export interface TopicPositions {
  /** Positions to resume from. */
  readonly known: (topics: readonly string[]) => Readonly<Record<string, Position>>;
  /** Notes that the server was asked for these topics on this connection. */
  readonly asked: (topics: readonly string[]) => void;
  /** Reads what the server answered: `connection_established`, `subscription_updated`. */
  readonly answered: (frame: Frame) => void;
  /** Whether a frame of a topic is to be delivered: it did not come before. */
  readonly take: (topic: string, frame: Frame) => boolean;
  /** Follows these topics only. */
  readonly keepOnly: (topics: ReadonlySet<string>) => void;
}

/**
 * Makes the positions of one client.
 * @param maySkip - whether the newest frame of a type stands for those that it replaced (`x-coalesce`)
 * @param tellGap - called once per gap, before the frame that comes after it
 */
export function createTopicPositions(
  maySkip: (type: string) => boolean,
  tellGap: (gap: Gap) => void,
): TopicPositions {
  /** Topics that are followed, and their last frame as far as it is known. */
  const last = new Map<string, Position | undefined>();
  let waiting: readonly string[] = [];
  /** Topics that lack frames before the next one. */
  const broken = new Set<string>();

  return {
    known: (topics) => {
      const rows = topics.map((topic) => [topic, last.get(topic)] as const);
      return Object.fromEntries(rows.filter((row): row is readonly [string, Position] => !!row[1]));
    },
    asked: (topics) => {
      waiting = [...new Set([...waiting, ...topics])];
    },
    answered: ({ subscriptions: live = [], positions, recovered }) => {
      for (const topic of waiting.filter((name) => live.includes(name))) {
        const recovery = recovered?.[topic];
        broken.delete(topic);
        if (recovery?.complete) continue;
        if (recovery?.replayed) {
          broken.add(topic);
          continue;
        }
        const to = positions?.[topic];
        if (last.has(topic)) tellGap({ topic, from: last.get(topic), to });
        last.set(topic, to);
      }
      waiting = waiting.filter((name) => !live.includes(name));
    },
    take: (topic, { type, position: to }) => {
      if (typeof to?.offset !== "number" || !last.has(topic)) return true;
      const from = last.get(topic);
      const step = from && (from.epoch === to.epoch ? to.offset - from.offset : Infinity);
      if (step !== undefined && step <= 0) return false;
      last.set(topic, to);
      const skips = step !== undefined && step > 1 && (step === Infinity || !maySkip(type));
      if (broken.delete(topic) || skips) tellGap({ topic, from, to });
      return true;
    },
    keepOnly: (topics) => {
      waiting = waiting.filter((topic) => topics.has(topic));
      for (const topic of last.keys()) {
        if (topics.has(topic)) continue;
        last.delete(topic);
        broken.delete(topic);
      }
    },
  };
}
