/** A text in a paragraph of Markdown: code spans stay, and whatever else could be markup is shown as it is. */
export function markdownText(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const parts = line.split("`");
  const isBalanced = parts.length % 2 === 1;
  const escaped = (part: string): string =>
    part.replace(/[\\*_[\]|~#<>&]/g, (found) => entities[found] ?? `\\${found}`).replaceAll("@", "@\u200b");
  if (!isBalanced) return escaped(line.replaceAll("`", "'"));
  return parts.map((part, index) => (index % 2 === 0 ? escaped(part) : part)).join("`");
}

const entities: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** A name as a code span, whatever is in it. */
export function markdownCode(text: string): string {
  return `\`${text.replace(/[\s`]+/g, " ").trim() || " "}\``;
}

/** A block of JSON. No line of JSON begins with a backtick, so that none ends the fence. */
export function markdownJson(json: string): string {
  return `\`\`\`json\n${json}\n\`\`\``;
}
