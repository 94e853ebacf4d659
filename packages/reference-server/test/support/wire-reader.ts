import { opcodes } from "./wire-frame.js";

/** A message or a control frame from a server. */
export interface WireMessage {
  readonly opcode: number;
  readonly payload: Buffer;
}

interface Parsed extends WireMessage {
  readonly fin: boolean;
  readonly size: number;
}

/** The first frame of some bytes; undefined while it is not whole. A server that breaks RFC 6455 throws. */
function parse(bytes: Buffer): Parsed | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  if ((first & 0x70) !== 0) throw new Error(`the server set reserved bits: ${first.toString(2)}`);
  if ((second & 0x80) !== 0) throw new Error("the server masked a frame");
  const short = second & 127;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length =
    short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < start + length) return undefined;
  const opcode = first & 15;
  const fin = (first & 0x80) !== 0;
  return { opcode, fin, payload: bytes.subarray(start, start + length), size: start + length };
}

/** Reads what a server writes after its handshake, and fails on what RFC 6455 does not allow. */
export class WireReader {
  #bytes: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #opcode: number = opcodes.continuation;

  /** Everything that is whole after some more bytes. */
  read(chunk: Buffer): readonly WireMessage[] {
    let bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const messages: WireMessage[] = [];
    for (let frame = parse(bytes); frame; frame = parse(bytes)) {
      bytes = bytes.subarray(frame.size);
      const message = this.#join(frame);
      if (message) messages.push(message);
    }
    this.#bytes = bytes;
    return messages;
  }

  #join({ opcode, fin, payload }: Parsed): WireMessage | undefined {
    if (opcode >= opcodes.close) return { opcode, payload };
    if ((opcode === opcodes.continuation) !== this.#parts.length > 0)
      throw new Error(`the server sent a frame of opcode ${opcode} out of its turn`);
    if (opcode !== opcodes.continuation) this.#opcode = opcode;
    if (fin && this.#parts.length === 0) return { opcode, payload };
    this.#parts.push(payload);
    if (!fin) return undefined;
    return { opcode: this.#opcode, payload: Buffer.concat(this.#parts.splice(0)) };
  }
}
