import { readFileSync } from "node:fs";
import type { MessageModel, Model } from "@hivewire/codegen";
import { beforeAll, describe, expect, it } from "vitest";
import {
  contractFiles,
  type Diagnostic,
  diagnose,
  expressionOf,
  type Generated,
  generateAll,
  guardOf,
  run,
} from "./contracts/contracts.js";
import { at, isList, isObject, type Json } from "./support/random-value.js";

type Tag = string | number | boolean | null;

const member = (key: string | number): string => `m[${expressionOf(key)}]`;

const prelude = `import type * as T from "./types.js";
type Equal<A, B> = (<G>() => G extends A ? 1 : 2) extends <G>() => G extends B ? 1 : 2 ? true : false;
`;

interface Level {
  readonly key: string | number;
  readonly values: readonly Tag[];
}

/** What names a message, level by level; nothing for one that no constant names. */
function levels({ match }: MessageModel, discriminator: string | number): readonly Level[] {
  if (match.kind !== "constant") return [];
  const found: Level[] = [{ key: discriminator, values: match.values }];
  for (let { within } = match; within; within = within.within) found.push(within);
  return found;
}

/** The messages that a constant names. */
const constants = ({ messages }: Model): readonly MessageModel[] =>
  messages.filter(({ match }) => match.kind === "constant");

/** TS2322: Type X is not assignable to type Y. */
const notAssignable = 2322;

/** Whether constants and patterns of one property, or of two, name every message. */
const isNamed = ({ discriminator, messages }: Model): boolean =>
  discriminator !== null && messages.every(({ match }) => match.kind !== "shape");

/** One function per way to a message: one `if` per level, and the frame has exactly that message's type. */
function narrowing(model: Model): string {
  const { discriminator } = model;
  if (discriminator === null || !isNamed(model)) return "";
  const rows = model.messages.flatMap((message) => {
    const ways = levels(message, discriminator);
    if (ways.length === 0) return [];
    const exact = `const exact: Equal<typeof m, T.${message.name}> = true; return exact;`;
    return ways.reduceRight<readonly string[]>(
      (inner, { key, values }) =>
        values.flatMap((value) =>
          inner.map((body) => `if (${member(key)} === ${expressionOf(value)}) { ${body} }`),
        ),
      [exact],
    );
  });
  return rows
    .map((row, index) => `export function narrow${index}(m: T.Message): unknown { ${row} return m; }\n`)
    .join("");
}

const never = "default: { const never: never = m; return never; }";

/** A `switch` over one level, in which each case looks at the next. */
function switchOver(rows: readonly (readonly Level[])[], last: string): string {
  const [key] = rows.flatMap(([level]) => level?.key ?? []);
  if (key === undefined) return "return 0;";
  const values = [...new Set(rows.flatMap(([level]) => level?.values ?? []))];
  const cases = values.map((value) => {
    const inner = rows.filter(([level]) => level?.values.includes(value)).map(([, ...rest]) => rest);
    return `case ${expressionOf(value)}: ${inner.some((rest) => rest.length > 0) ? switchOver(inner, never) : "return 1;"}`;
  });
  return `switch (${member(key)}) { ${cases.join(" ")} ${last} }`;
}

/** A function on one line that looks at every constant but those of the message in `without`. */
function exhaustive(model: Model, name: string, without?: MessageModel): string {
  const { discriminator, messages } = model;
  if (discriminator === null || !isNamed(model)) return "";
  const kept = messages.filter((message) => message !== without);
  const rest = messages
    .filter(({ match }) => match.kind === "pattern")
    .map((message) => `T.${message.name}`)
    .join(" | ");
  const last =
    rest === "" ? never : `default: { const rest: Equal<typeof m, ${rest}> = true; return rest ? 2 : 3; }`;
  const rows = kept.map((message) => levels(message, discriminator)).filter((ways) => ways.length > 0);
  return `export function ${name}(m: T.Message): number { ${switchOver(rows, last)} }\n`;
}

/** A function that narrows to one message by a condition of its own. */
const byCondition = (name: string, condition: string): string =>
  `export function narrow${name}(m: T.Message): unknown { if (${condition}) { const exact: Equal<typeof m, T.${name}> = true; return exact; } return m; }\n`;

const isMethod = (method: string): string => `"method" in m && m.method === "${method}"`;
/** What narrows frames that neither one property nor two of them name. */
const byHand: ReadonlyMap<string, string> = new Map([
  [
    "json-rpc.schema.json",
    [
      byCondition("Initialize", isMethod("initialize")),
      byCondition("Complete", isMethod("text/complete")),
      byCondition("Rename", isMethod("text/rename")),
      byCondition("Subtract", isMethod("math/subtract")),
      byCondition("DidChange", isMethod("text/didChange")),
      byCondition("Diagnostics", isMethod("text/diagnostics")),
      byCondition("Success", '"result" in m'),
      byCondition("Failure", '"error" in m'),
    ].join(""),
  ],
]);

const everyMessage = (model: Model): string =>
  `export const all: Equal<T.Message, ${model.messages.map(({ name }) => `T.${name}`).join(" | ")}> = true;\n`;

const examplesOf = (model: Model, { pointer }: MessageModel): readonly Json[] => {
  const schema = at(model.schema, pointer);
  const examples = isObject(schema) ? schema.examples : undefined;
  return isList(examples) ? examples : [];
};

describe("contracts of many shapes", () => {
  let all: Awaited<ReturnType<typeof generateAll>>;
  let diagnostics: readonly Diagnostic[] = [];

  beforeAll(async () => {
    all = await generateAll();
    const files = new Map<string, string>();
    for (const [file, { folder, files: made, model }] of all.contracts) {
      for (const [path, contents] of made) files.set(`${folder}/${path}`, contents);
      const whole = exhaustive(model, "exhaustive");
      files.set(
        `${folder}/narrow.ts`,
        prelude + everyMessage(model) + narrowing(model) + whole + (byHand.get(file) ?? ""),
      );
      const missing = constants(model).map((message, index) => exhaustive(model, `without${index}`, message));
      files.set(`${folder}/missing.ts`, prelude + missing.join(""));
    }
    diagnostics = diagnose(files);
  }, 120_000);

  const contractOf = (file: string): Generated => {
    const found = all.contracts.get(file);
    if (!found) throw all.faults.get(file);
    return found;
  };
  const said = (file: string, path: (name: string) => boolean): readonly string[] => {
    const { folder } = contractOf(file);
    return diagnostics
      .filter((row) => row.file.startsWith(`${folder}/`) && path(row.file.slice(folder.length + 1)))
      .map((row) => `${row.file}:${row.line + 1} TS${row.code} ${row.text}`);
  };

  it("are all in the table of the README", () => {
    const readme = readFileSync(new URL("contracts/README.md", import.meta.url), "utf8");
    const rows = [...readme.matchAll(/^\| `([^`]+\.schema\.(?:json|yaml))` \|/gm)].map(([, file]) => file);
    expect(rows.toSorted()).toEqual([...contractFiles].sort());
  });

  describe.each(contractFiles)("%s", (file) => {
    it("generates without an edit", () => {
      const { model } = contractOf(file);
      expect(model.messages.length).toBeGreaterThanOrEqual(5);
      expect(model.messages.length).toBeLessThanOrEqual(15);
    });

    it("compiles under strict flags", () => {
      expect(said(file, (name) => name !== "narrow.ts" && name !== "missing.ts")).toEqual([]);
    });

    it("recognises each message by a constant or a pattern, unless one or two properties cannot", () => {
      expect(isNamed(contractOf(file).model) || byHand.has(file)).toBe(true);
    });

    it("accepts the examples of each message, by name and by direction", () => {
      const contract = contractOf(file);
      const module = run(contract, "validators.ts");
      const rows = contract.model.messages.map((message) => {
        const direction = message.sender === "client" ? "ClientMessage" : "ServerMessage";
        const guards = [guardOf(module, message.name), guardOf(module, direction)];
        const refused = examplesOf(contract.model, message).filter(
          (value) => !guards.every((is) => is(value)),
        );
        return { name: message.name, examples: examplesOf(contract.model, message).length > 0, refused };
      });
      expect(rows).toEqual(
        contract.model.messages.map(({ name }) => ({ name, examples: true, refused: [] })),
      );
    });

    it("narrows each message to exactly its own type, and an exhaustive switch to never", () => {
      expect(said(file, (name) => name === "narrow.ts")).toEqual([]);
    });

    it("stops an exhaustive switch from compiling when a case is missing", () => {
      const { folder, model } = contractOf(file);
      const named = isNamed(model) ? constants(model) : [];
      const lines = diagnostics
        .filter(({ file: path, code }) => path === `${folder}/missing.ts` && code === notAssignable)
        .map(({ line }) => line);
      const first = prelude.split("\n").length - 1;
      const silent = named.filter((_, index) => !lines.includes(first + index)).map(({ name }) => name);
      expect(silent).toEqual([]);
    });
  });
});
