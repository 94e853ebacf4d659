/** A frame of a server, of which nothing is known. */
type Frame = Readonly<Record<string, unknown>>;

/** A bare client: a socket whose frames are taken one after the other. */
export interface Peer {
  readonly send: (data: string | Uint8Array<ArrayBuffer> | object) => void;
  /** Resolves with the next frame. */
  readonly next: () => Promise<Frame>;
  /** The same without what differs from run to run. */
  readonly nextPlain: () => Promise<Frame>;
  /** Resolves when it is open. */
  readonly opened: Promise<unknown>;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly close: () => void;
}

/** Opens a socket of the global class. Its first frame is still to be taken. */
export function openPeer(url: string, query: Readonly<Record<string, string>> = {}): Peer {
  const socket = new WebSocket(`${url}?${new URLSearchParams(query)}`);
  const frames: Frame[] = [];
  const waiting: ((frame: Frame) => void)[] = [];
  socket.addEventListener("message", ({ data }) => {
    const frame: Frame = JSON.parse(String(data));
    const first = waiting.shift();
    if (first) first(frame);
    else frames.push(frame);
  });
  const opened = new Promise((resolve) => socket.addEventListener("open", resolve));
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", (e) => resolve(e.code)));
  const next = (): Promise<Frame> => {
    const frame = frames.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => waiting.push(resolve));
  };
  return {
    send: (data) =>
      void opened.then(() =>
        socket.send(typeof data === "string" || data instanceof Uint8Array ? data : JSON.stringify(data)),
      ),
    next,
    nextPlain: async () => {
      const { timestamp, correlation_id, ...rest } = await next();
      if (typeof timestamp !== "string" || typeof correlation_id !== "string")
        throw new Error("No envelope.");
      return rest;
    },
    opened,
    closed,
    close: () => socket.close(),
  };
}
