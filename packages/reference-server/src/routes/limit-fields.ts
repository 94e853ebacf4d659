import { type LimitName, type LimitRow, type Limits, limitNames, limitTable } from "@hivewire/protocol";
import * as Type from "typebox";

/** A limit as HTTP shows it. */
export interface LimitField {
  readonly name: LimitName;
  readonly field: string;
  /** How many of the limit's own units one of the field's is: 1,000 where the field is in seconds. */
  readonly scale: number;
}

/** Every limit that has a field, in the table's order. */
export const limitFields: readonly LimitField[] = limitNames.flatMap((name) => {
  const { field }: LimitRow = limitTable[name];
  return field === undefined ? [] : [{ name, field, scale: field.endsWith("_seconds") ? 1_000 : 1 }];
});

/** The schema of a field: the range of its row, in the field's unit. */
function schemaOf({ name, scale }: LimitField): Type.TSchema {
  const { range, unit, effect }: LimitRow = limitTable[name];
  const bounds = { minimum: range[0] / scale, maximum: range[1] / scale, description: effect };
  const isWhole = scale === 1 && unit !== "messages/s" && unit !== "connections/s";
  return isWhole ? Type.Integer(bounds) : Type.Number(bounds);
}

/** Schemas by field. */
export const limitSchemas: Readonly<Record<string, Type.TSchema>> = Object.fromEntries(
  limitFields.map((entry) => [entry.field, schemaOf(entry)]),
);

/** Limits under the names and in the units of their fields. */
export function showLimits(limits: Limits): Readonly<Record<string, number>> {
  return Object.fromEntries(limitFields.map(({ name, field, scale }) => [field, limits[name] / scale]));
}

/** Limits that a body names by their fields; whole milliseconds where a field is in seconds. */
export function readLimitFields(body: Readonly<Record<string, unknown>>): Partial<Limits> {
  const given = limitFields.filter(({ field }) => Object.hasOwn(body, field));
  return Object.fromEntries(
    given.map(({ name, field, scale }) => {
      const value = Number(body[field]);
      return [name, scale === 1 ? value : Math.round(value * scale)];
    }),
  );
}
