import type { Position } from "@hivewire/protocol";
import type { Frame } from "../read-frame.js";
import { field, positionOf } from "./read-position.js";

/** What became of the topics that one tab asked for. */
export interface TopicsAnswer {
  /** Topics of the tab from now on, sorted. */
  readonly subscriptions: readonly string[];
  readonly positions: Readonly<Record<string, Position>>;
  readonly recovered: Readonly<Record<string, unknown>>;
}

/** One tab asks for topics, or gives them back. */
interface TopicsRequest {
  readonly tab: string;
  readonly type: "subscribe" | "unsubscribe";
  readonly topics: readonly string[];
  /** Where to go on, by topic. */
  readonly resume: Readonly<Record<string, Position>>;
  readonly answer: (answer: TopicsAnswer) => void;
}

/** What the topics of a hub need. */
export interface HubTopicsParts {
  /** Sends a frame to the server; the returned identifier is the `correlation_id` of what answers it. */
  readonly send: (frame: Frame) => string;
  readonly schedule: (run: () => void, delayMs: number) => () => void;
}

/** The topics that the tabs want, and their union on the server. */
export interface HubTopics {
  readonly request: (request: TopicsRequest) => void;
  /** Reads an answer of the server; whether it belongs to a request of the hub, and to which tab's. */
  readonly answered: (id: string, frame: Frame) => { readonly tab: string } | undefined;
  /** Notes a frame of a topic. Returns the tabs that get it. */
  readonly receivers: (topic: string, frame: Frame) => readonly string[];
  /** A tab is gone. */
  readonly remove: (tab: string) => void;
  /** Requests that wait. */
  readonly waiting: (tab: string) => number;
  readonly close: () => void;
}

/** A request that the server does not answer is given up after this, in milliseconds: it may have been dropped. */
const answerMs = 5_000;

/** Errors after which an answer still comes, for the topics of the request that are in order. */
const partial: readonly unknown[] = ["invalid_subscription", "forbidden"];

interface InFlight {
  readonly id: string;
  readonly request: TopicsRequest;
  /** Topics that the server was asked for. */
  readonly asked: readonly string[];
  readonly cancelTimer: () => void;
}

/**
 * Keeps the server's topics equal to the union of what the tabs want, one request at a time. A tab that is behind the
 * others makes the server replay: the others know those frames by their offsets and drop them.
 */
export function createHubTopics({ send, schedule }: HubTopicsParts): HubTopics {
  /** Topics that are live, and their newest frame as far as it is known. */
  const live = new Map<string, Position | undefined>();
  const topicsOf = new Map<string, ReadonlySet<string>>();
  let queue: readonly TopicsRequest[] = [];
  let inFlight: InFlight | undefined;

  const of = (tab: string): ReadonlySet<string> => topicsOf.get(tab) ?? new Set();
  const isBehind = (from: Position, newest: Position | undefined): boolean =>
    !newest || from.epoch !== newest.epoch || from.offset < newest.offset;
  const isAsked = ({ resume }: TopicsRequest, topic: string): boolean => {
    const from = resume[topic];
    return !live.has(topic) || (from !== undefined && isBehind(from, live.get(topic)));
  };
  const note = (topic: string, to: Position | undefined): void => {
    const newest = live.get(topic);
    live.set(
      topic,
      newest && to?.epoch === newest.epoch && to.offset < newest.offset ? newest : (to ?? newest),
    );
  };
  /** Gives back what no tab wants any more. */
  const release = (): void => {
    const wanted = new Set([...topicsOf.values()].flatMap((topics) => [...topics]));
    for (const { type, topics } of queue)
      if (type === "subscribe") for (const topic of topics) wanted.add(topic);
    for (const topic of inFlight?.request.topics ?? []) wanted.add(topic);
    const subscriptions = [...live.keys()].filter((topic) => !wanted.has(topic));
    for (const topic of subscriptions) live.delete(topic);
    if (subscriptions.length > 0) send({ type: "unsubscribe", subscriptions });
  };
  /** Tells the tab; `frame` is what the server said about the topics that it was asked for. */
  const finish = (request: TopicsRequest, asked: readonly string[], frame?: Frame): void => {
    const { tab, topics, resume, answer } = request;
    const granted = frame?.subscriptions;
    const accepted = topics.filter((topic) =>
      asked.includes(topic) ? Array.isArray(granted) && granted.includes(topic) : live.has(topic),
    );
    const positions: Record<string, Position> = {};
    const recovered: Record<string, unknown> = {};
    for (const topic of accepted) {
      const from = resume[topic];
      const isFresh = asked.includes(topic);
      const recovery = isFresh ? field(frame?.recovered, topic) : from && { complete: true, replayed: 0 };
      if (isFresh)
        note(
          topic,
          positionOf(field(frame?.positions, topic)) ?? (field(recovery, "complete") ? from : undefined),
        );
      const position = live.get(topic);
      if (recovery) recovered[topic] = recovery;
      else if (position) positions[topic] = position;
    }
    if (!topicsOf.has(tab)) return;
    const subscriptions = [...new Set([...of(tab), ...accepted])].sort();
    topicsOf.set(tab, new Set(subscriptions));
    answer({ subscriptions, positions, recovered });
  };
  const settle = (frame?: Frame): void => {
    const done = inFlight;
    inFlight = undefined;
    done?.cancelTimer();
    if (done) finish(done.request, done.asked, frame);
    release();
    pump();
  };
  const pump = (): void => {
    for (let request = queue[0]; request && !inFlight; request = queue[0]) {
      queue = queue.slice(1);
      const { tab, type, topics, resume, answer } = request;
      if (type === "unsubscribe") {
        const subscriptions = [...of(tab)].filter((topic) => !topics.includes(topic));
        topicsOf.set(tab, new Set(subscriptions));
        release();
        answer({ subscriptions, positions: {}, recovered: {} });
        continue;
      }
      const asked = topics.filter((topic) => isAsked(request, topic));
      if (asked.length === 0) {
        finish(request, asked);
        continue;
      }
      const from = Object.entries(resume).filter(([topic]) => asked.includes(topic));
      const frame = {
        type,
        subscriptions: asked,
        ...(from.length > 0 && { resume: Object.fromEntries(from) }),
      };
      inFlight = { id: send(frame), request, asked, cancelTimer: schedule(() => settle(), answerMs) };
    }
  };
  return {
    request: (request) => {
      topicsOf.set(request.tab, of(request.tab));
      queue = [...queue, request];
      pump();
    },
    answered: (id, frame) => {
      if (!inFlight || id !== inFlight.id) return undefined;
      const { tab } = inFlight.request;
      if (frame.type === "subscription_updated" || !partial.includes(frame.code)) settle(frame);
      return { tab };
    },
    receivers: (topic, { position }) => {
      note(topic, positionOf(position));
      return [...topicsOf].filter(([, topics]) => topics.has(topic)).map(([tab]) => tab);
    },
    remove: (tab) => {
      topicsOf.delete(tab);
      queue = queue.filter((request) => request.tab !== tab);
      release();
    },
    waiting: (tab) => queue.filter((request) => request.tab === tab).length,
    close: () => {
      queue = [];
      inFlight?.cancelTimer();
      inFlight = undefined;
    },
  };
}
