import { randomBytes } from "node:crypto";

/** Opcodes of RFC 6455 section 5.2. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame as a client may write it, right or wrong (RFC 6455 section 5.2). */
export interface WireFrame {
  readonly opcode: number;
  readonly payload?: Buffer | string | undefined;
  /** @default true */
  readonly fin?: boolean;
  /** The three reserved bits, 0 to 7. @default 0 */
  readonly rsv?: number;
  /** Whether the payload is masked, as the standard asks of clients. @default true */
  readonly masked?: boolean;
  /** What the header says about the length. @default the truth, in the shortest form */
  readonly length?: { readonly form: 7 | 16 | 64; readonly says: bigint };
}

function lengthOf(bytes: number): NonNullable<WireFrame["length"]> {
  return { form: bytes < 126 ? 7 : bytes < 65_536 ? 16 : 64, says: BigInt(bytes) };
}

function header(frame: WireFrame, bytes: number): Buffer {
  const { opcode, fin = true, rsv = 0, masked = true, length = lengthOf(bytes) } = frame;
  const extended = length.form === 7 ? 0 : length.form / 8;
  const head = Buffer.alloc(2 + extended);
  head[0] = (fin ? 0x80 : 0) | ((rsv & 7) << 4) | (opcode & 15);
  const short = length.form === 7 ? Number(length.says) & 127 : length.form === 16 ? 126 : 127;
  head[1] = (masked ? 0x80 : 0) | short;
  if (length.form === 16) head.writeUInt16BE(Number(length.says & 0xffffn), 2);
  if (length.form === 64) head.writeBigUInt64BE(length.says & 0xffff_ffff_ffff_ffffn, 2);
  return head;
}

/** The bytes of a frame. */
export function wireFrame(frame: WireFrame): Buffer {
  const payload = Buffer.from(frame.payload ?? "");
  const head = header(frame, payload.length);
  if (frame.masked === false) return Buffer.concat([head, payload]);
  const mask = randomBytes(4);
  for (let index = 0; index < payload.length; index++) {
    payload[index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
  return Buffer.concat([head, mask, payload]);
}

/** A text frame. */
export function textFrame(text: string | Buffer): Buffer {
  return wireFrame({ opcode: opcodes.text, payload: text });
}
