import { createHmac, createSign, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** Keys of tests. */
export const keys = {
  secret: "a-secret-of-tokens-with-32-bytes-or-more",
  rsa: generateKeyPairSync("rsa", { modulusLength: 2_048 }),
  otherRsa: generateKeyPairSync("rsa", { modulusLength: 2_048 }),
  ed25519: generateKeyPairSync("ed25519"),
};

/** A public key in PEM. */
export function pemOf(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}

/** Signs `text`; undefined leaves the signature out. */
type Signer = (text: string) => Buffer | undefined;

export const signers = {
  none: (): undefined => undefined,
  hmac:
    (secret: string | Buffer): Signer =>
    (text) =>
      createHmac("sha256", secret).update(text).digest(),
  rsa:
    (key: KeyObject): Signer =>
    (text) =>
      createSign("RSA-SHA256").update(text).sign(key),
  ed25519:
    (key: KeyObject): Signer =>
    (text) =>
      sign(null, Buffer.from(text), key),
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token by hand: its header says whatever a test wants (RFC 7515 section 3.1). */
export function token(header: object, payload: object, signer: Signer): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${signer(text)?.toString("base64url") ?? ""}`;
}

/** A token that is signed with the secret. */
export function hs256(payload: object, secret = keys.secret): string {
  return token({ alg: "HS256", typ: "JWT" }, payload, signers.hmac(secret));
}

/** Seconds since the Unix epoch, from now on. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1_000) + seconds;
}
