import type { ClientMessage } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";

export function readFrame(text: string): ClientMessage {
  const result = validators.client(JSON.parse(text));
  if (result.ok) return result.value;
  const { pointer, message, hint } = result.issue;
  throw new TypeError(`${pointer} ${message}${hint ? ` (${hint})` : ""}`);
}
