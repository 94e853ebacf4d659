import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { FrameJudge, type Got } from "./contract-schemas.js";
import { violated } from "./hold-frames.js";
import { opcodes, textFrame, type WireFrame, wireFrame } from "./wire-frame.js";
import { WireReader } from "./wire-reader.js";

/** How a raw client comes. */
export interface RawOptions {
  readonly port: number;
  /** Address that it comes from: all of 127.0.0.0/8 is this machine on Linux. @default 127.0.0.1 */
  readonly from?: string | undefined;
  /** @default the dashboard with the newest version */
  readonly path?: string | undefined;
  /** Lines of the request beside or instead of the usual ones; an empty value leaves one out. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Bytes instead of a request; null writes nothing. */
  readonly request?: Buffer | string | null | undefined;
  /** Answer pings and closes like a browser does. @default true */
  readonly polite?: boolean | undefined;
  /** Called with each frame instead of keeping it in `frames`. */
  readonly onFrame?: ((frame: Got) => void) | undefined;
}

/** The path without a preset. */
export const dashboardPath = "/api/dashboard/ws/dashboard";

/** A query that asks for the newest version. */
export const newestVersion = "contract_versions=1.1.0";

function requestOf({ path = `${dashboardPath}?${newestVersion}`, headers = {} }: RawOptions): string {
  const usual = {
    Host: "127.0.0.1",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
  };
  const lines = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== "");
  return `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/**
 * A WebSocket client over bare TCP: it writes what it is told, however wrong, and judges what comes back by
 * RFC 6455 and by the contract. `ws` is too polite for that.
 */
export class RawClient {
  /** Status of the answer to the request; undefined until there is one. */
  status: number | undefined;
  /** Frames so far, unless `onFrame` takes them. */
  readonly frames: Got[] = [];
  /** RFC 6455 pings and pongs of the server. */
  readonly controls = { pings: 0, pongs: 0 };
  /** Code of the server's close frame. */
  closeCode: number | undefined;
  /** Whether the TCP connection is gone. */
  isEnded = false;
  /** Payload bytes of text frames, both ways. */
  readonly bytes = { received: 0, sent: 0 };
  readonly #socket: Socket;
  readonly #options: RawOptions;
  readonly #reader = new WireReader();
  readonly #judge = new FrameJudge(violated);
  readonly #waiters = new Set<() => void>();
  #head: Buffer | undefined = Buffer.alloc(0);
  /** What was on its way when this side cut the connection is lost. */
  #isCut = false;

  constructor(options: RawOptions) {
    this.#options = options;
    this.#socket = connect({
      host: "127.0.0.1",
      port: options.port,
      ...(options.from === undefined || process.platform !== "linux" ? {} : { localAddress: options.from }),
    });
    this.#socket.setNoDelay(true);
    this.#socket.on("data", (chunk) => this.#read(chunk));
    // A server that cuts a hostile peer resets it: "close" follows.
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => {
      this.isEnded = true;
      this.#changed();
    });
    this.#socket.on("drain", () => this.#changed());
    const { request = requestOf(options) } = options;
    if (request !== null) this.#socket.write(request);
  }

  /** Writes bytes; false when the kernel takes no more for now. */
  write(bytes: Buffer | string): boolean {
    return this.isEnded || !this.#socket.writable ? false : this.#socket.write(bytes);
  }

  /** Writes a frame. */
  frame(frame: WireFrame): boolean {
    return this.write(wireFrame(frame));
  }

  /** Writes a text frame; objects as JSON. */
  send(message: object | string): boolean {
    const text = typeof message === "string" ? message : JSON.stringify(message);
    this.bytes.sent += Buffer.byteLength(text);
    return this.write(textFrame(text));
  }

  /** Bytes that wait to be written. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  /** Stops or goes on reading. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Says that nothing more will be written; what the server still has to say is read. */
  end(): void {
    this.#socket.end();
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.#isCut = true;
    this.#socket.destroy();
  }

  /** Resolves to true once the condition holds, to false when the connection ends before. */
  until(holds: (client: this) => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (): void => {
        const isMet = holds(this);
        if (!isMet && !this.isEnded) return;
        this.#waiters.delete(look);
        resolve(isMet);
      };
      this.#waiters.add(look);
      look();
    });
  }

  /** Resolves to whether the upgrade was accepted. */
  async opened(): Promise<boolean> {
    await this.until(({ status }) => status !== undefined);
    return this.status === 101;
  }

  /** Resolves when the connection is gone. */
  async ended(): Promise<void> {
    await this.until(({ isEnded }) => isEnded);
  }

  /** Pings and resolves to whether the pong came. */
  async answers(): Promise<boolean> {
    const id = randomBytes(8).toString("hex");
    this.send({ type: "ping", correlation_id: id });
    return this.until(({ frames }) => frames.some(({ correlation_id }) => correlation_id === id));
  }

  #changed(): void {
    for (const look of [...this.#waiters]) look();
  }

  #read(chunk: Buffer): void {
    let rest: Buffer = chunk;
    if (this.#head) {
      const head = Buffer.concat([this.#head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      this.#head = end < 0 ? head : undefined;
      if (end >= 0) this.status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head.toString("latin1"))?.[1] ?? 0);
      rest = end < 0 ? Buffer.alloc(0) : head.subarray(end + 4);
    }
    if (this.status === 101 && rest.length > 0) this.#readFrames(rest);
    this.#changed();
  }

  #readFrames(bytes: Buffer): void {
    try {
      for (const { opcode, payload } of this.#reader.read(bytes)) {
        if (this.#isCut) return;
        this.#take(opcode, payload);
      }
    } catch (error) {
      violated(error instanceof Error ? error.message : String(error));
      this.cut();
    }
  }

  #take(opcode: number, payload: Buffer): void {
    const isPolite = this.#options.polite ?? true;
    if (opcode === opcodes.text) {
      this.bytes.received += payload.length;
      const frame = this.#judge.read(payload.toString("utf8"));
      if (frame && this.#options.onFrame) this.#options.onFrame(frame);
      else if (frame) this.frames.push(frame);
    } else if (opcode === opcodes.ping) {
      this.controls.pings++;
      if (isPolite) this.frame({ opcode: opcodes.pong, payload });
    } else if (opcode === opcodes.pong) this.controls.pongs++;
    else if (opcode === opcodes.close) {
      this.closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      if (isPolite) this.frame({ opcode: opcodes.close, payload });
    } else violated(`the server sent a frame of opcode ${opcode}`);
  }
}
