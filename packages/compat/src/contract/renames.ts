import { isObject, type Json, type MessageModel, own, valueAt, withoutAnnotations } from "@hivewire/codegen";
import { signed } from "../formula/node.js";
import { messageLabel, type Reader } from "./reader.js";
import { declaredKeys, placesAt } from "./schema-walk.js";
import type { Sides } from "./sides.js";

/** A name that became another. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Length of what two names have in common at their beginning and end, as a share of the longer one. */
function likeness(a: string, b: string): number {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return (start + end) / Math.max(a.length, b.length, 1);
}

/** Pairs what went with what came and says the same, the likest names first. */
function paired(
  gone: ReadonlyMap<string, number>,
  come: ReadonlyMap<string, number>,
): readonly { readonly gone: string; readonly come: string }[] {
  const pairs = [...gone].flatMap(([a, meaning]) =>
    [...come]
      .filter(([, other]) => other === meaning)
      .map(([b]) => ({ gone: a, come: b, like: likeness(a, b) })),
  );
  const taken = new Set<string>();
  return pairs
    .sort((a, b) => b.like - a.like)
    .filter((pair) => {
      if (taken.has(`- ${pair.gone}`) || taken.has(`+ ${pair.come}`)) return false;
      taken.add(`- ${pair.gone}`).add(`+ ${pair.come}`);
      return true;
    });
}

/** Properties of an object of a message that were renamed: one went, another came, and both say the same. */
export function renamesAt(
  { narrow, wide, newer }: Sides,
  message: MessageModel,
  valuePointer: string,
): readonly Rename[] {
  const meanings = (reader: Reader, pointer: string): ReadonlyMap<string, number> => {
    const keys = declaredKeys(placesAt(reader.model.schema, pointer, valuePointer));
    return new Map([...keys].map(([key, at]) => [key, signed(reader.judged.compiler.at(at, false))]));
  };
  const [counterpart] = wide.reader.candidates(message);
  if (!counterpart) return [];
  const sent = meanings(narrow.reader, message.pointer);
  const read = meanings(wide.reader, counterpart.pointer);
  const only = (
    a: ReadonlyMap<string, number>,
    b: ReadonlyMap<string, number>,
  ): ReadonlyMap<string, number> => new Map([...a].filter(([key]) => !b.has(key)));
  return paired(only(sent, read), only(read, sent)).map(({ gone, come }) =>
    newer === wide ? { from: gone, to: come } : { from: come, to: gone },
  );
}

/** What a message says beside its discriminator. */
function shapeOf({ model }: Reader, message: MessageModel): string {
  const schema: Json = withoutAnnotations(valueAt(model.schema, message.pointer) ?? true);
  const key = model.discriminator;
  if (!isObject(schema)) return JSON.stringify(schema);
  const properties = own(schema, "properties");
  if (typeof key !== "string" || !isObject(properties)) return JSON.stringify(schema);
  const rest = Object.entries(properties).filter(([name]) => name !== key);
  return JSON.stringify({ ...schema, properties: Object.fromEntries(rest) });
}

/** Messages that were renamed: one went, another of the same sender came, and both say the same. */
export function renamedMessages(older: Reader, newer: Reader): readonly Rename[] {
  const numbers = new Map<string, number>();
  const meanings = (reader: Reader, other: Reader): ReadonlyMap<string, number> => {
    const known = new Set(other.model.messages.map(messageLabel));
    const news = reader.model.messages.filter((message) => !known.has(messageLabel(message)));
    return new Map(
      news.map((message) => {
        const shape = `${message.sender} ${shapeOf(reader, message)}`;
        const number = numbers.get(shape) ?? numbers.size;
        numbers.set(shape, number);
        return [messageLabel(message), number];
      }),
    );
  };
  return paired(meanings(older, newer), meanings(newer, older)).map(({ gone, come }) => ({
    from: gone,
    to: come,
  }));
}
