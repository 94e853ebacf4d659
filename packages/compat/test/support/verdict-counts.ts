import type { Inclusion } from "../../src/check-inclusion.js";

/** How often each verdict was given. */
type Counts = Record<Inclusion["verdict"], number>;

const none = (): Counts => ({ included: 0, excluded: 0, unknown: 0 });
const sumOf = ({ included, excluded, unknown }: Counts): number => included + excluded + unknown;
const share = (part: number, whole: number): string => `${((part / Math.max(whole, 1)) * 100).toFixed(2)} %`;

/** Counts verdicts by the keyword that was edited. */
export class VerdictCounts {
  readonly #rows = new Map<string, Counts>();
  readonly #reasons = new Map<string, number>();

  /** Counts one. */
  add(keyword: string, result: Inclusion): void {
    const row = this.#rows.get(keyword) ?? none();
    row[result.verdict]++;
    this.#rows.set(keyword, row);
    if (result.verdict !== "unknown") return;
    const key = `${keyword}: ${result.reason}`;
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + 1);
  }

  /** All of them together. */
  get total(): Readonly<Counts> & { readonly all: number } {
    const total = none();
    for (const row of this.#rows.values())
      for (const verdict of ["included", "excluded", "unknown"] as const) total[verdict] += row[verdict];
    return { ...total, all: sumOf(total) };
  }

  /** Keywords of which more than a share is unknown; one of them may always be. */
  above(limit: number): readonly string[] {
    return [...this.#rows]
      .filter(([, row]) => row.unknown > Math.max(1, limit * sumOf(row)))
      .map(([keyword, row]) => `${keyword}: ${row.unknown} of ${sumOf(row)}`);
  }

  /** A sentence for people. */
  toString(): string {
    const { included, excluded, unknown, all } = this.total;
    const rows = [...this.#rows].filter(([, row]) => row.unknown > 0);
    const lines = rows.map(([keyword, row]) => `${keyword} ${share(row.unknown, sumOf(row))}`);
    const reasons = [...this.#reasons].sort((a, b) => b[1] - a[1]).slice(0, 20);
    return [
      `${all} pairs: ${included} included, ${excluded} excluded, ${unknown} unknown (${share(unknown, all)})`,
      ...(unknown > 0 ? [`by keyword: ${lines.join(", ")}`] : []),
      ...reasons.map(([reason, count]) => `${count} × ${reason}`),
    ].join("\n  ");
  }
}
