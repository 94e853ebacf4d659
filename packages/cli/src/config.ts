import { dirname, join, parse, relative, resolve, sep } from "node:path";
import { type Level, lintRules, type Target, targets, type Waiver } from "@hivewire/codegen";
import { CliError } from "./cli-error.js";
import { defaults } from "./defaults.js";
import { exists, readText } from "./files.js";

/** Name of the configuration file, looked for from the working folder upwards. */
export const configFile = "hivewire.json";

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
  readonly lint: { readonly levels: Readonly<Record<string, Level>>; readonly waivers: readonly Waiver[] };
}

type Settings = Pick<Project, "targets" | "assertFormats" | "lint"> & {
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
  lint: { levels: {}, waivers: [] },
};

/** A path with forward slashes on every platform. */
function portable(path: string): string {
  return path.split(sep).join("/");
}

function wrong(place: string, expected: string): CliError {
  return new CliError(
    "invalid_config",
    `Failed to read ${configFile}: "${place.slice(0, 60)}" is not ${expected}. Please mend it.`,
  );
}

function membersOf(value: unknown, place: string): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(place, "an object");
  return new Map(Object.entries(value));
}

function itemsOf(value: unknown, place: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(place, "a list");
  return value;
}

function textOf(value: unknown, place: string): string {
  if (typeof value !== "string" || value === "") throw wrong(place, "a setting with a text");
  return value;
}

function oneOf<T extends string>(value: unknown, known: readonly T[], place: string): T {
  const found = known.find((name) => name === value);
  if (found === undefined) throw wrong(place, `one of ${known.join(", ")}`);
  return found;
}

function refuseUnknown(members: ReadonlyMap<string, unknown>, known: readonly string[], place: string): void {
  const unknown = [...members.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) throw wrong(`${place}${unknown}`, `a setting; known are ${known.join(", ")}`);
}

function readWaiver(value: unknown, place: string): Waiver {
  const members = membersOf(value, place);
  const keys = ["rule", "pointer", "owner", "reason", "expires"] as const;
  refuseUnknown(members, keys, `${place}.`);
  const expires = textOf(members.get("expires"), `${place}.expires`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires)) throw wrong(`${place}.expires`, "a day such as 2026-12-31");
  const pointer = members.get("pointer");
  return {
    rule: oneOf(
      members.get("rule"),
      lintRules.map(({ name }) => name),
      `${place}.rule`,
    ),
    pointer: pointer === "" ? "" : textOf(pointer, `${place}.pointer`),
    owner: textOf(members.get("owner"), `${place}.owner`),
    reason: textOf(members.get("reason"), `${place}.reason`),
    expires,
  };
}

function readLint(value: unknown): Project["lint"] {
  if (value === undefined) return noSettings.lint;
  const members = membersOf(value, "lint");
  refuseUnknown(members, ["rules", "waivers"], "lint.");
  const names = lintRules.map(({ name }) => name);
  const rules = membersOf(members.get("rules") ?? {}, "lint.rules");
  const levels = [...rules].map(([name, level]) => {
    oneOf(name, names, `lint.rules.${name}`);
    return [name, oneOf(level, ["error", "warning", "off"] as const, `lint.rules.${name}`)] as const;
  });
  const waivers = itemsOf(members.get("waivers"), "lint.waivers");
  return {
    levels: Object.fromEntries(levels),
    waivers: waivers.map((waiver, index) => readWaiver(waiver, `lint.waivers[${index}]`)),
  };
}

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
  const known = ["$schema", "schema", "out", "command", "targets", "formats", "lint"];
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
  const settings = config && schemaPath === configured ? config.settings : noSettings;
  const { out, command, schema: _, ...rest } = settings;
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
