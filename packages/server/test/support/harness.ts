import {
  createServer,
  type Handlers,
  type Log,
  type Server,
  type ServerOptions,
  type Socket,
  type SocketEvents,
} from "@hivewire/server";
import { type ChatTypes, chat, chatValidators } from "./chat.js";

/** A frame that a client got. */
type Got = Readonly<Record<string, unknown>> & { readonly type: string };

/** One client of the harness, from the server's side of the socket. */
interface FakeClient {
  readonly frames: Got[];
  events: SocketEvents;
  /** Close code and reason, once the server closed. */
  closed: { readonly code: number; readonly reason: string; readonly isLast: boolean } | undefined;
  terminated: boolean;
  paused: boolean;
  pings: number;
  /** Payloads of the pongs that the server answered with. */
  readonly pongs: string[];
  /** What the server believes to be waiting in the socket. */
  waitingBytes: number;
  readonly send: (frame: unknown) => void;
  readonly types: () => readonly string[];
  readonly last: () => Got | undefined;
}

/** A server with hand-driven time. */
export interface Harness {
  readonly server: Server<ChatTypes>;
  readonly connect: (query?: string, authorization?: string) => FakeClient;
  /** Moves time, runs what is due, and lets promises settle. */
  readonly advance: (ms: number) => Promise<void>;
  /** Lets promises settle. */
  readonly settle: () => Promise<void>;
  readonly lines: {
    readonly level: string;
    readonly fields: Readonly<Record<string, unknown>>;
    readonly message: string;
  }[];
}

interface Timer {
  readonly run: () => void;
  readonly everyMs: number | undefined;
  atMs: number;
}

const defaultHandlers: Handlers<ChatTypes, unknown> = {
  say: () => undefined,
  who: () => ({ type: "members", names: ["ann"] }),
};

/** A server of the chat contract; `options` replace its defaults. */
export function createHarness<Identity = undefined>(
  options: Partial<ServerOptions<ChatTypes, Identity>> = {},
  handlers: Handlers<ChatTypes, Identity> = defaultHandlers,
): Harness {
  let nowMs = Date.UTC(2026, 0, 1);
  let ids = 0;
  const timers = new Set<Timer>();
  const lines: Harness["lines"] = [];
  const line = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ level, fields, message });
  const log: Log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
  const add = (run: () => void, delayMs: number, everyMs?: number) => {
    const timer: Timer = { run, atMs: nowMs + delayMs, everyMs };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const server = createServer<ChatTypes, Identity>({
    contract: chat,
    validators: chatValidators,
    log,
    environment: {
      now: () => nowMs,
      elapsed: () => nowMs,
      uuid: () => `id-${++ids}`,
      soon: (run) => queueMicrotask(run),
      busy: () => 0,
      schedule: (run, delayMs) => add(run, delayMs),
      repeat: (run, everyMs) => add(run, everyMs, everyMs),
    },
    ...options,
  }).handle(handlers);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const connect = (query = "", authorization?: string): FakeClient => {
    const client: FakeClient = {
      frames: [],
      closed: undefined,
      terminated: false,
      paused: false,
      pings: 0,
      pongs: [],
      waitingBytes: 0,
      events: { message: () => {}, pinged: () => {}, ponged: () => {}, drained: () => {}, closed: () => {} },
      send: (frame) => {
        const text = typeof frame === "string" ? frame : JSON.stringify(frame);
        client.events.message(text, Buffer.byteLength(text));
      },
      types: () => client.frames.map(({ type }) => type),
      last: () => client.frames.at(-1),
    };
    const socket: Socket = {
      get waitingBytes() {
        return client.waitingBytes;
      },
      send: ({ texts }) => {
        for (const text of texts) client.frames.push(JSON.parse(text));
      },
      ping: () => {
        client.pings++;
      },
      pong: (payload) => void client.pongs.push(Buffer.from(payload).toString()),
      close: (code, reason, isLast) => {
        client.closed ??= { code, reason, isLast };
      },
      pause: () => {
        client.paused = true;
      },
      resume: () => {
        client.paused = false;
      },
      terminate: () => {
        client.terminated = true;
        client.events.closed(1006);
      },
    };
    client.events = server.accept(socket, {
      query: new URLSearchParams(query),
      authorization,
      defaultTopics: ["room"],
    });
    return client;
  };
  return {
    server,
    connect,
    lines,
    settle,
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const due = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!due) break;
        nowMs = due.atMs;
        if (due.everyMs === undefined) timers.delete(due);
        else due.atMs += due.everyMs;
        due.run();
      }
      nowMs = untilMs;
      await settle();
    },
  };
}
