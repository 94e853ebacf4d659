import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { emitHtml } from "../src/emit/emit-html.js";
import { modelOf, ownSchemaText } from "./support/evaluate.js";
import { hostile, inheriting, shapes } from "./support/odd-schemas.js";

const ownSchema: object = JSON.parse(ownSchemaText);
const schemas: readonly (readonly [title: string, schema: object])[] = [
  ["our own contract", ownSchema],
  ["a contract that inherits and recurses", inheriting],
  ["frames that are tuples and maps", shapes],
  ["a contract full of markup", hostile],
];

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const voidElements: ReadonlySet<string> = new Set(["meta", "input"]);

/** Start tags of a page, read strictly: anything that is no well-formed tag makes it fail. */
function parse(page: string): readonly Tag[] {
  const body = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "<$1></$1>").replace("<!doctype html>", "");
  const tags: Tag[] = [];
  const open: string[] = [];
  const token = /<(\/?)([a-z0-9]+)((?: [a-z-]+(?:="[^"<>]*")?)*)>|[<>]/g;
  for (const [whole, closing, name = "", attributes = ""] of body.matchAll(token)) {
    if (name === "") throw new SyntaxError(`A ${whole} is no tag.`);
    if (closing === "/") {
      if (open.pop() !== name) throw new SyntaxError(`</${name}> closes another element.`);
      continue;
    }
    if (!voidElements.has(name)) open.push(name);
    const pairs = [...attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)].map(
      ([, key = "", value = ""]) => [key, value] as const,
    );
    tags.push({ name, attributes: new Map(pairs) });
  }
  expect(open).toEqual([]);
  return tags;
}

const ids = (tags: readonly Tag[]): readonly string[] =>
  tags.flatMap(({ attributes }) => attributes.get("id") ?? []);

describe("the emitted page", () => {
  test.each(schemas)("is well-formed and loads nothing, for %s", (_title, schema) => {
    const tags = parse(emitHtml(modelOf(schema)));
    const allowed =
      "html head meta title style body a div nav p small label span input h1 h2 h3 h4 ul li main header article code table thead tbody tr th td pre script";
    expect(tags.filter(({ name }) => !allowed.split(" ").includes(name))).toEqual([]);
    expect(tags.filter(({ name }) => name === "script")).toEqual([{ name: "script", attributes: new Map() }]);
    const keys = new Set(tags.flatMap(({ attributes }) => [...attributes.keys()]));
    expect([...keys].filter((key) => key.startsWith("on") || key === "src" || key === "style")).toEqual([]);
    const links = tags.flatMap(({ attributes }) => attributes.get("href") ?? []);
    expect(links.filter((href) => !href.startsWith("#"))).toEqual([]);
  });

  test.each(schemas)("has unique ids, and links only to them, for %s", (_title, schema) => {
    const tags = parse(emitHtml(modelOf(schema)));
    expect(new Set(ids(tags)).size).toBe(ids(tags).length);
    const links = tags.flatMap(({ attributes }) => attributes.get("href") ?? []);
    expect(links.filter((href) => !ids(tags).includes(href.slice(1)))).toEqual([]);
  });

  test("shows hostile text as text", () => {
    const page = emitHtml(modelOf(hostile));
    expect(page).not.toMatch(/<[a-z]+ [^>"]*(?:alert|onerror|onload)/);
    expect(page.match(/<\/script>/g)).toHaveLength(1);
    expect(page).toContain(
      "&lt;/script&gt;&lt;img src=x onerror=alert(3)&gt; | a <code>pipe | in code</code>",
    );
    expect(page).toContain("<title>a|b&lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt; 1.0.0</title>");
    expect(page).toContain(
      '<span class="k">&quot;note&quot;</span>: <span class="s">&quot;```\\n&lt;/script&gt;&lt;img onerror=alert(8)&gt;&quot;</span>',
    );
  });

  test.each([
    { title: "the direction", want: '<span class="badge client">client → server</span>' },
    { title: "a topic", want: "<li>topic <code>agents</code></li>" },
    {
      title: "replies as links",
      want: 'answered by <a href="#SubscriptionUpdated"><code>subscription_updated</code></a>, <a href="#ErrorMessage"><code>error</code></a>',
    },
    {
      title: "a field with its type",
      want: '<th scope="row"><code>correlation_id</code></th>\n<td><a href="#CorrelationId">CorrelationId</a></td>',
    },
    { title: "since", want: '<span class="notes">since 1.1.0</span>' },
    {
      title: "constraints",
      want: '<span class="notes">at least 1 character · at most 128 characters</span>',
    },
    {
      title: "the example",
      want: '<span class="k">&quot;type&quot;</span>: <span class="s">&quot;ping&quot;</span>',
    },
    { title: "definitions", want: '<article id="Position" data-in="definitions"' },
  ])("shows $title", ({ want }) => {
    expect(emitHtml(modelOf(ownSchema))).toContain(want);
  });

  test("strikes a deprecated message out of the list and marks it", () => {
    const page = emitHtml(modelOf(inheriting));
    expect(page).toMatch(/<li class="old" data-in="server"[^>]*><a href="#Cut">cut<\/a>/);
    expect(page).toContain('<h3><a href="#Cut">Cut</a></h3> <span class="badge warn">deprecated</span>');
  });
});

/** As much of a browser as the script touches. */
function browse(page: string): {
  readonly type: (text: string) => readonly string[];
  readonly press: (key: string, typing?: boolean) => boolean;
  readonly count: () => string;
} {
  const [, script = ""] = /<script>([\s\S]*)<\/script>/.exec(page) ?? [];
  const listeners = new Map<string, (event: object) => void>();
  const focus = { on: false };
  const search = {
    value: "",
    focus: () => {
      focus.on = true;
    },
    select: () => {},
    addEventListener: (name: string, listen: (event: object) => void) => listeners.set(name, listen),
  };
  const count = { textContent: "" };
  const elements = parse(page)
    .filter(({ attributes }) => attributes.has("data-search"))
    .map(({ name, attributes }) => ({
      tagName: name.toUpperCase(),
      hidden: false,
      id: attributes.get("id"),
      dataset: { search: attributes.get("data-search"), in: attributes.get("data-in") },
    }));
  const groups = parse(page)
    .filter(({ attributes }) => attributes.has("data-group"))
    .map(({ attributes }) => ({ hidden: false, dataset: { group: attributes.get("data-group") } }));
  const document = {
    getElementById: (id: string) => ({ search, count, find: { hidden: true } })[id] ?? null,
    querySelectorAll: (selector: string) => (selector === "[data-search]" ? elements : groups),
    addEventListener: (name: string, listen: (event: object) => void) => listeners.set(name, listen),
  };
  runInNewContext(script, { document, location: { hash: "" }, addEventListener: () => {} });
  return {
    type: (text) => {
      search.value = text;
      listeners.get("input")?.({});
      return [
        ...elements
          .filter(({ tagName, hidden }) => tagName === "ARTICLE" && !hidden)
          .map(({ id = "" }) => id),
        ...groups.filter(({ hidden }) => !hidden).map(({ dataset }) => `group ${dataset.group}`),
      ];
    },
    press: (key, typing = false) => {
      focus.on = false;
      listeners.get("keydown")?.({
        key,
        target: { closest: () => (typing ? {} : null) },
        preventDefault: () => {},
      });
      return focus.on;
    },
    count: () => count.textContent,
  };
}

describe("the search of the page", () => {
  test.each([
    {
      title: "a type",
      text: "disconnect_notice",
      want: ["DisconnectNotice", "group server", "group server"],
    },
    { title: "a field", text: "access_token", want: ["Authenticate", "group client", "group client"] },
    {
      title: "words of a description, in any order",
      text: "  CONNECTION always ",
      want: ["ConnectionEstablished", "group server", "group server"],
    },
    { title: "nothing", text: "no such word", want: [] },
  ])("finds $title", ({ text, want }) => {
    expect(browse(emitHtml(modelOf(ownSchema))).type(text)).toEqual(want);
  });

  test("shows everything again when it is empty", () => {
    const page = browse(emitHtml(modelOf(ownSchema)));
    const all = page.type("");
    page.type("ping");
    expect(page.count()).toMatch(/^\d+ match(es)?$/);
    expect(page.type("")).toEqual(all);
    expect(page.count()).toBe("");
  });

  test.each([
    { title: "takes the focus on /", key: "/", typing: false, want: true },
    { title: "leaves a / that is typed into a field alone", key: "/", typing: true, want: false },
    { title: "leaves other keys alone", key: "a", typing: false, want: false },
  ])("$title", ({ key, typing, want }) => {
    expect(browse(emitHtml(modelOf(ownSchema))).press(key, typing)).toBe(want);
  });
});
