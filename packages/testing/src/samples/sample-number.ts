import type { Random } from "./random.js";
import { numbers, type Schema } from "./schema-walk.js";

/** How far from its bound a number without the other bound lies at most, in steps. */
const reach = 100;

/** Digits that a number keeps: products of decimals have noise behind them. */
const precision = 12;

/** A number within the bounds of the schemas, whole or a multiple where they ask for it; the caller judges it. */
export function sampleNumber(schemas: readonly Schema[], isWhole: boolean, random: Random): number {
  const least = Math.max(...numbers(schemas, "minimum"), ...numbers(schemas, "exclusiveMinimum"));
  const most = Math.min(...numbers(schemas, "maximum"), ...numbers(schemas, "exclusiveMaximum"));
  const factors = numbers(schemas, "multipleOf");
  const isStepped = isWhole || factors.length > 0;
  const step = factors.reduce(
    (product, factor) => (product % factor === 0 ? product : product * factor),
    isWhole ? 1 : (factors[0] ?? 1),
  );
  const low = Number.isFinite(least) ? least : Math.min(0, most - reach * step);
  const high = Number.isFinite(most) ? most : Math.max(0, low) + reach * step;
  if (!isStepped) {
    const value = low + (high - low) * random.next();
    const rounded = Number(value.toPrecision(precision));
    return rounded > low && rounded < high ? rounded : value;
  }
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Number((random.whole(first, Math.max(first, last)) * step).toPrecision(precision + 3));
}
