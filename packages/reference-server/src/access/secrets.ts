import { createHash, timingSafeEqual } from "node:crypto";

/** SHA-256 of a text. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}

/** Compares two secrets in a time that depends on neither. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** SHA-256 of a secret in hexadecimal: names it without telling it. */
export function secretName(secret: string): string {
  return digest(secret).toString("hex");
}
