// @ts-check

/**
 * Rows of text as an aligned table; the first column is left-aligned, the others right-aligned.
 * @param {readonly string[]} head @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (/** @type {readonly string[]} */ cells) =>
    widths
      .map((width, column) =>
        column === 0 ? (cells[column] ?? "").padEnd(width) : (cells[column] ?? "").padStart(width),
      )
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** A ratio with three significant digits; "–" when it was not measured. @param {number | undefined} value */
export function showRatio(value) {
  if (value === undefined || Number.isNaN(value)) return "–";
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** Bytes as kB of 1,000. @param {number} bytes */
export function showKilobytes(bytes) {
  return `${(bytes / 1_000).toFixed(2)} kB`;
}

/** @typedef {{ readonly title: string, readonly measured: number, readonly bar: number, readonly atLeast?: boolean, readonly unit?: string }} Bar */

/** Whether a bar was met; one that was not measured was not met. @param {Bar} bar */
export function isMet({ measured, bar, atLeast = false }) {
  return atLeast ? measured >= bar : measured <= bar;
}

/** The bars of a suite and whether each was met. @param {readonly Bar[]} bars */
export function barTable(bars) {
  const rows = bars.map((bar) => {
    const unit = bar.unit ?? "";
    const verdict = isMet(bar) ? "met" : "not met";
    const measured = showRatio(bar.measured);
    return [
      bar.title,
      measured === "–" ? measured : `${measured}${unit}`,
      `${bar.atLeast ? "≥" : "≤"} ${bar.bar}${unit}`,
      verdict,
    ];
  });
  return table(["claim", "measured", "bar", ""], rows);
}
