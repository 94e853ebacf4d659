import { describe, expect, test } from "vitest";
import { describeMessage } from "../src/emit/describe-message.js";
import { emitMarkdown, messageTable } from "../src/emit/emit-markdown.js";
import { modelOf, ownSchemaText } from "./support/evaluate.js";
import { hostile, inheriting, shapes } from "./support/odd-schemas.js";

const ownSchema: object = JSON.parse(ownSchemaText);
const schemas: readonly (readonly [title: string, schema: object])[] = [
  ["our own contract", ownSchema],
  ["a contract that inherits and recurses", inheriting],
  ["frames that are tuples and maps", shapes],
  ["a contract full of markup", hostile],
];

/** The page without what a reader of Markdown takes as it stands: fenced blocks, then code spans. */
function markup(page: string): string {
  const blocks = page.replace(/^(`{3,})json\n[\s\S]*?\n\1$/gm, "");
  return blocks.replace(/(?<![`\\])(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, "");
}

/** Lines of each table of the page. */
function tables(page: string): readonly (readonly string[])[] {
  return page
    .replace(/^(`{3,})json\n[\s\S]*?\n\1$/gm, "")
    .split("\n\n")
    .filter((block) => block.startsWith("|"))
    .map((block) => block.trim().split("\n"));
}

/** Cells of a line: a pipe after a backslash is text (GFM, section 4.10). */
const cells = (line: string): number => line.split(/(?<!\\)\|/).length;

function anchors(page: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, text]) => {
    const slug = (text ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

describe("the emitted Markdown", () => {
  test.each(schemas)("links only to sections that are there, for %s", (_title, schema) => {
    const page = emitMarkdown(modelOf(schema));
    const targets = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !anchors(page).includes(target ?? ""))).toEqual([]);
  });

  test.each(schemas)("has tables whose lines all have the same number of cells, for %s", (_title, schema) => {
    const found = tables(emitMarkdown(modelOf(schema)));
    expect(found.length).toBeGreaterThan(0);
    const uneven = found.flatMap(([head, ...lines]) =>
      lines.filter((line) => cells(line) !== cells(head ?? "")),
    );
    expect(uneven).toEqual([]);
  });

  test.each(schemas)("has no HTML and no open code, for %s", (_title, schema) => {
    const rest = markup(emitMarkdown(modelOf(schema)));
    expect(rest).not.toMatch(/[<>]/);
    expect(rest).not.toMatch(/(?<!\\)`/);
    expect(rest).not.toMatch(/(?<!\\)\]\((?!#)/);
  });

  test("keeps hostile text on its line, as text", () => {
    const page = emitMarkdown(modelOf(hostile));
    expect(page).toContain("&lt;/script&gt;&lt;img src=x onerror=alert(3)&gt; &#124; a `pipe | in code`");
    expect(page).toContain("\\[x\\](javascript:alert(4)) \\*bold\\* \\_it\\_ &amp;lt;");
    expect(page).toContain("&#124; \\`open \\# Heading &lt;!--");
    expect(page.match(/^# /gm)).toHaveLength(1);
    expect(page).toContain('| `"a\\|b"` or `"<i>"` or ```"``"``` or ``"`"`` |');
  });

  test("has a table of messages with direction, topic, version, replies and deprecation", () => {
    const page = emitMarkdown(modelOf(inheriting));
    expect(page).toContain("| name | type | direction | topic | since | replies | deprecated |");
    expect(page).toContain("| [Grow](#grow) | `grow` | client → server |  |  | `cut` |  |");
    expect(page).toContain("| [Cut](#cut) | `cut` | server → client |  |  |  | yes |");
  });

  test.each([
    {
      title: "an inherited field",
      schema: inheriting,
      want: "| `id` | integer | yes | > 4 |".replace(">", "&gt;"),
    },
    {
      title: "a linked definition",
      schema: inheriting,
      want: "| `root` | [Node](#node) | yes |  | The root. |",
    },
    {
      title: "a list of values",
      schema: inheriting,
      want: '| `kinds` | array of `"a"` or `"b"` or `"c"` | yes | at least 3 items; no doubles |',
    },
    { title: "a recursive definition", schema: inheriting, want: "| `next` | [Node](#node) or null | yes |" },
    { title: "a field called __proto__", schema: inheriting, want: "| `__proto__` | string | no |" },
    {
      title: "a field called constructor",
      schema: inheriting,
      want: "| `constructor` | number | yes | ≥ 1.2; a multiple of 0.5 |",
    },
    { title: "items of a tuple", schema: shapes, want: "| `[1]` | number | yes |" },
    { title: "a field of a variant", schema: shapes, want: "| `a` | boolean | yes | in variant 1 of 2 |" },
    {
      title: "nested fields with dots",
      schema: ownSchema,
      want: "| `data.cpu.percent` | number | yes | ≥ 0; ≤ 100 | Load over all cores, 0 to 100. |",
    },
    {
      title: "fields of items",
      schema: hostile,
      want: "| `inner.list[].id` | integer | yes | ≥ 3 | **Deprecated.** | 1.0.0 |",
    },
    { title: "a map", schema: ownSchema, want: "| `resume` | map of [Position](#position) | no |" },
    { title: "since", schema: ownSchema, want: "the server replays what followed it. | 1.1.0 |" },
    { title: "a pattern message", schema: ownSchema, want: "server → client · `/_update$/` · since 1.0.0" },
    { title: "an example", schema: inheriting, want: '```json\n{\n  "op": "grow",\n  "id": 5,' },
    {
      title: "replies as links",
      schema: ownSchema,
      want: "Answered by [`subscription_updated`](#subscriptionupdated), [`error`](#errormessage).",
    },
  ])("shows $title", ({ schema, want }) => {
    expect(emitMarkdown(modelOf(schema))).toContain(want);
  });

  test("ends where a field is of the type of its owner", () => {
    const schema = {
      title: "Tree",
      type: "object",
      properties: { next: { allOf: [{ $ref: "#" }] }, label: { type: "string" } },
    };
    const fields = [...emitMarkdown(modelOf(schema)).matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path);
    expect(fields).toEqual(["next", "next.next", "next.label", "label"]);
  });

  test("links to the second of two headings that are called the same", () => {
    const schema = {
      $defs: { Messages: { type: "string" } },
      type: "object",
      title: "Box",
      properties: { m: { $ref: "#/$defs/Messages" } },
    };
    expect(emitMarkdown(modelOf(schema))).toContain("[Messages](#messages-1)");
  });
});

describe("messageTable", () => {
  test("has one line for each message and no links", () => {
    const lines = messageTable(modelOf(ownSchema)).trimEnd().split("\n");
    expect(lines).toHaveLength(2 + 23);
    expect(lines[0]).toBe("| type | direction | topic | since | replies |");
    expect(lines[5]).toBe("| `request_data` | client → server |  | 1.0.0 | `data_response`, `data_error` |");
    expect(lines.join("")).not.toContain("](");
  });
});

describe("describeMessage", () => {
  test("names every field of every message of our contract once, and its example", () => {
    const model = modelOf(ownSchema);
    for (const message of model.messages) {
      const { fields, example } = describeMessage(model, message);
      const paths = fields.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths).toContain("type");
      expect(example).toBeDefined();
    }
  });
});
