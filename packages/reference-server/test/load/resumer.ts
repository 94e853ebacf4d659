import type { Got } from "../support/contract-schemas.js";
import { dashboardPath, newestVersion, RawClient } from "../support/raw-client.js";

/** Frames that a client missed and was told of: offsets between its last one and the first one replayed. */
export interface Gap {
  readonly after: number;
  readonly before: number;
}

function positionOf({ position }: Got): { readonly epoch: string; readonly offset: number } | undefined {
  if (typeof position !== "object" || position === null) return undefined;
  return "epoch" in position && "offset" in position
    ? { epoch: String(position.epoch), offset: Number(position.offset) }
    : undefined;
}

/** A client that is cut at random moments, resumes by its position, and keeps account of every offset. */
export class Resumer {
  readonly faults: string[] = [];
  readonly gaps: Gap[] = [];
  /** Offset of its last frame. */
  offset = 0;
  /** Times that a resume was answered. */
  resumes = 0;
  cutsLeft: number;
  /** Resolves when it has subscribed for the first time. */
  readonly isLive: Promise<void>;
  #goLive = (): void => {};
  readonly #port: number;
  readonly #random: () => number;
  readonly #everyFrames: number;
  readonly #absentFrames: number;
  #epoch: string | undefined;
  #last = Number.POSITIVE_INFINITY;
  #client: RawClient | undefined;
  #cutAt = 0;
  /** Whether the next frame has to follow a gap: the server said that the replay is not complete. */
  #owesGap = false;

  /**
   * @param everyFrames - mean number of frames between two cuts
   * @param absentTurns - turns of the event loop that it stays away at most
   */
  constructor(port: number, random: () => number, cuts: number, everyFrames: number, absentTurns = 10) {
    this.#port = port;
    this.#random = random;
    this.cutsLeft = cuts;
    this.#everyFrames = everyFrames;
    this.#absentFrames = absentTurns;
    this.isLive = new Promise((resolve) => {
      this.#goLive = resolve;
    });
  }

  /** Connects again and again; resolves when it has the last frame. */
  async run(): Promise<void> {
    while (this.offset < this.#last && this.faults.length === 0) {
      this.#cutAt = this.offset + Math.ceil(2 * this.#random() * this.#everyFrames);
      const client = await this.#connect();
      await client.ended();
      this.#client = undefined;
      const turns = Math.floor(this.#random() * this.#absentFrames);
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Ends the run at this offset. */
  finishAt(last: number): void {
    this.#last = last;
    if (this.offset >= last) this.#client?.cut();
  }

  async #connect(): Promise<RawClient> {
    const client = new RawClient({
      port: this.#port,
      path: `${dashboardPath}?${newestVersion}&subscriptions=`,
      onFrame: (frame) => this.#take(frame),
    });
    this.#client = client;
    if (!(await client.opened())) this.faults.push(`the upgrade was answered with ${client.status}`);
    const resume =
      this.#epoch === undefined ? {} : { resume: { tasks: { epoch: this.#epoch, offset: this.offset } } };
    client.send({ type: "subscribe", subscriptions: ["tasks"], ...resume });
    return client;
  }

  #take(frame: Got): void {
    const position = positionOf(frame);
    if (frame.type === "subscription_updated") this.#subscribed(frame);
    else if (position) this.#judge(position.epoch, position.offset);
    else if (frame.type !== "connection_established") this.#fault(`it was told ${JSON.stringify(frame)}`);
  }

  #fault(sentence: string): void {
    this.faults.push(sentence);
    this.#client?.cut();
  }

  #subscribed({ recovered }: Got): void {
    if (this.#epoch === undefined) {
      this.#goLive();
      return;
    }
    this.resumes++;
    const about: unknown = Object(Object(recovered).tasks);
    const { complete, replayed } = { complete: undefined, replayed: undefined, ...Object(about) };
    if (typeof complete !== "boolean" || typeof replayed !== "number") {
      this.#fault(`a resume was answered with recovered: ${JSON.stringify(recovered)}`);
      return;
    }
    this.#owesGap = !complete;
  }

  #judge(epoch: string, offset: number): void {
    const expected = this.offset + 1;
    const isGap = offset > expected && this.#epoch !== undefined;
    if (this.#epoch !== undefined && (offset < expected || isGap !== this.#owesGap)) {
      const announced = this.#owesGap ? "a gap was announced" : "no gap was announced";
      this.#fault(`offset ${offset} came where ${expected} was due, and ${announced}`);
    }
    if (isGap) this.gaps.push({ after: this.offset, before: offset });
    this.#epoch = epoch;
    this.offset = offset;
    this.#owesGap = false;
    if (this.offset >= this.#last) this.#client?.cut();
    else if (this.cutsLeft > 0 && this.offset >= this.#cutAt) {
      this.cutsLeft--;
      this.#client?.cut();
    }
  }
}
