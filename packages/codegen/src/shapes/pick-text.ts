import { literal } from "../literal.js";
import type { Route } from "../model.js";
import { listText, neverText, objectText, ruleText } from "./rule-text.js";

/** The rule for what a route picks: by value, else the rest; several that remain are a union again. */
export function pickText(route: Route, keyword: "anyOf" | "oneOf", shapes: readonly string[]): string {
  const follow = (to: Route): string | undefined => {
    if (to.kind === "dispatch") return listText([pickText(to, keyword, shapes)]);
    const left = to.indexes.map((index) => shapes[index] ?? "[]");
    return left.length <= 1 ? left[0] : listText([ruleText(keyword, listText(left))]);
  };
  if (route.kind === "messages") return ruleText("allOf", listText([follow(route) ?? neverText]));
  const { key, cases, rest } = route.dispatch;
  const rows = cases.flatMap(({ value, to }) => {
    const text = follow(to);
    return text === undefined ? [] : [[String(value), text] as const];
  });
  const other = follow(rest);
  return ruleText("discriminator", literal(key), objectText(rows), ...(other === undefined ? [] : [other]));
}

/** A route on which only some messages are left. */
export function onlyOf(route: Route, keep: (index: number) => boolean): Route {
  if (route.kind === "messages") return { kind: "messages", indexes: route.indexes.filter(keep) };
  const { cases, ...rest } = route.dispatch;
  const kept = cases
    .map(({ value, to }) => ({ value, to: onlyOf(to, keep) }))
    .filter(({ to }) => to.kind === "dispatch" || to.indexes.length > 0);
  return { kind: "dispatch", dispatch: { ...rest, cases: kept, rest: onlyOf(rest.rest, keep) } };
}
