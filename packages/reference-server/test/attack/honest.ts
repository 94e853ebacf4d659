// Honest clients in a process of their own: they hold every topic, ping, and keep account of what they get.
// Arguments: URL, number of clients.
import { WebSocket } from "ws";
import { FrameJudge, type Got } from "../support/contract-schemas.js";
import type { HonestReport, HonestRequest } from "./honest-report.js";

/** Time between two pings of one client, in milliseconds: half of what the bucket refills. */
const pingEveryMs = 100;

const [, , url = "", count = "50"] = process.argv;
const topics = ["agents", "coordination", "tasks", "system", "alerts", "project_index"];
const faults: string[] = [];
const fault = (sentence: string): void => {
  if (faults.length < 20) faults.push(sentence);
};
let latenciesMs: number[] = [];
let isPinging = true;

interface Honest {
  readonly ws: WebSocket;
  /** Pings without a pong: correlation id → when it was sent. */
  readonly open: Map<string, number>;
  /** Topic → the offset that comes next. */
  readonly next: Map<string, number>;
  /** Broadcasts of the test that arrived. */
  readonly broadcasts: Set<string>;
}

function take(client: Honest, frame: Got): void {
  const id = String(frame.correlation_id);
  const sentAtMs = client.open.get(id);
  if (frame.type === "pong" && sentAtMs !== undefined) {
    latenciesMs.push(performance.now() - sentAtMs);
    client.open.delete(id);
  } else if (frame.type === "error") fault(`an honest client was told ${JSON.stringify(frame)}`);
  if (typeof frame.position !== "object" || frame.position === null || !("offset" in frame.position)) return;
  const topic = String(frame.subscription);
  const offset = Number(frame.position.offset);
  const expected = client.next.get(topic) ?? offset;
  if (offset !== expected) fault(`${topic}: offset ${offset} came where ${expected} was due`);
  client.next.set(topic, offset + 1);
  const { data } = frame;
  if (frame.type === "attack_update" && typeof data === "object" && data !== null && "number" in data)
    client.broadcasts.add(String(data.number));
}

function open(index: number): Promise<Honest> {
  const ws = new WebSocket(url);
  const client: Honest = { ws, open: new Map(), next: new Map(), broadcasts: new Set() };
  const judge = new FrameJudge(fault);
  ws.on("close", (code) => {
    if (isPinging) fault(`an honest client was closed with ${code}`);
  });
  let pings = 0;
  const ping = (): void => {
    if (!isPinging || ws.readyState !== ws.OPEN) return;
    const id = `${index}-${++pings}`;
    client.open.set(id, performance.now());
    ws.send(JSON.stringify({ type: "ping", correlation_id: id }));
  };
  return new Promise((resolve, reject) => {
    ws.on("error", reject);
    ws.on("message", (data) => {
      const frame = judge.read(String(data));
      if (!frame) return;
      take(client, frame);
      if (frame.type !== "subscription_updated") return;
      // Clients ping one after the other, not all at once.
      setTimeout(() => setInterval(ping, pingEveryMs), (index * pingEveryMs) / Number(count));
      resolve(client);
    });
    ws.on("open", () => ws.send(JSON.stringify({ type: "subscribe", subscriptions: topics })));
  });
}

const clients = await Promise.all(Array.from({ length: Number(count) }, (_, index) => open(index)));

function report(): HonestReport {
  const unanswered = clients.reduce((sum, { open }) => sum + open.size, 0);
  const broadcasts = clients.map((client) => client.broadcasts.size);
  const done = { latenciesMs, unanswered, faults: [...faults], broadcasts };
  latenciesMs = [];
  return done;
}

process.on("message", (request: HonestRequest) => {
  if (request === "measure") process.send?.(report());
  if (request === "finish") isPinging = false;
  if (request === "end") process.exit(0);
});
process.send?.(report());
