import type { Model } from "../model.js";
import { lowerPattern } from "../patterns/lower-pattern.js";

/** The template literal of strings that a pattern accepts; `string` where TypeScript has no word for them. */
export function patternType(pattern: string): string {
  const lowered = lowerPattern(pattern);
  if (lowered.kind === "expression" || lowered.kind === "always") return "string";
  if (lowered.kind === "equals") return JSON.stringify(lowered.text);
  const text = lowered.text.replace(/[\\`]|\$\{/g, "\\$&");
  const anything = `\${string}`;
  return `\`${lowered.kind === "startsWith" ? "" : anything}${text}${lowered.kind === "endsWith" ? "" : anything}\``;
}

/** The type of the discriminator of a message that a pattern recognises; undefined for constants. */
export function discriminatorType(model: Model, name: string): string | undefined {
  const match = model.messages.find((message) => message.name === name)?.match;
  if (match?.kind !== "pattern") return undefined;
  const type = patternType(match.pattern);
  return match.overlaps.length > 0 ? `Matching<${type}>` : type;
}
