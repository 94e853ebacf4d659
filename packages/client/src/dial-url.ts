import { ClientError } from "./client-error.js";
import type { Provider } from "./client-options.js";
import { handshakeUrl } from "./handshake-url.js";

/** What the URL of an attempt is made of. */
export interface DialParts {
  readonly url: Provider;
  readonly accessToken: Provider | undefined;
  readonly contractVersions: readonly string[];
  /** Read after the providers have answered. */
  readonly subscriptions: () => Iterable<string>;
}

async function ask(name: string, provider: Provider): Promise<string> {
  try {
    return typeof provider === "function" ? await provider() : provider;
  } catch (error) {
    const sentence = `Failed to connect: the function passed as ${name} threw. Please see the cause.`;
    throw ClientError.from(error, "provider-failed", sentence);
  }
}

/**
 * Asks the providers and builds the URL of one attempt.
 * @throws ClientError `provider-failed`, `invalid-url`
 */
export async function dialUrl(parts: DialParts): Promise<string> {
  const [url, accessToken] = await Promise.all([
    ask("url", parts.url),
    parts.accessToken === undefined ? undefined : ask("accessToken", parts.accessToken),
  ]);
  const { contractVersions } = parts;
  return handshakeUrl(url, { contractVersions, subscriptions: [...parts.subscriptions()], accessToken });
}
