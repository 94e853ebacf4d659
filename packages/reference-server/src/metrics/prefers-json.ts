/** Weight of one part of an `Accept` header (RFC 9110 section 12.4.2); 1 when it has none. */
function weightOf(parameters: readonly string[]): number {
  const weight = parameters.map((text) => /^q=([01](?:\.\d{0,3})?)$/i.exec(text)?.[1]).find(Boolean);
  return weight === undefined ? 1 : Math.min(1, Number(weight));
}

/**
 * Whether an `Accept` header asks for JSON before text. Only what it names counts: a scraper's or a browser's wildcard
 * gets text.
 */
export function prefersJson(accept: string | undefined): boolean {
  const weights = new Map<string, number>();
  for (const part of (accept ?? "").split(",").slice(0, 32)) {
    const [type = "", ...parameters] = part.split(";").map((text) => text.trim());
    weights.set(type.toLowerCase(), weightOf(parameters));
  }
  const json = weights.get("application/json") ?? 0;
  return json > 0 && json >= (weights.get("text/plain") ?? 0);
}
