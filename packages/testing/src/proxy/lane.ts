import type { Socket } from "node:net";
import type { LaneRule } from "./fault.js";

/** Runs a function once after a delay; the returned function calls it off. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

/** What a lane needs, and whom it tells. */
export interface LaneParts {
  readonly source: Socket;
  readonly sink: Socket;
  readonly schedule: Schedule;
  /** Bytes that may wait for their delay; then the source is not read. */
  readonly maxBufferBytes: number;
  /** Bytes were taken that never arrive. */
  readonly swallowed: (bytes: number) => void;
  /** The connection has had its bytes. */
  readonly cut: () => void;
}

/** Bytes on their way, or the end behind them. */
interface Waiting {
  readonly data: Buffer | "end";
  readonly callOff: () => void;
}

/** One direction of one connection: what comes out of one socket goes into the other, as the rule has it. */
export class Lane {
  readonly #parts: LaneParts;
  #rule: LaneRule;
  /** Bytes until the cut. */
  #left = Number.POSITIVE_INFINITY;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #hasLost = false;

  constructor(parts: LaneParts, rule: LaneRule) {
    this.#parts = parts;
    this.#rule = rule;
    this.setRule(rule);
    const { source, sink } = parts;
    source.on("data", (data) => this.#take(typeof data === "string" ? Buffer.from(data) : data));
    source.on("end", () => this.#take("end"));
    sink.on("drain", () => this.#readOn());
  }

  /** Whether bytes, or an end, never arrived: the stream has a hole that no TCP would leave. */
  get hasLost(): boolean {
    return this.#hasLost;
  }

  /** Whether nothing of this direction arrives. */
  get isSwallowing(): boolean {
    return this.#rule.kind === "swallow";
  }

  /** The source is gone, and nobody is told. */
  lose(): void {
    this.#hasLost = true;
  }

  /** Goes by another rule from now on. What waits for a delay arrives now, or never where nothing does. */
  setRule(rule: LaneRule): void {
    this.#rule = rule;
    this.#left = rule.kind === "cut" ? rule.afterBytes : Number.POSITIVE_INFINITY;
    if (rule.kind === "delay") return;
    for (const { data, callOff } of this.#waiting.splice(0)) {
      callOff();
      this.#take(data);
    }
    this.#waitingBytes = 0;
    this.#readOn();
  }

  /** Calls every timer off. */
  close(): void {
    for (const { callOff } of this.#waiting.splice(0)) callOff();
  }

  #take(data: Buffer | "end"): void {
    const { swallowed } = this.#parts;
    switch (this.#rule.kind) {
      case "pass":
        this.#write(data);
        return;
      case "delay":
        this.#delay(data, this.#rule.delayMs);
        return;
      case "swallow":
        this.#hasLost = true;
        if (data !== "end") swallowed(data.byteLength);
        return;
      case "cut":
        this.#writeUntilCut(data);
    }
  }

  #delay(data: Buffer | "end", delayMs: number): void {
    // Whichever timer fires, the oldest leaves: delays that changed do not change the order.
    const callOff = this.#parts.schedule(() => this.#release(), delayMs);
    this.#waiting.push({ data, callOff });
    this.#waitingBytes += data === "end" ? 0 : data.byteLength;
    if (this.#waitingBytes >= this.#parts.maxBufferBytes) this.#parts.source.pause();
  }

  #release(): void {
    const oldest = this.#waiting.shift();
    if (!oldest) return;
    this.#waitingBytes -= oldest.data === "end" ? 0 : oldest.data.byteLength;
    this.#write(oldest.data);
    this.#readOn();
  }

  #writeUntilCut(data: Buffer | "end"): void {
    if (data === "end") {
      this.#write(data);
      return;
    }
    const { sink, source, cut } = this.#parts;
    const part = data.subarray(0, this.#left);
    this.#left -= part.byteLength;
    if (this.#left > 0) {
      this.#write(part);
      return;
    }
    source.pause();
    // A reset throws away what the kernel does not have yet.
    sink.write(part, cut);
  }

  #write(data: Buffer | "end"): void {
    const { sink, source } = this.#parts;
    if (data === "end") sink.end();
    else if (sink.writable && !sink.write(data)) source.pause();
  }

  #readOn(): void {
    const { source, sink, maxBufferBytes } = this.#parts;
    if (!sink.writableNeedDrain && this.#waitingBytes < maxBufferBytes && this.#left > 0) source.resume();
  }
}
