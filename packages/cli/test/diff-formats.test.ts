import { describe, expect, it, vi } from "vitest";
import { frameText } from "../src/diff/frame-text.js";
import { markdownText } from "../src/diff/markdown-text.js";
import { xmlText } from "../src/diff/write-junit.js";
import { diffMarkdown, maxCommentLength } from "../src/diff/write-markdown.js";
import { fakeCompare } from "./support/fake-compare.js";
import { projectOf } from "./support/greeting-contract.js";
import { parseXml } from "./support/parse-xml.js";

vi.mock("@hivewire/compat", async (original) => ({
  ...(await original<typeof import("@hivewire/compat")>()),
  compareContracts: fakeCompare,
}));

const first = { version: "1.0.0" };
const broken = { version: "1.1.0", required: ["mood"], description: "Greets, 100 %: <b>&" };

async function written(format: string, newer: object = broken): Promise<string> {
  await using project = await projectOf(newer, first);
  return (await project.run("diff", "--format", format)).out;
}

describe("hivewire diff --format", () => {
  it("json holds each change with its place, its standing and what the version says", async () => {
    const report: unknown = JSON.parse(await written("json"));
    expect(report).toMatchObject({
      ok: false,
      name: "greetings",
      version: "1.1.0",
      comparisons: [
        {
          older: { label: "1.0.0", version: "1.0.0" },
          bump: "major",
          gate: { verdict: "too-small", needed: "major", declared: "minor", nextVersion: "2.0.0" },
          changes: [
            { rule: "property-required", standing: "unsaid", file: "messages.schema.json", line: 12 },
            { rule: "property-added", standing: "compatible" },
            { rule: "reworded", plane: "documentation" },
          ],
        },
      ],
      findings: [],
    });
  });

  it("github annotates the schema's lines", async () => {
    const lines = (await written("github")).split("\n");
    expect(lines).toEqual([
      expect.stringMatching(
        /^::error file=messages\.schema\.json,line=12,col=17,title=hivewire property-required::Clients on 1\.0\.0/,
      ),
      expect.stringMatching(
        /^::error file=messages\.schema\.json,line=4,col=\d+,title=hivewire version-too-small::The version is too small/,
      ),
      "",
    ]);
  });

  it("github only warns of what the version says", async () => {
    expect(await written("github", { ...broken, version: "2.0.0" })).toMatch(
      /^::warning .*property-required.*\n$/,
    );
  });

  it("sarif carries the id as a fingerprint, and a place and a rule for each result", async () => {
    const log: {
      $schema: string;
      version: string;
      runs: {
        tool: { driver: { name: string; rules: { id: string; shortDescription: { text: string } }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          level: string;
          message: { text: string };
          partialFingerprints?: Record<string, string>;
        }[];
      }[];
    } = JSON.parse(await written("sarif"));
    expect([log.$schema, log.version]).toEqual(["https://json.schemastore.org/sarif-2.1.0.json", "2.1.0"]);
    const [run] = log.runs;
    const ids = run?.tool.driver.rules.map(({ id }) => id);
    expect(ids).toEqual(["property-required", "version-too-small"]);
    for (const { ruleId, ruleIndex, message } of run?.results ?? []) {
      expect(ids?.[ruleIndex]).toBe(ruleId);
      expect(message.text).not.toBe("");
    }
    expect(run?.results.map(({ level }) => level)).toEqual(["error", "error"]);
    expect(run?.results[0]?.partialFingerprints).toEqual({
      "hivewireId/v1": expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  it("sarif suppresses what is waived", async () => {
    await using project = await projectOf(broken, first);
    const report: { comparisons: { changes: { id: string }[] }[] } = JSON.parse(
      (await project.run("diff", "--json")).out,
    );
    const id = report.comparisons[0]?.changes[0]?.id;
    const waiver = { id, owner: "ann", reason: "agreed", expires: "2026-12-31" };
    await project.write(
      "hivewire.json",
      JSON.stringify({ schema: "messages.schema.json", diff: { waivers: [waiver] } }),
    );
    const { out } = await project.run("diff", "--format", "sarif");
    expect(JSON.parse(out)).toMatchObject({
      runs: [
        {
          results: [
            {
              level: "note",
              suppressions: [{ kind: "external", justification: "Waived by ann until 2026-12-31: agreed" }],
            },
          ],
        },
      ],
    });
  });

  it("shows a change beside several releases once", async () => {
    await using project = await projectOf({ ...broken, doubt: true }, first, { version: "0.9.0" });
    const log: { runs: { results: { ruleId: string }[] }[] } = JSON.parse(
      (await project.run("diff", "--transitive", "--format", "sarif")).out,
    );
    const rules = log.runs[0]?.results.map(({ ruleId }) => ruleId);
    expect(rules?.filter((rule) => rule === "unknown")).toHaveLength(1);
  });

  it("junit has a suite per comparison, a case per change and one for the version", async () => {
    const [suites] = parseXml(await written("junit"));
    expect(suites?.name).toBe("testsuites");
    const [suite, ...others] = suites?.children ?? [];
    expect(others).toEqual([]);
    expect(suite?.attributes).toMatchObject({
      name: "greetings 1.1.0 beside 1.0.0",
      tests: "4",
      failures: "2",
      skipped: "0",
    });
    const cases = suite?.children.map(({ attributes, children }) => [
      attributes.classname,
      children[0]?.name,
    ]);
    expect(cases).toEqual([
      ["greeting", "failure"],
      ["greeting", "system-out"],
      ["greeting", "system-out"],
      ["version", "failure"],
    ]);
    const failure = suite?.children[0]?.children[0];
    expect(failure?.attributes.type).toBe("property-required");
    expect(failure?.text).toContain('"type": "greeting"');
  });

  it("markdown begins with the marker, and folds the frame away", async () => {
    const lines = (await written("markdown")).split("\n");
    expect(lines.slice(0, 2)).toEqual(["<!-- hivewire-diff -->", "## ❌ Contract"]);
    const at = lines.indexOf("  ```json");
    expect(lines.slice(at, at + 5)).toEqual([
      "  ```json",
      "  {",
      '    "type": "greeting",',
      '    "text": "hi"',
      "  }",
    ]);
    expect(lines).toContain("  <details><summary>The frame</summary>");
    expect(lines.join("\n")).toContain("❌ The version is too small");
  });

  const failing: readonly [format: string, says: RegExp][] = [
    ["json", /^\{"ok":false,"error":\{"code":"unknown_release"/],
    ["github", /^::error file=hivewire\.json,.*unknown_release/],
    ["sarif", /"ruleId": "unknown_release"/],
    ["junit", /<testsuite name="releases and waivers" tests="1" failures="1"/],
    ["markdown", /^<!-- hivewire-diff -->\n## ❌ Contract\n[\s\S]*unknown/],
  ];
  it.each(failing)("%s says in its own way that there is nothing to compare with", async (format, says) => {
    await using project = await projectOf(first, first);
    const { code, out } = await project.run("diff", "--against", "9.9.9", "--format", format);
    expect(out).toMatch(says);
    expect(code).toBe(2);
  });
});

describe("texts from a schema", () => {
  const xml: readonly [given: string, want: string][] = [
    ['<a b="c">&', "&lt;a b=&quot;c&quot;&gt;&amp;"],
    ["]]>", "]]&gt;"],
    ["a\u0000\u001b\ud800b", "a\ufffd\ufffd\ufffdb"],
    ["😀\n\t", "😀&#10;&#9;"],
  ];
  it.each(xml)("%j is safe in XML", (given, want) => {
    expect(xmlText(given)).toBe(want);
  });

  const markdown: readonly [given: string, want: string][] = [
    ["`a_b` is *new*", "`a_b` is \\*new\\*"],
    ["</details><img src=x>", "&lt;/details&gt;&lt;img src=x&gt;"],
    ["ask @team", "ask @\u200bteam"],
    ["a `b", "a 'b"],
    ["two\nlines", "two lines"],
    ["`<b>` and <b>", "`<b>` and &lt;b&gt;"],
  ];
  it.each(markdown)("%j is safe in Markdown", (given, want) => {
    expect(markdownText(given)).toBe(want);
  });

  it("cuts long frames, and says so", () => {
    const lines = frameText({ long: "x".repeat(500), list: Array(100).fill(1) }).split("\n");
    expect(lines).toHaveLength(41);
    expect(lines[1]).toHaveLength(161);
    expect(lines.at(-1)).toBe("… 65 more lines");
  });

  it("keeps a comment under GitHub's bound, and says how much was left out", async () => {
    const finding = {
      rule: "r",
      level: "error",
      message: "x".repeat(1_000),
      file: "a.json",
      line: 1,
      column: 1,
    } as const;
    await using project = await projectOf(first);
    const { compareAll } = await import("../src/diff/compare-all.js");
    const { findProject } = await import("../src/config.js");
    const result = await compareAll(await findProject(project.folder, {}), {}, project.io);
    const text = diffMarkdown({ result, reports: [], others: Array(100).fill(finding), ok: false });
    expect(text.length).toBeLessThanOrEqual(maxCommentLength);
    expect(text).toMatch(/… and \d+ more; `hivewire diff` shows all\.\n$/);
  });
});
