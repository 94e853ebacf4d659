import type { Json } from "@hivewire/codegen";

/** Lines of a frame that are shown, and characters of each. */
const maxFrameLines = 40;
const maxLineLength = 160;

/** A frame as JSON for people, cut where it is long: an ellipsis says so. */
export function frameText(frame: Json): string {
  const lines = JSON.stringify(frame, undefined, 2).split("\n");
  const more = lines.length - maxFrameLines;
  const shown = more > 0 ? [...lines.slice(0, maxFrameLines), `… ${more} more lines`] : lines;
  return shown
    .map((line) => (line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line))
    .join("\n");
}
