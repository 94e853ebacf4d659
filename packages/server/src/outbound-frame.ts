/** First byte of a whole text frame: FIN, and opcode 1 (RFC 6455 section 5.2). */
const wholeTextFrame = 0x81;
const twoByteLength = 126;
const eightByteLength = 127;
const largestTwoByteLength = 0xffff;

/** Bytes before the payload of an unmasked frame. */
function headerSize(payloadBytes: number): number {
  if (payloadBytes < twoByteLength) return 2;
  return payloadBytes <= largestTwoByteLength ? 4 : 10;
}

function writeHeader(target: Buffer, offset: number, payloadBytes: number): number {
  target[offset] = wholeTextFrame;
  if (payloadBytes < twoByteLength) {
    target[offset + 1] = payloadBytes;
    return offset + 2;
  }
  if (payloadBytes <= largestTwoByteLength) {
    target[offset + 1] = twoByteLength;
    return target.writeUInt16BE(payloadBytes, offset + 2);
  }
  target[offset + 1] = eightByteLength;
  return target.writeBigUInt64BE(BigInt(payloadBytes), offset + 2);
}

/** Text frames that leave together. They are framed once, whatever the number of sockets that they go to. */
export class FrameBatch {
  /** One text per frame. */
  readonly texts: readonly string[];
  readonly #sizes: readonly number[];
  #bytes: Buffer | undefined;

  constructor(texts: readonly string[]) {
    this.texts = texts;
    this.#sizes = texts.map((text) => Buffer.byteLength(text));
  }

  /** Bytes of all payloads in UTF-8. */
  get payloadBytes(): number {
    return this.#sizes.reduce((sum, size) => sum + size, 0);
  }

  /** The frames as a server writes them: unmasked, each whole (RFC 6455 section 5.2). */
  get bytes(): Buffer {
    this.#bytes ??= this.#frame();
    return this.#bytes;
  }

  #frame(): Buffer {
    const total = this.#sizes.reduce((sum, size) => sum + headerSize(size) + size, 0);
    const target = Buffer.allocUnsafe(total);
    let offset = 0;
    this.texts.forEach((text, index) => {
      offset = writeHeader(target, offset, this.#sizes[index] ?? 0);
      offset += target.write(text, offset, "utf8");
    });
    return target;
  }
}
