import { dirname, join, parse, relative, resolve } from "node:path";
import { type Target, targets } from "@hivewire/codegen";
import { CliError } from "./cli-error.js";
import { type DiffSettings, readDiff } from "./config-diff.js";
import { type LintSettings, readLint } from "./config-lint.js";
import { configFile, itemsOf, membersOf, oneOf, refuseUnknown, textOf } from "./config-readers.js";
import { defaults } from "./defaults.js";
import { exists, portable, readText } from "./files.js";

/** Flags that every command on a schema takes. */
export interface ProjectFlags {
  readonly schema?: string | undefined;
  readonly out?: string | undefined;
}

/** Where things are, after flags, configuration and defaults. */
export interface Project {
  /** Folder that the schema's name starts from, absolute. */
  readonly basePath: string;
  /** Schema file, absolute. */
  readonly schemaPath: string;
  /** Output folder, absolute. */
  readonly outPath: string;
  /** The schema's name in headers and messages: the same whatever the working folder. */
  readonly schemaName: string;
  /** The command that makes the folder anew, for headers and messages. */
  readonly command: string;
  /** Files beside types, validators and the contract value. */
  readonly targets: readonly Target[];
  /** Whether `format` refuses values. */
  readonly assertFormats: boolean;
  readonly lint: LintSettings;
  readonly diff: DiffSettings;
  /** Folder of the configuration, absolute; undefined where there is none, or where it is of another contract. */
  readonly root: string | undefined;
}

type Settings = Pick<Project, "targets" | "assertFormats" | "lint" | "diff"> & {
  readonly schema: string | undefined;
  readonly out: string | undefined;
  readonly command: string | undefined;
};

const noSettings: Settings = {
  schema: undefined,
  out: undefined,
  command: undefined,
  targets: [],
  assertFormats: false,
  lint: readLint(undefined),
  diff: readDiff(undefined),
};

function parseConfig(text: string): Settings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliError("invalid_config", `Failed to read ${configFile}: it is not JSON. Please mend it.`, {
      cause,
    });
  }
  const members = membersOf(value, configFile);
  const known = ["$schema", "schema", "out", "command", "targets", "formats", "lint", "diff"];
  refuseUnknown(members, known, "");
  const path = (key: string): string | undefined =>
    members.has(key) ? textOf(members.get(key), key) : undefined;
  const formats = members.get("formats") ?? "annotate";
  return {
    schema: path("schema"),
    out: path("out"),
    command: path("command"),
    targets: itemsOf(members.get("targets"), "targets").map((name) => oneOf(name, targets, "targets")),
    assertFormats: oneOf(formats, ["annotate", "assert"] as const, "formats") === "assert",
    lint: readLint(members.get("lint")),
    diff: readDiff(members.get("diff")),
  };
}

/** The configuration in a folder or above it, and where it stands. */
export async function findConfig(
  cwd: string,
): Promise<{ readonly root: string; readonly settings: Settings } | undefined> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, configFile);
    if (await exists(path)) return { root: folder, settings: parseConfig(await readText(path)) };
    if (folder === parse(folder).root) return undefined;
  }
}

/**
 * Finds schema and output folder: flags first, then `hivewire.json`, then the defaults.
 * @throws CliError `invalid_config`
 */
export async function findProject(cwd: string, flags: ProjectFlags): Promise<Project> {
  const config = await findConfig(cwd);
  const root = config?.root ?? cwd;
  const configured = resolve(root, config?.settings.schema ?? defaults.schema);
  const schemaPath = flags.schema ? resolve(cwd, flags.schema) : configured;
  // What is said of one contract is not meant for another.
  const isConfigured = config !== undefined && schemaPath === configured;
  const { out, command, schema: _, ...settings } = isConfigured ? config.settings : noSettings;
  const rest = { ...settings, root: isConfigured ? root : undefined };
  const outPath = flags.out ? resolve(cwd, flags.out) : resolve(root, out ?? defaults.out);
  if (config && !flags.schema && !flags.out) {
    const schemaName = portable(relative(root, schemaPath));
    return {
      ...rest,
      basePath: root,
      schemaPath,
      outPath,
      schemaName,
      command: command ?? "npx hivewire generate",
    };
  }
  const fromOut = portable(relative(outPath, schemaPath));
  return {
    ...rest,
    basePath: outPath,
    schemaPath,
    outPath,
    schemaName: fromOut,
    command: `npx hivewire generate --schema ${fromOut} --out .`,
  };
}
