import type { MessageModel, Model } from "@hivewire/codegen";
import Ajv2020 from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import {
  contractFiles,
  type Diagnostic,
  diagnose,
  expressionOf,
  type Generated,
  generateAll,
  guardOf,
  refusalOf,
  run,
} from "./contracts/contracts.js";
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  mulberry32,
  mutated,
  own,
  randomValue,
} from "./support/random-value.js";

/** What a validator refuses and a type cannot: the keywords, and why. */
const beyondTypes: readonly (readonly [keywords: string, reason: string])[] = [
  ["minLength maxLength pattern format contentEncoding contentMediaType", "a text is a text"],
  ["minimum maximum exclusiveMinimum exclusiveMaximum multipleOf integer", "a number is a number"],
  ["minItems maxItems uniqueItems contains minContains maxContains", "lists are types by their items alone"],
  ["minProperties maxProperties propertyNames", "there is no type for the number of keys, or for any name"],
  ["patternProperties", "index signatures know no patterns of names"],
  ["additionalProperties", "what is assigned may have more keys; beside named ones there is no index type"],
  ["unevaluatedProperties unevaluatedItems", "as additionalProperties"],
  ["dependentRequired dependentSchemas if then else not", "conditions between values"],
  ["oneOf", "a union may be matched twice"],
];

const dropped: ReadonlySet<string> = new Set(beyondTypes.flatMap(([keywords]) => keywords.split(" ")));

/** A constant as a schema: objects may have more keys, arrays may not have more items. */
function structure(value: Json): JsonObject {
  if (isList(value))
    return { type: "array", prefixItems: value.map(structure), items: false, minItems: value.length };
  if (!isObject(value)) return { const: value };
  const properties = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, structure(child)]));
  return { type: "object", properties, required: Object.keys(value) };
}

const schemaMaps: ReadonlySet<string> = new Set(["properties", "$defs", "definitions"]);
const schemaLists: ReadonlySet<string> = new Set(["anyOf", "allOf", "prefixItems"]);

/** A map of keys that match one pattern and no others has the type of its values. */
function mapValues(schema: JsonObject): Json | undefined {
  const patterns = own(schema, "patternProperties");
  const values = isObject(patterns) ? Object.values(patterns) : [];
  const rest = own(schema, "additionalProperties");
  if (own(schema, "properties") !== undefined || rest === false)
    return own(schema, "properties") === undefined && values.length === 1 ? values[0] : undefined;
  return values.length === 0 ? rest : undefined;
}

/** The part of a schema that a type can say: what is refused by it, no type may accept. */
function sayable(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).flatMap(([keyword, value]): readonly (readonly [string, Json])[] => {
    if (keyword === "oneOf" && isList(value)) return [["anyOf", value.map(sayable)]];
    if (keyword === "type")
      return [["type", isList(value) ? value.map(wider) : typeof value === "string" ? wider(value) : value]];
    if (dropped.has(keyword)) return [];
    if (schemaMaps.has(keyword) && isObject(value))
      return [
        [keyword, Object.fromEntries(Object.entries(value).map(([key, child]) => [key, sayable(child)]))],
      ];
    if (schemaLists.has(keyword) && isList(value)) return [[keyword, value.map(sayable)]];
    if (keyword === "items") return [[keyword, sayable(value)]];
    return ["const", "enum", "required", "$ref"].includes(keyword) ? [[keyword, value]] : [];
  });
  const values = mapValues(schema);
  const result: Record<string, Json> = Object.fromEntries(entries);
  if (values !== undefined) result.additionalProperties = sayable(values);
  const { const: constant, enum: choices, ...rest } = result;
  const literals = [
    ...(constant === undefined ? [] : [structure(constant)]),
    ...(isList(choices) ? [{ anyOf: choices.map(structure) }] : []),
  ];
  return literals.length === 0
    ? result
    : { ...rest, allOf: [...(isList(rest.allOf) ? rest.allOf : []), ...literals] };
}

const wider = (type: Json): Json => (type === "integer" ? "number" : type);

type Verdict = (value: Json) => boolean;

function ajvOf(root: Json): (pointer: string) => Verdict {
  const ajv = new Ajv2020.default({
    strict: false,
    strictNumbers: true,
    validateFormats: false,
    ownProperties: true,
  });
  const document = isObject(root) ? { ...root } : {};
  const { $id: _, ...anonymous } = document;
  ajv.addSchema(anonymous, "contract");
  return (pointer) => ajv.compile({ $ref: `contract#${encodeURI(pointer)}` });
}

const prelude = `import type { Matching } from "@hivewire/protocol";
import type * as T from "./types.js";
type Plain<V> = V extends string | number | boolean | null ? V : { -readonly [K in keyof V]: Plain<V[K]> };
declare function plain<const V>(value: V): Plain<V>;
declare function matching<const V extends string>(value: V): Matching<V>;
`;

/** A value as an expression; the discriminator of a frame that a pattern recognises is marked as received. */
function literal(value: Json, model: Model, { match }: MessageModel): string {
  const key = model.discriminator;
  const tag = isObject(value) && typeof key === "string" ? own(value, key) : undefined;
  if (match.kind !== "pattern" || match.overlaps.length === 0 || typeof tag !== "string" || !isObject(value))
    return expressionOf(value);
  const entries = Object.entries(value).map(
    ([name, item]) =>
      `${expressionOf(name)}: ${name === key ? `matching(${expressionOf(item)})` : expressionOf(item)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

const hasProto = (value: Json): boolean => JSON.stringify(value).includes('"__proto__":');

/** The one thing that types refuse and schemas do not: an object with none of the keys, where all are optional (TS2559). */
const isWeak = (row: Diagnostic): boolean =>
  /Type '\{.* has no properties in common with type/.test(row.text);

interface Case {
  readonly message: string;
  readonly value: Json;
  /** What the validator says. */
  readonly accepted: boolean;
  /** What Ajv says with the whole schema. */
  readonly valid: boolean;
  /** What Ajv says with the part of it that types can say. */
  readonly sayable: boolean;
  readonly line: string;
}

const perMessage = 40;

/** A seed per message: another message or contract does not change what is drawn for this one. */
const seedOf = (name: string): number =>
  [...name].reduce((seed, letter) => Math.imul(seed, 31) + (letter.codePointAt(0) ?? 0), 1);

function casesOf({ model, ...rest }: Generated, file: string): readonly Case[] {
  const module = run({ model, ...rest }, "validators.ts");
  const root: Json = model.schema;
  const whole = ajvOf(root);
  const part = ajvOf(sayable(root));
  return model.messages.flatMap((message) => {
    const random = mulberry32(seedOf(`${file} ${message.name}`));
    const isMessage = guardOf(module, message.name);
    const isValid = whole(message.pointer);
    const isSayable = part(message.pointer);
    const schema: Json = { $ref: `#${encodeURI(message.pointer)}` };
    const values = Array.from({ length: perMessage }, (_, round) => {
      const value = randomValue(schema, root, random);
      if (round % 3 === 0) return value;
      return round % 3 === 1 ? mutated(value, random) : mutated(mutated(value, random), random);
    });
    const distinct = new Map(values.map((value) => [JSON.stringify(value), value])).values();
    return [...distinct]
      .filter((value) => !hasProto(value))
      .map((value) => ({
        message: message.name,
        value,
        accepted: isMessage(value),
        valid: isValid(value),
        sayable: isSayable(value),
        line: `const l = plain(${literal(value, model, message)}); const v: T.${message.name} = l; void v;`,
      }));
  });
}

const shown = ({ message, value }: Case): string => `${message} ${JSON.stringify(value)}`;

describe("types and validators of contracts of many shapes", () => {
  const cases = new Map<string, readonly Case[]>();
  const diagnostics = new Map<string, ReadonlyMap<number, Diagnostic>>();
  let all: Awaited<ReturnType<typeof generateAll>>;

  beforeAll(async () => {
    all = await generateAll();
    const files = new Map<string, string>();
    for (const [file, contract] of all.contracts) {
      const rows = casesOf(contract, file);
      cases.set(file, rows);
      files.set(`${contract.folder}/types.ts`, contract.files.get("types.ts") ?? "");
      files.set(
        `${contract.folder}/cases.ts`,
        `${prelude}${rows.map(({ line }) => `{ ${line} }\n`).join("")}`,
      );
    }
    const first = prelude.split("\n").length - 1;
    const found = diagnose(files);
    for (const [file, { folder }] of all.contracts) {
      const here = found.filter((row) => row.file === `${folder}/cases.ts`);
      diagnostics.set(file, new Map(here.map((row) => [row.line - first, row])));
    }
  }, 120_000);

  const rowsOf = (file: string): readonly Case[] => {
    const rows = cases.get(file);
    if (!rows) throw all.faults.get(file);
    return rows;
  };
  const isAssignable = (file: string, index: number): boolean => !diagnostics.get(file)?.has(index);

  describe.each(contractFiles)("%s", (file) => {
    it("draws values of both verdicts for each message", () => {
      const rows = rowsOf(file);
      const names = new Set(rows.map(({ message }) => message));
      const drawn = [...names].filter((name) =>
        [true, false].every((accepted) =>
          rows.some((row) => row.message === name && row.accepted === accepted),
        ),
      );
      expect(drawn).toEqual([...names]);
    });

    it("gives Ajv's verdict on every value", () => {
      expect(
        rowsOf(file)
          .filter(({ accepted, valid }) => accepted !== valid)
          .map(shown),
      ).toEqual([]);
    });

    it("has a type for every value that the validator accepts", () => {
      const wrong = rowsOf(file).flatMap((row, index) => {
        const fault = diagnostics.get(file)?.get(index);
        return row.accepted && fault && !isWeak(fault) ? [`${shown(row)}: ${fault.text}`] : [];
      });
      expect(wrong).toEqual([]);
    });

    it("has no type for what is refused by a keyword that types can say", () => {
      const wrong = rowsOf(file).filter(
        (row, index) => !row.accepted && !row.sayable && isAssignable(file, index),
      );
      expect(wrong.map(shown)).toEqual([]);
    });
  });

  it("differ by nothing but what no type can say", () => {
    const tally = new Map<string, number>();
    for (const [file, rows] of cases) {
      const contract = all.contracts.get(file);
      if (!contract) continue;
      const module = run(contract, "validators.ts");
      for (const [index, row] of rows.entries()) {
        if (row.accepted || !isAssignable(file, index)) continue;
        const keyword = refusalOf(module, row.message)(row.value) ?? "nothing";
        tally.set(keyword, (tally.get(keyword) ?? 0) + 1);
      }
    }
    const counts = Object.fromEntries([...tally].sort(([, a], [, b]) => b - a));
    const total = [...cases.values()].flat();
    console.table(beyondTypes.map(([keywords, reason]) => ({ keywords, reason })));
    console.log(
      `${total.length} values, ${total.filter(({ accepted }) => accepted).length} accepted; refused although assignable, by keyword:`,
      counts,
    );
    expect(tally.has("nothing")).toBe(false);
  });
});
