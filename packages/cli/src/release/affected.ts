import type { Change } from "@hivewire/compat";
import { markdownCode } from "../diff/markdown-text.js";

/** Who a change concerns, as a sentence of Markdown; undefined when it names no message. */
export function affectedText({ messages, sender }: Pick<Change, "messages" | "sender">): string | undefined {
  if (messages.length === 0) return undefined;
  const names = messages.map(markdownCode).join(", ");
  const who = sender === null ? "" : `, which ${sender === "client" ? "clients send" : "the server sends"}`;
  return `Affected: ${names}${who}.`;
}
