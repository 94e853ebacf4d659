import { type CloseRow, closeCodes, errorCodes } from "@hivewire/protocol";
import { dashboardPath, newestVersion, RawClient, type RawOptions } from "../support/raw-client.js";

/** What a hostile connection came to: `error <code>`, `close <code>`, `http <status>`, `cut`, `open` (it answers a ping). */
export type Outcome = string;

/** One hostile behaviour. */
export interface HostileRow {
  readonly title: string;
  /** What one connection does once; resolves when its outcome is noted. */
  readonly behave: (arena: Arena) => Promise<void>;
  /** Outcomes that some connection has to come to. */
  readonly must: readonly Outcome[];
  /** Outcomes that it may come to beside those. */
  readonly may?: readonly Outcome[];
  /**
   * Honest p99 that is never a fault, in milliseconds: what a flood has written before the server stops reading it
   * is worked off at once. @default the suite's
   */
  readonly floorMs?: number;
}

const known: ReadonlySet<string> = new Set([
  ...Object.keys(errorCodes).map((code) => `error ${code}`),
  ...closeCodes.map(({ code }: CloseRow) => `close ${code}`),
  ...[400, 403, 404, 405, 408, 414, 426, 429, 431, 503].map((status) => `http ${status}`),
  "cut",
  "open",
]);

/** Where one hostile connection lives: opens sockets and keeps account of outcomes. */
export class Arena {
  readonly #port: number;
  readonly #from: string;
  readonly #token: string | undefined;
  readonly seen: Map<Outcome, number>;

  /** @param from - address of the attackers */
  constructor(port: number, from: string, token: string | undefined, seen: Map<Outcome, number>) {
    this.#port = port;
    this.#from = from;
    this.#token = token;
    this.seen = seen;
  }

  /** The dashboard's path with the token of clients. */
  path(query = newestVersion): string {
    return `${dashboardPath}?${query}${this.#token === undefined ? "" : `&access_token=${this.#token}`}`;
  }

  /** A socket with the token of clients, unless its options say otherwise. */
  connect(options: Partial<RawOptions> = {}): RawClient {
    return new RawClient({ port: this.#port, from: this.#from, path: this.path(), ...options });
  }

  /** A socket whose upgrade was accepted; undefined when it was refused, which is noted. */
  async open(options: Partial<RawOptions> = {}): Promise<RawClient | undefined> {
    const client = this.connect(options);
    if (await client.opened()) return client;
    this.note(client);
    return undefined;
  }

  /** Notes what a connection came to, and cuts it. */
  note(client: RawClient, isAlive = false): void {
    const outcomes = new Set<Outcome>();
    if (client.status !== undefined && client.status !== 101) outcomes.add(`http ${client.status}`);
    for (const frame of client.frames) if (frame.type === "error") outcomes.add(`error ${frame.code}`);
    if (client.closeCode !== undefined) outcomes.add(`close ${client.closeCode}`);
    else if (client.isEnded && (client.status === undefined || client.status === 101)) outcomes.add("cut");
    if (isAlive) outcomes.add("open");
    for (const outcome of outcomes) this.seen.set(outcome, (this.seen.get(outcome) ?? 0) + 1);
    client.cut();
  }
}

/** What is wrong with the outcomes of a row; empty when nothing is. */
export function judge({ must, may = [] }: HostileRow, seen: ReadonlyMap<Outcome, number>): readonly string[] {
  const missing = must
    .filter((outcome) => !seen.has(outcome))
    .map((outcome) => `nobody came to "${outcome}"`);
  const surprising = [...seen].filter(([outcome]) => !must.includes(outcome) && !may.includes(outcome));
  const unnamed = [...seen.keys()].filter((outcome) => !known.has(outcome));
  return [
    ...missing,
    ...surprising.map(([outcome, times]) => `${times} came to "${outcome}"`),
    ...unnamed.map((outcome) => `no table names "${outcome}"`),
  ];
}

/** Writes the same bytes some times into an open connection, and asks whether it still answers a ping. */
export function provoke(bytes: Buffer, times = 1): HostileRow["behave"] {
  return async (arena) => {
    const client = await arena.open();
    if (!client) return;
    for (let time = 0; time < times; time++) client.write(bytes);
    arena.note(client, await client.answers());
  };
}

/** Writes without a pause until the server closes, sends an error, or answers a ping at the very end. */
export function flood(bytes: Buffer, times: number): HostileRow["behave"] {
  return async (arena) => {
    const client = await arena.open();
    if (!client) return;
    for (let time = 0; time < times && !client.isEnded && client.closeCode === undefined; time++) {
      if (client.write(bytes)) continue;
      await client.until(({ waitingBytes, closeCode }) => waitingBytes === 0 || closeCode !== undefined);
    }
    const last = "the last one";
    client.send({ type: "ping", correlation_id: last });
    const isAlive = (): boolean => client.frames.some(({ correlation_id }) => correlation_id === last);
    const isTold = (): boolean => client.frames.some(({ type }) => type === "error");
    await client.until(({ closeCode }) => closeCode !== undefined || isTold() || isAlive());
    arena.note(client, isAlive());
  };
}
