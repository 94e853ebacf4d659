import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from "jose";
import { keysUnavailable } from "./keys-unavailable.js";

/** Most bytes of a key set that are read. */
const maxKeySetBytes = 256 * 1_024;

/** Time for one fetch of the key set, in milliseconds: less than a handshake has. */
const timeoutDuration = 3_000;

/** Time for which keys are kept, in milliseconds. */
const cacheMaxAge = 600_000;

/** Time in which an unknown key leads to one fetch at most, in milliseconds. */
const cooldownDuration = 30_000;

/** Time after a failed fetch in which the next ones fail without asking, in milliseconds. */
const retryAfterMs = 1_000;

/** What keys are fetched with. */
export interface KeySourceOptions {
  /** Milliseconds that only grow. */
  readonly elapsed: () => number;
  /** Called for each fetch that failed. */
  readonly failed: (cause: unknown) => void;
}

async function readBounded(response: Response): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > maxKeySetBytes) {
      await reader?.cancel();
      throw new RangeError(`the key set is over ${maxKeySetBytes} bytes`);
    }
    chunks.push(part.value);
  }
  return new Response(Buffer.concat(chunks), { status: response.status });
}

/**
 * Public keys of a JSON Web Key Set (RFC 7517 section 5): fetched once, kept for ten minutes, and fetched again for an
 * unknown key, at most every 30 seconds. A set that cannot be had rejects with `keys_unavailable`.
 */
export function fetchedKeys(url: URL, { elapsed, failed }: KeySourceOptions): JWTVerifyGetKey {
  let failedAtMs = Number.NEGATIVE_INFINITY;
  const load: FetchImplementation = async (target, options) => {
    if (elapsed() - failedAtMs < retryAfterMs) throw keysUnavailable();
    try {
      const response = await readBounded(await fetch(target, options));
      if (response.status !== 200) throw new RangeError(`the answer was HTTP ${response.status}`);
      return response;
    } catch (cause) {
      failedAtMs = elapsed();
      failed(cause);
      throw keysUnavailable(cause);
    }
  };
  return createRemoteJWKSet(url, { timeoutDuration, cacheMaxAge, cooldownDuration, [customFetch]: load });
}
