import {
  isObject,
  type Json,
  type Model,
  own,
  pointerOf,
  valueAt,
  withoutAnnotations,
} from "@hivewire/codegen";
import { changeId } from "./change-id.js";
import type { Change, Plane } from "./comparison.js";
import { isSameText } from "./differences.js";
import type { Labelled } from "./sides.js";

/** Name of each generated type → pointer of its schema. */
function typesOf(model: Model): ReadonlyMap<string, string> {
  return new Map([...model.messages, ...model.definitions].map(({ name, pointer }) => [name, pointer]));
}

function change(
  newer: Labelled,
  plane: Plane,
  rule: string,
  pointer: string,
  detail: string,
  summary: string,
  fix: string,
): Change {
  return {
    id: changeId([rule, pointer, detail]),
    rule,
    plane,
    verdict: "compatible",
    messages: [],
    sender: null,
    pointer,
    location: newer.reader.model.source.locate(pointer),
    summary,
    fix,
    witness: undefined,
  };
}

/** Exported types that went: code that imports them no longer compiles, and nothing on the wire tells. */
export function typescriptChanges(older: Labelled, newer: Labelled): readonly Change[] {
  const before = typesOf(older.reader.model);
  const now = typesOf(newer.reader.model);
  const come = new Map([...now].filter(([name]) => !before.has(name)));
  const text = (model: Model, pointer: string): string =>
    JSON.stringify(withoutAnnotations(valueAt(model.schema, pointer) ?? true));
  return [...before].flatMap(([name, pointer]) => {
    if (now.has(name)) return [];
    const same = [...come].find(
      ([, at]) => text(newer.reader.model, at) === text(older.reader.model, pointer),
    );
    const [other, at] = same ?? [undefined, ""];
    return [
      change(
        newer,
        "typescript",
        other === undefined ? "type-removed" : "type-renamed",
        at,
        name,
        other === undefined
          ? `Code that imports the type \`${name}\` no longer compiles: it is gone.`
          : `Code that imports the type \`${name}\` no longer compiles: it is called \`${other}\` now.`,
        other === undefined
          ? "Say so in the release notes; nothing on the wire changes by it."
          : `Import \`${other}\` instead; nothing on the wire changes by it.`,
      ),
    ];
  });
}

/** Definitions in which only words for people changed. */
export function documentationChanges(older: Labelled, newer: Labelled): readonly Change[] {
  const before = older.reader.model.schema;
  const now = newer.reader.model.schema;
  const names = Object.keys(definitionsOf(now));
  const changed = names.filter((name) => {
    const was = own(definitionsOf(before), name);
    const is = own(definitionsOf(now), name);
    return (
      was !== undefined &&
      isSameText(withoutAnnotations(was), withoutAnnotations(is ?? true)) &&
      !isSameText(was, is)
    );
  });
  const rows = changed.map((name) => ({ pointer: pointerOf(["$defs", name]), name: `\`${name}\`` }));
  const root = (schema: Json): Json =>
    isObject(schema)
      ? Object.fromEntries(
          Object.entries(schema).filter(([key]) => !["$defs", "x-contract", "$id"].includes(key)),
        )
      : schema;
  const isRoot =
    isSameText(withoutAnnotations(root(before)), withoutAnnotations(root(now))) &&
    !isSameText(root(before), root(now));
  return [...(isRoot ? [{ pointer: "", name: "the contract" }] : []), ...rows].map(({ pointer, name }) =>
    change(
      newer,
      "documentation",
      "documentation-changed",
      pointer,
      "",
      `What is said about ${name} changed; nothing on the wire did.`,
      "Nothing has to be done.",
    ),
  );
}

function definitionsOf(schema: Model["schema"]): Model["schema"] {
  const definitions = own(schema, "$defs");
  return isObject(definitions) ? definitions : {};
}
