import type { Dispatch, Route, Tag } from "../model.js";
import { isInherited, member, quoted } from "./access.js";
import type { CheckCompiler, Site } from "./check-compiler.js";

interface TextCase {
  readonly text: string;
  readonly answer: string;
}

/** Most texts of one length that are compared one after the other. */
const maxCompared = 3;

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => number,
): readonly (readonly [number, readonly T[]])[] {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

/** Texts of one length: compared in turn, or told apart by the character at which they differ most. */
function sameLength(cases: readonly TextCase[], used: ReadonlySet<number>): string {
  const [first] = cases;
  const length = first?.text.length ?? 0;
  const positions = Array.from({ length }, (_, index) => index).filter((index) => !used.has(index));
  const worst = (index: number): number =>
    Math.max(...groupBy(cases, ({ text }) => text.charCodeAt(index)).map(([, group]) => group.length));
  const [best] = positions.map((index) => ({ index, worst: worst(index) })).sort((a, b) => a.worst - b.worst);
  if (cases.length <= maxCompared || !best || best.worst === cases.length) {
    return cases.map(({ text, answer }) => `if (t === ${quoted(text)}) return ${answer};`).join(" ");
  }
  const rows = groupBy(cases, ({ text }) => text.charCodeAt(best.index)).map(
    ([code, group]) => `case ${code}: ${sameLength(group, new Set([...used, best.index]))} break;`,
  );
  return `switch (t.charCodeAt(${best.index})) { ${rows.join(" ")} }`;
}

function textCases(cases: readonly TextCase[]): string {
  const groups = groupBy(cases, ({ text }) => text.length);
  if (cases.length <= maxCompared) return sameLength(cases, new Set());
  const rows = groups.map(([length, group]) => `case ${length}: ${sameLength(group, new Set())} break;`);
  return `if (typeof t === "string") switch (t.length) { ${rows.join(" ")} }`;
}

/**
 * The body of a function that looks at a value's discriminator and answers with the condition of the messages
 * that could accept it: by length, then by one character, then by `===`; patterns and open shapes come last.
 */
export function routeFunction(
  compiler: CheckCompiler,
  { value }: Site,
  dispatch: Dispatch,
  follow: (route: Route) => string,
): string {
  const { key, cases, rest, absent, other } = dispatch;
  const isTuple = typeof key === "number";
  const container = isTuple ? `Array.isArray(${value})` : `${compiler.code.use("isJsonObject")}(${value})`;
  const read = isTuple
    ? `${value}[${key}]`
    : isInherited(key)
      ? `Object.hasOwn(${value}, ${quoted(key)}) ? ${member(value, key)} : undefined`
      : member(value, key);
  const rows = cases
    .map(({ value: tag, to }) => ({ tag, answer: follow(to) }))
    .filter(({ answer }) => answer !== "false" && answer !== follow(rest));
  const texts = rows.flatMap(({ tag, answer }) => (typeof tag === "string" ? [{ text: tag, answer }] : []));
  const others = rows.filter(
    (row): row is { tag: Exclude<Tag, string>; answer: string } => typeof row.tag !== "string",
  );
  const last = follow(rest);
  const whenAbsent = follow(absent);
  return [
    `{ if (!${container}) return ${follow(other)};`,
    `const t = ${read};`,
    ...(whenAbsent === "false" || whenAbsent === last ? [] : [`if (t === undefined) return ${whenAbsent};`]),
    ...(texts.length === 0 ? [] : [textCases(texts)]),
    ...others.map(({ tag, answer }) => `if (t === ${JSON.stringify(tag)}) return ${answer};`),
    `return ${last}; }`,
  ].join(" ");
}
