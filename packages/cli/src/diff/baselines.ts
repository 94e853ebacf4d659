import { basename, dirname, relative, resolve } from "node:path";
import { isVersion, type Model, readModel } from "@hivewire/codegen";
import { CliError } from "../cli-error.js";
import type { Project } from "../config.js";
import { portable, readText } from "../files.js";
import type { Io } from "../io.js";
import { fromFolder, loadDocuments, type ReadDocument } from "../load-documents.js";
import { findReleases, isNewer, type Release } from "../releases.js";
import { openCommit } from "./git-files.js";

/** What a contract is compared with. */
export interface Baseline {
  /** What a person calls it: `1.0.0`, `origin/main`, a path. */
  readonly label: string;
  readonly model: Model;
  /** Version that the step of the newer contract is counted from. */
  readonly version: string;
}

/** Which baselines were asked for. */
export interface BaselineChoice {
  /** `git:<ref>`, a released version, or a file. */
  readonly against?: string | undefined;
  /** Every live release instead of the newest. */
  readonly transitive?: boolean | undefined;
}

/** What a release at that time is called in a repository's tree. */
const gitPrefix = "git:";

/** Reads an older contract; whatever is wrong with it is said of it by its label. */
async function readOlder(label: string, text: string, name: string, read: ReadDocument): Promise<Model> {
  try {
    return readModel({ ...(await loadDocuments(text, name, read)), file: name });
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const why = (cause instanceof Error ? cause.message : String(cause)).replace(/^\[\w+\] /, "");
    throw new CliError(
      "invalid_baseline",
      `Failed to read the contract at ${label}, which is compared with: ${why} Please choose another baseline with --against.`,
      { cause },
    );
  }
}

async function fromFile(label: string, path: string, basePath: string): Promise<Baseline> {
  const name = portable(relative(basePath, path));
  const model = await readOlder(label, await readText(path), name, fromFolder(basePath));
  return { label, model, version: model.version };
}

/**
 * Reads a released contract.
 * @throws CliError when it cannot be read
 */
export async function readRelease({ version, path }: Release, { basePath }: Project): Promise<Baseline> {
  return { ...(await fromFile(version, path, basePath)), version };
}

/** Versions on a branch that are not released are drafts: the step is counted from the release before them. */
function countedFrom(version: string, released: readonly string[]): string {
  const older = released.filter((candidate) => isVersion(candidate) && !isNewer(candidate, version));
  const [first = version] = older;
  return older.reduce((newest, candidate) => (isNewer(candidate, newest) ? candidate : newest), first);
}

async function fromGit(ref: string, { schemaPath }: Project, io: Io): Promise<Baseline> {
  const name = basename(schemaPath);
  const commit = await openCommit(ref, { cwd: dirname(schemaPath), env: io.env });
  const text = await commit.read(name);
  if (text === undefined) {
    throw new CliError(
      "git_failed",
      `Failed to read ${name} at ${ref} with git: there is no such file in ${portable(relative(io.cwd, dirname(schemaPath))) || "this folder"}. Please choose a ref that has it.`,
    );
  }
  const model = await readOlder(ref, text, name, commit.read);
  return { label: ref, model, version: countedFrom(model.version, await commit.list("versions")) };
}

function unknownRelease(version: string, releases: readonly Release[]): CliError {
  const known = releases.map((release) => release.version).join(", ");
  return new CliError(
    "unknown_release",
    `Failed to compare with ${version}: it is not released. Please choose from ${known || "the releases, of which there is none yet"}.`,
  );
}

/**
 * The contracts that the project's is compared with, newest first; none when nothing is released yet.
 * Releases newer than the contract itself are left out.
 * @throws CliError when one cannot be read
 */
export async function findBaselines(
  project: Project,
  model: Model,
  { against, transitive = false }: BaselineChoice,
  io: Io,
): Promise<readonly Baseline[]> {
  if (against !== undefined && transitive) {
    throw new CliError(
      "usage",
      "Failed to compare: --transitive and --against exclude each other. Please give one of them.",
    );
  }
  if (against?.startsWith(gitPrefix)) return [await fromGit(against.slice(gitPrefix.length), project, io)];
  const releases = await findReleases(project.schemaPath);
  if (against !== undefined && isVersion(against)) {
    const release = releases.find(({ version }) => version === against);
    if (!release) throw unknownRelease(against, releases);
    return [await readRelease(release, project)];
  }
  if (against !== undefined) {
    const path = resolve(io.cwd, against);
    return [await fromFile(portable(against), path, dirname(path))];
  }
  const older = releases.filter(({ version }) => !isNewer(version, model.version));
  const chosen = transitive
    ? older.filter(({ version }) => !model.retired.includes(version))
    : older.slice(0, 1);
  return Promise.all(chosen.map((release) => readRelease(release, project)));
}
