import { execFile } from "node:child_process";
import { chmod, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createProject, type TestProject } from "../support/project.js";

const action = new URL("../../../../.github/actions/hivewire-diff/", import.meta.url);
const script = fileURLToPath(new URL("diff.sh", action));

/** Notes its arguments, one line a call with `|` between them, and whether it can see the token. */
const noting = (name: string): string =>
  `#!/usr/bin/env bash\nprintf '${name} token=%s' "\${GH_TOKEN:-}" >>"$CALLS"\nprintf '|%s' "$@" >>"$CALLS"\nprintf '\\n' >>"$CALLS"\n`;

const npx = `${noting("npx")}
case "$*" in
  *check*) echo checked; exit "\${CHECK_CODE:-0}" ;;
  *markdown*) printf '<!-- hivewire-diff -->\\nreport\\n'; exit "\${DIFF_CODE:-0}" ;;
  *) echo '::error ::broken'; exit "\${DIFF_CODE:-0}" ;;
esac
`;

const gh = `${noting("gh")}
case "$*" in
  *PATCH*) exit "\${PATCH_CODE:-0}" ;;
  *POST*) exit "\${POST_CODE:-0}" ;;
  *) printf '%s\\n' \${COMMENTS:-} ;;
esac
`;

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly calls: readonly string[];
  readonly summary: string;
  readonly output: string;
}

async function runAction(project: TestProject, env: Record<string, string>): Promise<Outcome> {
  const at = (path: string): string => `${project.folder}/${path}`;
  for (const [name, text] of [["npx", npx] as const, ["gh", gh] as const]) {
    await project.write(`bin/${name}`, text);
    await chmod(at(`bin/${name}`), 0o755);
  }
  for (const name of ["calls", "summary", "output"]) await project.write(name, "");
  const files = { CALLS: at("calls"), GITHUB_STEP_SUMMARY: at("summary"), GITHUB_OUTPUT: at("output") };
  const known = { PATH: `${at("bin")}:/usr/bin:/bin`, GITHUB_REPOSITORY: "acme/app", GH_TOKEN: "secret" };
  const [code, out] = await new Promise<readonly [number, string]>((resolve) => {
    const child = execFile(
      "bash",
      [script],
      { cwd: project.folder, env: { ...known, ...files, ...env } },
      (_, stdout) => resolve([child.exitCode ?? -1, stdout]),
    );
  });
  return {
    ...{ code, out },
    calls: (await project.read("calls"))
      .trimEnd()
      .split("\n")
      .map((line) => line.replaceAll(/\/tmp\/tmp\.\w+/g, "<report>")),
    summary: await project.read("summary"),
    output: await project.read("output"),
  };
}

describe("the action hivewire-diff", () => {
  it("checks, compares and writes the summary", async () => {
    await using project = await createProject();
    const { code, out, calls, summary, output } = await runAction(project, {});
    expect(code).toBe(0);
    expect(out).toBe("checked\n::error ::broken\n");
    expect(calls).toEqual([
      "npx token=|--no-install|hivewire|check|--format|github",
      "npx token=|--no-install|hivewire|diff|--format|github",
      "npx token=|--no-install|hivewire|diff|--format|markdown",
    ]);
    expect(summary).toBe("<!-- hivewire-diff -->\nreport\n");
    expect(output).toBe("exit-code=0\n");
  });

  const rows: readonly [title: string, env: Record<string, string>, want: string][] = [
    [
      "a schema with a quote and a space stays one argument",
      { HIVEWIRE_SCHEMA: `a"; echo $(id) 'b.json` },
      `npx token=|--no-install|hivewire|diff|--format|github|--schema=a"; echo $(id) 'b.json`,
    ],
    [
      "a baseline that looks like a flag stays a value",
      { HIVEWIRE_AGAINST: "--help" },
      "npx token=|--no-install|hivewire|diff|--format|github|--against=--help",
    ],
    [
      "transitive is every live release",
      { HIVEWIRE_AGAINST: "transitive" },
      "npx token=|--no-install|hivewire|diff|--format|github|--transitive",
    ],
    [
      "a version of hivewire is run instead of the project's",
      { HIVEWIRE_VERSION: "1.2.3" },
      "npx token=|--yes|@hivewire/cli@1.2.3|diff|--format|github",
    ],
  ];
  it.each(rows)("%s", async (_title, env, want) => {
    await using project = await createProject();
    expect((await runAction(project, env)).calls).toContain(want);
  });

  it("leaves the check out when it is not asked for", async () => {
    await using project = await createProject();
    const { calls } = await runAction(project, { HIVEWIRE_CHECK: "false" });
    expect(calls.some((call) => call.includes("|check|"))).toBe(false);
  });

  const codes: readonly [check: string, diff: string, want: number][] = [
    ["0", "1", 1],
    ["1", "0", 1],
    ["2", "1", 2],
    ["0", "70", 70],
  ];
  it.each(codes)(
    "with %s of check and %s of diff ends with %s, and still reports",
    async (check, diff, want) => {
      await using project = await createProject();
      const { code, summary, output } = await runAction(project, { CHECK_CODE: check, DIFF_CODE: diff });
      expect(code).toBe(want);
      expect(summary).toContain("report");
      expect(output).toBe(`exit-code=${want}\n`);
    },
  );

  const list = "gh token=secret|api|--paginate|repos/acme/app/issues/7/comments?per_page=100|--jq|";
  const post =
    "gh token=secret|api|--silent|--method|POST|repos/acme/app/issues/7/comments|--field|body=@<report>";
  const patch = (id: number): string =>
    `gh token=secret|api|--silent|--method|PATCH|repos/acme/app/issues/comments/${id}|--field|body=@<report>`;
  const comments: readonly [title: string, env: Record<string, string>, want: readonly string[]][] = [
    ["writes a comment where there is none", {}, [post]],
    ["updates the earlier comment", { COMMENTS: "11" }, [patch(11)]],
    [
      "writes anew where the earlier one is somebody else's",
      { COMMENTS: "11 12", PATCH_CODE: "1" },
      [patch(11), patch(12), post],
    ],
  ];
  it.each(comments)("%s", async (_title, env, want) => {
    await using project = await createProject();
    const { calls } = await runAction(project, { HIVEWIRE_PULL_REQUEST: "7", ...env });
    const asked = calls.filter((call) => call.startsWith("gh"));
    expect(asked[0]).toMatch(list);
    expect(asked.slice(1)).toEqual(want);
  });

  it("warns, and does not fail, when it may not write the comment", async () => {
    await using project = await createProject();
    const { code, out } = await runAction(project, { HIVEWIRE_PULL_REQUEST: "7", POST_CODE: "1" });
    expect(code).toBe(0);
    expect(out).toMatch(/^::warning title=hivewire diff::The comment could not be written/m);
  });

  it("writes no comment when none is asked for", async () => {
    await using project = await createProject();
    const { calls } = await runAction(project, { HIVEWIRE_PULL_REQUEST: "7", HIVEWIRE_COMMENT: "false" });
    expect(calls.every((call) => call.startsWith("npx"))).toBe(true);
  });

  it("hands its inputs to the script as variables alone", async () => {
    const text = await readFile(new URL("action.yml", action), "utf8");
    const runs = text.split("\n").filter((line) => /^\s*run:/.test(line));
    expect(runs).toEqual(['      run: bash "$HIVEWIRE_ACTION/diff.sh"']);
  });
});
