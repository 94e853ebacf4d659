import type { Json } from "../json.js";
import { literal } from "../literal.js";
import type { MessageModel, Model, Within } from "../model.js";
import { tagsOf } from "../read/read-messages.js";
import { exampleOf } from "./sample-value.js";

/** The key of the handler that takes what no other handler takes. */
const anyKey = "*";

interface Row {
  /** Name of the handler. */
  readonly key: string;
  readonly message: MessageModel;
  /** The arguments that find it: the value of the discriminator, and what a second property has to be; or the pattern. */
  readonly found: string;
}

/** One row per constant and pattern of a client's message; a constant is looked at before any pattern. */
function rowsOf(model: Model): Readonly<Record<"constants" | "patterns", readonly Row[]>> {
  const clients = model.messages.filter(({ sender }) => sender === "client");
  const constants = clients.flatMap((message): readonly Row[] => {
    const { match } = message;
    if (match.kind !== "constant") return [];
    const { values, within } = match;
    const found = values.flatMap((value) =>
      innerOf(within).map((inner) => `${literal(value)}, [${inner.join(", ")}]`),
    );
    return tagsOf(match).map((key, index) => ({ key, message, found: found[index] ?? "" }));
  });
  const patterns = clients.flatMap((message): readonly Row[] => {
    const { match } = message;
    return match.kind === "pattern"
      ? [{ key: match.pattern, message, found: `new RegExp(${literal(match.pattern)}, "u")` }]
      : [];
  });
  return { constants, patterns };
}

/** What further properties have to be, once per way to the message. */
function innerOf(within: Within | undefined): readonly (readonly string[])[] {
  if (!within) return [[]];
  const deeper = innerOf(within.within);
  return within.values.flatMap((value) =>
    deeper.map((rest) => [`[${literal(within.key)}, ${literal(value)}]`, ...rest]),
  );
}

function replyType(model: Model, message: MessageModel): string {
  const answers = model.messages.filter(({ match }) =>
    tagsOf(match).some((tag) => message.replies.includes(tag)),
  );
  return answers.length === 0
    ? "frames.ServerMessage"
    : answers.map(({ name }) => `frames.${name}`).join(" | ");
}

/** Handlers by name; of two that are called the same, such as 1 and "1", the first has the type. */
function handlerMembers(model: Model, rows: readonly Row[]): string {
  const members = new Map(
    rows
      .toReversed()
      .map(({ key, message }) => [key, `Handler<frames.${message.name}, ${replyType(model, message)}>`]),
  );
  const lines = [...members].reverse().map(([key, type]) => `  readonly ${literal(key)}?: ${type};\n`);
  const any = `  /** Takes what no other handler takes. */\n  readonly ${literal(anyKey)}?: Handler<frames.ClientMessage, frames.ServerMessage>;\n`;
  return lines.join("") + (members.has(anyKey) ? "" : any);
}

/** The function that finds the name of the handler of a frame. */
function lookup({ discriminator }: Model, { constants, patterns }: ReturnType<typeof rowsOf>): string {
  if (discriminator === null || constants.length + patterns.length === 0)
    return `function keyOf(_frame: unknown): string | undefined {\n  return undefined;\n}\n`;
  const line = ({ found, key }: Row): string => `  [${found}, ${literal(key)}],\n`;
  return `type Inner = readonly (readonly [key: string | number, value: unknown])[];

const constants: readonly (readonly [tag: unknown, inner: Inner, key: string])[] = [
${constants.map(line).join("")}];
const patterns: readonly (readonly [RegExp, string])[] = [${patterns.length === 0 ? "" : "\n"}${patterns.map(line).join("")}];

function valueOf(frame: unknown, key: string | number): unknown {
  if (typeof frame !== "object" || frame === null) return undefined;
  return Object.getOwnPropertyDescriptor(frame, key)?.value;
}

function keyOf(frame: unknown): string | undefined {
  const tag = valueOf(frame, ${literal(discriminator)});
  const known = constants.find(([value, inner]) => value === tag && inner.every(([key, wanted]) => valueOf(frame, key) === wanted));
  if (known || typeof tag !== "string") return known?.[2];
  return patterns.find(([pattern]) => pattern.test(tag))?.[1];
}
`;
}

function samplesOf(model: Model): readonly (readonly [string, Json])[] {
  return model.messages.flatMap(({ name, pointer }) => {
    const value = exampleOf(model.schema, pointer);
    return value === undefined ? [] : [[name, value] as const];
  });
}

/**
 * `msw.ts`: handlers for Mock Service Worker 2 that answer as a server of the contract would, and a sample of each message.
 * A message that no value can match has no sample.
 */
export function emitMsw(model: Model): string {
  const rows = rowsOf(model);
  const samples = samplesOf(model);
  // A frame that is itself a list could not be told from a list of frames.
  const lists = samples.some(([, value]) => Array.isArray(value));
  return `import { type WebSocketHandler, ws } from "msw";
import type * as frames from "./types.js";

/** Sends one frame to the client. */
export type SendFrame = (frame: frames.ServerMessage) => void;

/** What a handler says to a frame: ${lists ? "nothing, or a list of frames" : "nothing, one frame or several"}. */
export type Answer<Reply> = ${lists ? "" : "Reply | "}readonly Reply[] | undefined | void;

/** Answers one kind of frame. What it returns is sent; \`send\` is for frames beside the reply. */
export type Handler<Request, Reply> = (frame: Request, send: SendFrame) => Answer<Reply> | Promise<Answer<Reply>>;

/** Handlers by the type of the client's frame. Frames are parsed, not validated. */
export interface Handlers {
${handlerMembers(model, [...rows.constants, ...rows.patterns])}}

/** One valid frame of each message, by the name of its type. */
export interface Samples {
${samples.map(([name]) => `  readonly ${name}: frames.${name};\n`).join("")}}

const values: unknown = ${literal(Object.fromEntries(samples))};

/** One valid frame of each message, by the name of its type. */
export const samples: Samples = values as Samples;

${lookup(model, rows)}
function parse(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/**
 * Handlers for \`setupServer\` and \`setupWorker\`: every client that connects to \`url\` meets them.
 * A frame that is binary, no JSON, or has no handler, gets no answer.
 * @param onConnection called for each new client, before its frames
 */
export function createHandlers(url: string | RegExp, handlers: Handlers, onConnection?: (send: SendFrame) => void): readonly WebSocketHandler[] {
  const byKey = new Map<string, Handler<never, frames.ServerMessage>>(Object.entries(handlers));
  return [
    ws.link(url).addEventListener("connection", ({ client }) => {
      const send: SendFrame = (frame) => client.send(JSON.stringify(frame));
      onConnection?.(send);
      client.addEventListener("message", async (event) => {
        const frame = parse(event.data);
        if (frame === undefined) return;
        const handler = byKey.get(keyOf(frame) ?? "*") ?? byKey.get("*");
        const answer = await handler?.(frame as never, send);
        const replies: readonly unknown[] = ${lists ? "answer ?? []" : "answer === undefined ? [] : Array.isArray(answer) ? answer : [answer]"};
        for (const reply of replies) client.send(JSON.stringify(reply));
      });
    }),
  ];
}
`;
}
