import { createClient } from "@hivewire/client";
import { shareAcrossTabs } from "@hivewire/client/tabs";
import { contract } from "@hivewire/contract";

/** What a page tells the test about itself. */
export interface TabReport {
  /** Numbers of the frames that came, in their order. */
  readonly numbers: readonly number[];
  /** When each came (Unix epoch, ms). */
  readonly atMs: readonly number[];
  readonly gaps: number;
  /** Each state and when it began. */
  readonly states: readonly { readonly status: string; readonly atMs: number }[];
  /** WebSockets that this page made. */
  readonly sockets: number;
  /** Whether one of them is open now. */
  readonly hasSocket: boolean;
}

declare global {
  var startTab: (url: string, topics: readonly ("tasks" | "agents")[]) => Promise<void>;
  var reportTab: () => TabReport;
  var askTab: () => Promise<string>;
  var closeTab: () => void;
}

const sockets: WebSocket[] = [];

/** Counts what it makes. */
function makeSocket(url: string): WebSocket {
  const socket = new WebSocket(url);
  sockets.push(socket);
  return socket;
}

globalThis.startTab = async (url, topics) => {
  const client = createClient(contract, shareAcrossTabs(contract, { url, WebSocket: makeSocket }));
  const numbers: number[] = [];
  const atMs: number[] = [];
  const states: { status: string; atMs: number }[] = [];
  let gaps = 0;
  client.state.subscribe(() => states.push({ status: client.state.getSnapshot().status, atMs: Date.now() }));
  client.onGap(() => {
    gaps++;
  });
  for (const topic of topics) {
    client.subscribe(topic, (frame) => {
      if (!("n" in frame.data)) return;
      numbers.push(Number(frame.data.n));
      atMs.push(Date.now());
    });
  }
  globalThis.askTab = async () => (await client.request("request_data", { data_type: "system_health" })).type;
  globalThis.closeTab = () => client.close();
  globalThis.reportTab = () => ({
    numbers,
    atMs,
    gaps,
    states,
    sockets: sockets.length,
    hasSocket: sockets.some(({ readyState }) => readyState === 1),
  });
  await client.connect();
};
