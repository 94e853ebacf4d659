import { type Contract, createMessageLookup, type Position } from "@hivewire/protocol";
import { ClientError } from "../client-error.js";
import type { Environment } from "../environment.js";
import type { CreateOutbox } from "../outbox-types.js";
import { type Frame, readFrame } from "../read-frame.js";
import type { WebSocketLike } from "../transport.js";
import { createHubAnswers } from "./hub-answers.js";
import { greetingFor, type HubGreeting, renewed } from "./hub-greeting.js";
import { createHubTopics, type TopicsAnswer } from "./hub-topics.js";
import { field, positionOf } from "./read-position.js";
import { type HubEvent, maxText } from "./tab-message.js";

/** What a hub is made of. */
export interface HubParts {
  readonly contract: Contract;
  /** The one socket, opened without topics. */
  readonly socket: WebSocketLike;
  /** Paces what all tabs send together: the server bounds the connection, not the tab. */
  readonly outbox: CreateOutbox;
  readonly environment: Environment;
  /** Tells tabs. */
  readonly tell: (tabs: readonly string[], event: HubEvent) => void;
}

/** The server, as the tabs see it: one connection behind it, and each tab gets what its own would bring. */
export interface Hub {
  /** Takes a tab in, with the topics of its handshake. */
  readonly add: (tab: string, topics: readonly string[]) => void;
  /** A tab sends a frame. */
  readonly receive: (tab: string, text: string) => void;
  readonly remove: (tab: string) => void;
  /** Tabs that were taken in. */
  readonly tabs: () => readonly string[];
  /** Ends the connection. Tells nobody. */
  readonly close: () => void;
}

/** Most changes of topics of one tab that wait for the server. */
const maxWaiting = 1_000;

const openState = 1;

const names = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

function positionsOf(resume: unknown, topics: readonly string[]): Readonly<Record<string, Position>> {
  const rows = topics.map((topic) => [topic, positionOf(field(resume, topic))] as const);
  return Object.fromEntries(rows.filter((row): row is readonly [string, Position] => !!row[1]));
}

/** Puts a hub on a socket that was just made. */
export function createHub({ contract, socket, outbox: createOutbox, environment, tell }: HubParts): Hub {
  const { now, schedule, uuid, random } = environment;
  const lookup = createMessageLookup(contract);
  const answers = createHubAnswers();
  const tabs = new Set<string>();
  const greeted = new Set<string>();
  /** Topics of the handshakes that wait for the server's. */
  const joining = new Map<string, readonly string[]>();
  let greeting: HubGreeting | undefined;
  let isOver = false;

  const write = (text: string): boolean => {
    if (isOver || socket.readyState !== openState) return false;
    socket.send(text);
    return true;
  };
  /** Sends a frame of the hub's own. */
  const sendOwn = (frame: Frame): string => {
    const id = uuid();
    const text = JSON.stringify({ ...frame, correlation_id: id });
    if (write(text)) outbox.passed(id);
    return id;
  };
  const outbox = createOutbox({ now, schedule, write, probe: () => void sendOwn({ type: "ping" }) });
  const topics = createHubTopics({ send: sendOwn, schedule });
  const tellFrame = (to: readonly string[], frame: Frame): void => {
    if (to.length > 0) tell(to, { kind: "frame", text: JSON.stringify(frame) });
  };
  const end = (to: readonly string[], code: number, reason: string): void => {
    if (to.length > 0) tell(to, { kind: "close", code, reason, chance: random() });
  };

  const remove = (tab: string): void => {
    tabs.delete(tab);
    greeted.delete(tab);
    joining.delete(tab);
    answers.remove(tab);
    if (!isOver) topics.remove(tab);
  };
  const expel = (tab: string, code: number, reason: string): void => {
    remove(tab);
    end([tab], code, reason);
  };
  const greet = (tab: string, wanted: readonly string[]): void => {
    const answer = (granted: TopicsAnswer): void => {
      if (!greeting) return;
      greeted.add(tab);
      tellFrame([tab], greetingFor(greeting, granted, now()));
    };
    topics.request({ tab, type: "subscribe", topics: wanted, resume: {}, answer });
  };
  const own = (type: string, frame: object): Frame => ({
    type,
    timestamp: new Date(now()).toISOString(),
    correlation_id: uuid(),
    ...frame,
  });
  const receive = (tab: string, text: string): void => {
    if (isOver || !greeted.has(tab)) return;
    const frame = readFrame(text);
    if (frame instanceof ClientError) {
      // The server says what is wrong with it.
      outbox.add({ text, id: undefined, settle: () => {} });
      return;
    }
    const { type, correlation_id, subscriptions } = frame;
    if (type === "subscribe" || type === "unsubscribe") {
      if (topics.waiting(tab) >= maxWaiting) {
        expel(tab, 1013, "too many changes of topics");
        return;
      }
      const wanted = names(subscriptions);
      const resume = positionsOf(field(frame, "resume"), wanted);
      const answer = (granted: TopicsAnswer): void => tellFrame([tab], own("subscription_updated", granted));
      topics.request({ tab, type, topics: wanted, resume, answer });
      return;
    }
    const hubId = typeof correlation_id === "string" ? uuid() : undefined;
    if (hubId !== undefined) answers.add(hubId, { tab, id: String(correlation_id) });
    const sent = hubId === undefined ? text : JSON.stringify({ ...frame, correlation_id: hubId });
    const status = outbox.add({ text: sent, id: hubId, settle: () => {} });
    if (status === "sent" || status === "queued") return;
    const message = "Rate limit exceeded: the tabs together send too much";
    tellFrame([tab], own("error", { code: "rate_limited", message }));
  };

  /** Passes a frame on to those whom it concerns. */
  const pass = (frame: Frame, text: string): void => {
    const { type, correlation_id, subscription } = frame;
    const id = String(correlation_id);
    const asker = answers.find(id);
    outbox.proven(id);
    const change = topics.answered(id, frame);
    if (type === "subscription_updated") return;
    if (type === "authenticated" && greeting) greeting = renewed(greeting, frame);
    const target = asker ?? change;
    if (target) tellFrame([target.tab], asker ? { ...frame, correlation_id: asker.id } : frame);
    // What is about the connection is about every tab.
    if (target && type !== "authenticated" && frame.code !== "rate_limited") return;
    const isNamed = typeof subscription === "string" && contract.topics.includes(subscription);
    const topic = isNamed ? subscription : lookup(type)?.topic;
    // Before the handshake only what tells why there will be none is for a tab.
    const all = greeting ? [...greeted] : [...tabs];
    const to =
      topic === undefined ? all.filter((tab) => tab !== target?.tab) : topics.receivers(topic, frame);
    if (to.length > 0) tell(to, { kind: "frame", text });
  };
  socket.addEventListener("open", () => {
    if (!isOver) tell([...tabs], { kind: "open" });
  });
  socket.addEventListener("message", ({ data }) => {
    if (isOver) return;
    const text = String(data);
    const frame = readFrame(data);
    if (text.length > maxText) {
      endAll(1009, "too large to share");
    } else if (frame instanceof ClientError) {
      tell([...greeted], { kind: "frame", text });
    } else if (frame.type === "connection_established" && !greeting) {
      greeting = { frame, atMs: now() };
      outbox.flush();
      for (const [tab, wanted] of joining) greet(tab, wanted);
      joining.clear();
    } else pass(frame, text);
  });
  socket.addEventListener("close", ({ code, reason }) => {
    if (!isOver) endAll(code, reason);
  });
  // The package `ws` throws when an error finds no listener; a close always follows.
  socket.addEventListener("error", () => {});

  const close = (): void => {
    if (isOver) return;
    isOver = true;
    topics.close();
    outbox.lost(new ClientError("closed", "Failed to go on: the tab does not lead any more."), true);
    socket.close(1000);
  };
  const endAll = (code: number, reason: string): void => {
    const told = [...tabs];
    close();
    end(told, code, reason);
  };
  return {
    add: (tab, wanted) => {
      if (tabs.has(tab) || isOver) return;
      tabs.add(tab);
      if (socket.readyState === openState) tell([tab], { kind: "open" });
      if (greeting) greet(tab, wanted);
      else joining.set(tab, wanted);
    },
    receive,
    remove,
    tabs: () => [...tabs],
    close,
  };
}
