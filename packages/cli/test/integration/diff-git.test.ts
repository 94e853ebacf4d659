import { execFile } from "node:child_process";
import { chmod } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { createColors } from "../../src/io.js";
import { runCommand } from "../../src/program.js";
import { fakeCompare } from "../support/fake-compare.js";
import { greetingContract } from "../support/greeting-contract.js";
import { createProject, type TestProject } from "../support/project.js";

vi.mock("@hivewire/compat", async (original) => ({
  ...(await original<typeof import("@hivewire/compat")>()),
  compareContracts: fakeCompare,
}));

const run = promisify(execFile);

interface Repository extends TestProject {
  readonly git: (...argv: string[]) => Promise<string>;
  readonly commit: () => Promise<void>;
}

const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];

async function createRepository(schema: string): Promise<Repository> {
  const project = await createProject(schema);
  const git = async (...argv: string[]): Promise<string> =>
    (await run("git", [...identity, ...argv], { cwd: project.folder })).stdout;
  await git("init", "--quiet", "--initial-branch", "main");
  const commit = async (): Promise<void> => {
    await git("add", "-A");
    await git("commit", "--quiet", "-m", "Commit");
  };
  await commit();
  return { ...project, git, commit };
}

interface Report {
  readonly comparisons: readonly {
    readonly older: { readonly label: string; readonly version: string };
    readonly gate: { readonly base: string; readonly verdict: string };
  }[];
}

const reportOf = async ({ run: runIn }: TestProject, ref: string): Promise<Report> =>
  JSON.parse((await runIn("diff", "--json", "--against", `git:${ref}`)).out);

describe("hivewire diff --against git:", () => {
  it("reads the schema as it was on a branch, a tag and a commit", async () => {
    await using repository = await createRepository(greetingContract());
    await repository.git("tag", "v1");
    await repository.write("messages.schema.json", greetingContract({ version: "1.1.0", members: ["mood"] }));
    const head = (await repository.git("rev-parse", "HEAD")).trim();
    for (const ref of ["main", "v1", "HEAD", head.slice(0, 12)]) {
      const [comparison] = (await reportOf(repository, ref)).comparisons;
      expect(comparison?.older).toEqual({ label: ref, version: "1.0.0" });
    }
  });

  it("reads a schema in a folder, and the files that it refers to, from the same commit", async () => {
    await using repository = await createRepository("{}");
    const text = '{"version":"1.0.0","oneOf":[{"$ref":"../parts/hello.json"}]}';
    const hello = {
      type: "object",
      properties: { type: { const: "hi" } },
      required: ["type"],
      description: "Hi.",
    };
    await repository.write("hivewire.json", '{"schema":"api/messages.schema.json"}');
    await repository.write("api/messages.schema.json", text);
    await repository.write("parts/hello.json", JSON.stringify(hello));
    await repository.commit();
    await repository.write("parts/hello.json", JSON.stringify({ ...hello, description: "Ho." }));
    const { out } = await repository.run("diff", "--json", "--against", "git:HEAD");
    const report: { comparisons: { bump: string }[] } = JSON.parse(out);
    expect(report.comparisons[0]?.bump).toBe("patch");
  });

  it("counts the step from the release before a draft on the branch", async () => {
    await using repository = await createRepository(greetingContract());
    await repository.run("release");
    await repository.write("messages.schema.json", greetingContract({ version: "1.1.0", members: ["mood"] }));
    await repository.commit();
    await repository.write(
      "messages.schema.json",
      greetingContract({ version: "1.1.0", members: ["mood", "tone"] }),
    );
    const [comparison] = (await reportOf(repository, "main")).comparisons;
    expect(comparison?.gate).toMatchObject({ base: "1.0.0", verdict: "fine" });
  });

  it("does not take a release that the working tree adds for one of the branch", async () => {
    await using repository = await createRepository(greetingContract());
    await repository.run("release");
    await repository.write("messages.schema.json", greetingContract({ version: "1.1.0", members: ["mood"] }));
    await repository.commit();
    await repository.write(
      "messages.schema.json",
      greetingContract({ version: "1.1.0", members: ["mood", "tone"] }),
    );
    await repository.run("release");
    const [comparison] = (await reportOf(repository, "main")).comparisons;
    expect(comparison?.gate).toMatchObject({ base: "1.0.0", verdict: "fine" });
  });

  const refused: readonly [title: string, ref: string, says: RegExp][] = [
    [
      "a ref that is not there",
      "origin/main",
      /Failed to read origin\/main with git: the repository has no such ref\. Please fetch it first/,
    ],
    ["a flag in place of a ref", "--output=x", /that is no name of a ref/],
    ["a path in place of a ref", "HEAD:messages.schema.json", /that is no name of a ref/],
    ["no ref", "", /that is no name of a ref/],
    ["a ref that is too long", "x".repeat(300), /that is no name of a ref/],
    ["a commit without the schema", "empty", /there is no such file in this folder/],
    ["a commit with a folder in its place", "folder", /git says/],
    ["a commit with a broken schema", "broken", /Failed to read the contract at broken/],
  ];
  it.each(refused)("refuses %s", async (_title, ref, says) => {
    await using repository = await createRepository("{");
    await repository.git("tag", "broken");
    await repository.git("rm", "--quiet", "messages.schema.json");
    await repository.commit();
    await repository.git("tag", "empty");
    await repository.write("messages.schema.json/a", "");
    await repository.commit();
    await repository.git("tag", "folder");
    await repository.git("rm", "--quiet", "-r", "messages.schema.json");
    await repository.write("messages.schema.json", greetingContract());
    const { code, err } = await repository.run("diff", "--against", `git:${ref}`);
    expect(err).toMatch(says);
    expect(code).toBe(ref === "broken" ? 1 : 2);
  });

  it("says that there is no repository", async () => {
    await using project = await createProject(greetingContract());
    const { code, err } = await project.run("diff", "--against", "git:main");
    expect(err).toMatch(/\[git_failed\] .* is in no git repository/);
    expect(code).toBe(2);
  });

  it("says that there is no git, and that git gave too much", async () => {
    await using project = await createProject(greetingContract());
    const runWith = async (path: string): Promise<string> => {
      let text = "";
      const err = (part: string): void => {
        text += part;
      };
      const io = { ...project.io, env: { PATH: path }, err, colors: createColors(false) };
      expect(await runCommand(["diff", "--against", "git:main"], io)).toBe(2);
      return text;
    };
    expect(await runWith(`${project.folder}/nowhere`)).toMatch(/there is no git on the PATH/);
    await project.write("bin/git", "#!/bin/sh\nexec /usr/bin/head -c 20000000 /dev/zero\n");
    await chmod(`${project.folder}/bin/git`, 0o755);
    expect(await runWith(`${project.folder}/bin`)).toMatch(/it is over the 16777216 bytes allowed/);
  });
});
