// @ts-check
import {
  boolean,
  integer,
  list,
  map,
  number,
  object,
  oneOf,
  optional,
  status,
  string,
  strings,
  text,
} from "./kinds.mjs";

/**
 * @typedef {import("./kinds.mjs").Fields} Fields
 * @typedef {"client" | "server"} Sender
 * @typedef {{ readonly type: string, readonly name: string, readonly sender: Sender,
 *   readonly closed: boolean, readonly fields: Fields }} Shape
 * @typedef {{ readonly server: number, readonly client: number }} Counts
 */

const when = { timestamp: string, sequence: integer(0) };
const asked = { correlation_id: text(64) };

/**
 * The messages a server sends about one subject, as fields beside `type`.
 * @type {readonly (readonly [name: string, fields: (subject: string) => Fields, closed?: true])[]}
 */
const serverTemplates = [
  [
    "update",
    (id) => ({ ...when, [id]: text(64), status, changes: { ...list("Change"), ...optional }, load: number }),
  ],
  ["removed", (id) => ({ ...when, [id]: text(64), reason: { ...string, ...optional } })],
  [
    "error",
    () => ({
      ...asked,
      code: oneOf("denied", "not_found", "busy"),
      message: text(500),
      retry_after_ms: { ...integer(0), ...optional },
    }),
    true,
  ],
  [
    "progress",
    (id) => ({
      [id]: text(64),
      done: integer(0),
      total: integer(1),
      fraction: number,
      eta_ms: { ...number, ...optional },
    }),
  ],
  [
    "snapshot",
    (id) => ({
      timestamp: string,
      [id]: text(64),
      complete: boolean,
      cursor: { ...string, ...optional },
      items: list("Item"),
      total: integer(0),
    }),
  ],
  [
    "event",
    (id) => ({
      ...when,
      [id]: text(64),
      event: oneOf("created", "started", "stopped"),
      detail: { ...object({ reason: text(200), code: integer(0) }), ...optional },
    }),
    true,
  ],
  ["log", (id) => ({ [id]: text(64), level: oneOf("debug", "info", "warn", "error"), lines: strings })],
  [
    "assigned",
    (id) => ({
      ...when,
      [id]: text(64),
      assignee: text(64),
      priority: oneOf("low", "normal", "high"),
      labels: { ...map(string), ...optional },
    }),
  ],
  [
    "metrics",
    (id) => ({
      timestamp: string,
      [id]: text(64),
      gauges: { ...map(number), ...optional },
      samples: list("Sample"),
      window_ms: integer(1),
    }),
  ],
  ["heartbeat", (id) => ({ ...when, [id]: text(64), healthy: boolean, latency_ms: number })],
  ["ack", () => ({ ...asked, accepted: boolean }), true],
  [
    "settings",
    (id) => ({
      [id]: text(64),
      settings: object({
        theme: oneOf("light", "dark"),
        limits: object({ per_minute: integer(1), burst: integer(1) }),
        flags: map(boolean),
      }),
    }),
  ],
  [
    "alert",
    (id) => ({
      ...when,
      [id]: text(64),
      severity: oneOf("info", "warning", "critical"),
      title: text(120),
      related: strings,
      acknowledged: boolean,
    }),
  ],
  ["result", () => ({ ...asked, next: { ...string, ...optional }, items: list("Item"), total: integer(0) })],
];

/** The messages a client sends about one subject. @type {typeof serverTemplates} */
const clientTemplates = [
  ["subscribe", () => ({ topics: strings, correlation_id: { ...text(64), ...optional } }), true],
  ["request", (id) => ({ ...asked, [id]: text(64), limit: { ...integer(1), ...optional } })],
  [
    "command",
    (id) => ({
      ...asked,
      [id]: text(64),
      command: oneOf("start", "stop", "retry"),
      arguments: { ...map(string), ...optional },
    }),
  ],
  ["ping", () => ({ timestamp: { ...string, ...optional } })],
];

const subjects = [
  "agent",
  "task",
  "project",
  "worker",
  "session",
  "queue",
  "model",
  "cluster",
  "alarm",
  "build",
];

/** @param {string} text `agent_update` → `AgentUpdate` */
const pascal = (text) => text.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());

/** @param {typeof serverTemplates} templates @param {number} count @param {Sender} sender @returns {Shape[]} */
function expand(templates, count, sender) {
  return Array.from({ length: count }, (_, index) => {
    const [verb, fieldsOf, closed] = templates[index % templates.length] ?? templates[0] ?? raise();
    const subject = subjects[Math.floor(index / templates.length)] ?? raise();
    const type = `${subject}_${verb}`;
    return { type, name: pascal(type), sender, closed: closed === true, fields: fieldsOf(`${subject}_id`) };
  });
}

/** @returns {never} */
function raise() {
  throw new RangeError(`Failed to make the shapes: at most ${subjects.length} subjects are named.`);
}

/**
 * The messages of a contract of any size, always the same for the same counts.
 * @param {Counts} counts at most 140 from the server and 40 from the client
 */
export function shapesOf({ server, client }) {
  return [...expand(clientTemplates, client, "client"), ...expand(serverTemplates, server, "server")];
}
