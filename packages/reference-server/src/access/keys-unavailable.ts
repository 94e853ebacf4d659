import { ReferenceServerError } from "../reference-server-error.js";

/** Nobody can tell whether a token is good: its keys cannot be had. */
export function keysUnavailable(cause?: unknown): ReferenceServerError {
  const sentence = "Failed to fetch the keys of WS_JWKS_URL. Please see whether it answers.";
  return new ReferenceServerError("keys_unavailable", sentence, { cause });
}
