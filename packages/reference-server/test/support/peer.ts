import { WebSocket } from "ws";
import { FrameJudge, type Got } from "./contract-schemas.js";
import { violated } from "./hold-frames.js";

export type { Got };

/** A WebSocket client without manners: it sends what it is told to. */
export interface Peer {
  readonly frames: readonly Got[];
  readonly send: (data: string | Buffer) => void;
  /** The first frame from now or before that is accepted; each frame is given out once. */
  readonly next: (accepts?: string | ((frame: Got) => boolean)) => Promise<Got>;
  /** Close code and reason. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly close: () => void;
}

interface Waiter {
  readonly accepts: (frame: Got) => boolean;
  readonly resolve: (frame: Got) => void;
  readonly reject: (reason: Error) => void;
}

/** Frames that the server sends on its own; tests that ask for an answer pass them over. */
const unasked: ReadonlySet<string> = new Set(["system_update", "coordination_update", "agent_update"]);

/** Opens a socket whose every frame is held against the contract; resolves when it is open, rejects with the HTTP status when it is refused. */
export function openPeer(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Peer> {
  const ws = new WebSocket(url, { headers });
  const frames: Got[] = [];
  const unread: Got[] = [];
  const waiters = new Set<Waiter>();
  const judge = new FrameJudge(violated);
  ws.on("message", (data) => {
    const frame = judge.read(String(data));
    if (!frame) return;
    frames.push(frame);
    const waiter = [...waiters].find(({ accepts }) => accepts(frame));
    if (!waiter) unread.push(frame);
    else if (waiters.delete(waiter)) waiter.resolve(frame);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on("close", (code, reason) => {
      for (const { reject } of waiters) reject(new Error(`closed with ${code} while a frame was awaited`));
      resolve({ code, reason: String(reason) });
    });
  });
  const next: Peer["next"] = (wanted = (frame) => !unasked.has(frame.type)) => {
    const accepts = typeof wanted === "string" ? (frame: Got) => frame.type === wanted : wanted;
    const index = unread.findIndex(accepts);
    const [found] = index < 0 ? [] : unread.splice(index, 1);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => void waiters.add({ accepts, resolve, reject }));
  };
  return new Promise((resolve, reject) => {
    ws.on("unexpected-response", (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
    ws.on("error", reject);
    ws.on("open", () =>
      resolve({ frames, next, closed, send: (data) => ws.send(data), close: () => ws.close() }),
    );
  });
}
