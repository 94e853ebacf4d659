import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A socket whose bytes are taken in order, and whose end is told. */
export interface Line {
  readonly socket: Socket;
  /** Resolves with exactly so many bytes, as text. */
  readonly read: (bytes: number) => Promise<string>;
  /** Resolves with the code of the error that ended it; undefined when it ended without one. */
  readonly gone: Promise<string | undefined>;
  /** Everything that came and was not read. */
  readonly rest: () => string;
}

/** Reads a socket. */
function lineOf(socket: Socket): Line {
  let text = "";
  let code: string | undefined;
  let wake = (): void => {};
  socket.setEncoding("latin1");
  socket.on("data", (data) => {
    text += data;
    wake();
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    code = error.code;
  });
  const gone = new Promise<string | undefined>((resolve) => socket.on("close", () => resolve(code)));
  return {
    socket,
    gone,
    rest: () => text,
    read: async (bytes) => {
      while (text.length < bytes) await new Promise<void>((resolve) => (wake = resolve));
      const taken = text.slice(0, bytes);
      text = text.slice(bytes);
      return taken;
    },
  };
}

/** A TCP server whose connections the test takes. */
export interface TcpServer {
  readonly url: string;
  /** Resolves with the next connection. */
  readonly accept: () => Promise<Line>;
  readonly stop: () => Promise<void>;
}

/** Listens on a free port of the loopback. */
export async function startTcpServer(): Promise<TcpServer> {
  const arrived: Line[] = [];
  const waiting: ((line: Line) => void)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const line = lineOf(socket);
    const first = waiting.shift();
    if (first) first(line);
    else arrived.push(line);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`,
    accept: () => {
      const line = arrived.shift();
      return line ? Promise.resolve(line) : new Promise((resolve) => waiting.push(resolve));
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Connects to a port of the loopback; resolves also when it is refused. */
export async function dial(port: number): Promise<Line> {
  const line = lineOf(connect({ port, host: "127.0.0.1" }));
  await Promise.race([once(line.socket, "connect"), line.gone]).catch(() => {});
  return line;
}
