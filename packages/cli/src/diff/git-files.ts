import { execFile } from "node:child_process";
import { CliError } from "../cli-error.js";
import { maxFileBytes } from "../files.js";
import type { ReadDocument } from "../load-documents.js";

/** Longest wait for one call of git, in milliseconds: a partial clone may have to fetch. */
const gitTimeoutMs = 30_000;

/** Longest name of a ref that is taken. */
const maxRefLength = 250;

/** Most bytes that git may say about what it could not do. */
const shownErrorLength = 300;

/** A commit whose files can be read. */
export interface GitCommit {
  /** Reads a file by its name relative to the folder that the commit was opened from. */
  readonly read: ReadDocument;
  /** Names of what a folder holds; none when there is no such folder. */
  readonly list: (folder: string) => Promise<readonly string[]>;
}

type Answer =
  | { readonly ok: true; readonly stdout: string }
  | { readonly ok: false; readonly stderr: string; readonly cause: Error };

interface Caller {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

function failed(what: string, why: string, mend: string, cause?: unknown): CliError {
  return new CliError(
    "git_failed",
    `Failed to ${what}: ${why}. Please ${mend}.`,
    cause === undefined ? undefined : { cause },
  );
}

/** Calls git without a shell; what it says is in English whatever the locale. */
function callGit(what: string, argv: readonly string[], { cwd, env }: Caller): Promise<Answer> {
  const options = {
    cwd,
    env: { ...env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" },
    maxBuffer: maxFileBytes,
    timeout: gitTimeoutMs,
  };
  return new Promise((resolve, reject) => {
    execFile("git", [...argv], options, (error, stdout, stderr) => {
      if (error === null) return resolve({ ok: true, stdout });
      if (error.code === "ENOENT")
        return reject(
          failed(what, "there is no git on the PATH", "install it, or compare with a file", error),
        );
      if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
        return reject(
          failed(what, `it is over the ${maxFileBytes} bytes allowed`, "choose another ref", error),
        );
      if (error.killed === true)
        return reject(
          failed(what, `git took over ${gitTimeoutMs} ms`, "fetch the ref, and try again", error),
        );
      if (/not a git repository/.test(stderr))
        return reject(failed(what, `${cwd} is in no git repository`, "call it inside one", error));
      return resolve({ ok: false, stderr, cause: error });
    });
  });
}

function unexpected(what: string, { stderr, cause }: Extract<Answer, { ok: false }>): CliError {
  const why = (stderr.trim().split("\n")[0] ?? "").slice(0, shownErrorLength).replace(/\.$/, "");
  return failed(what, `git says "${why}"`, "mend that", cause);
}

/** The path of a name for git: relative to the working folder, not to the top of the repository. */
function pathOf(name: string): string {
  return name.startsWith("../") ? name : `./${name}`;
}

/**
 * Finds the commit that a ref names. Its files are read from it even when the ref moves on.
 * @param ref - a branch, tag or commit, such as `origin/main`
 * @throws CliError `git_failed` without git, a repository, or that ref
 */
export async function openCommit(ref: string, caller: Caller): Promise<GitCommit> {
  const what = `read ${ref.slice(0, maxRefLength)} with git`;
  // A dash would make it a flag of git, and a colon a path.
  if (!/^[^-:\s][^:\s]*$/.test(ref) || ref.length > maxRefLength)
    throw failed(
      what,
      "that is no name of a ref",
      "give a branch, a tag or a commit, such as git:origin/main",
    );
  const found = await callGit(what, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`], caller);
  if (!found.ok && found.stderr.trim() !== "") throw unexpected(what, found);
  if (!found.ok)
    throw failed(what, "the repository has no such ref", "fetch it first (a shallow clone holds one commit)");
  const commit = found.stdout.trim();
  return {
    read: async (name) => {
      const reading = `read ${name} at ${ref} with git`;
      const file = await callGit(reading, ["cat-file", "blob", `${commit}:${pathOf(name)}`], caller);
      if (file.ok) return file.stdout;
      if (/does not exist in|exists on disk, but not in/.test(file.stderr)) return undefined;
      throw unexpected(reading, file);
    },
    list: async (folder) => {
      const listing = `list ${folder} at ${ref} with git`;
      const path = `${pathOf(folder)}/`;
      const tree = await callGit(listing, ["ls-tree", "--name-only", "-z", commit, path], caller);
      if (!tree.ok) throw unexpected(listing, tree);
      return tree.stdout.split("\0").flatMap((entry) => entry.split("/").at(-1) || []);
    },
  };
}
