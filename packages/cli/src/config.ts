import { dirname, join, parse, relative, resolve, sep } from "node:path";
import { CliError } from "./cli-error.js";
import { exists, readText } from "./files.js";

/** Name of the configuration file, looked for from the working folder upwards. */
const configFile = "hivewire.json";

/** Flags that every command on a schema takes. */
export interface ProjectFlags {
  readonly schema?: string | undefined;
  readonly out?: string | undefined;
}

/** Where things are, after flags, configuration and defaults. */
export interface Project {
  /** Schema file, absolute. */
  readonly schemaPath: string;
  /** Output folder, absolute. */
  readonly outPath: string;
  /** The schema's name in headers and messages: the same whatever the working folder. */
  readonly schemaName: string;
  /** The command that makes the folder anew, for headers and messages. */
  readonly command: string;
}

interface Config {
  readonly root: string;
  readonly schema: string | undefined;
  readonly out: string | undefined;
  readonly command: string | undefined;
}

const settings = ["schema", "out", "command"] as const;

/** Where a schema and its output are looked for when nothing says otherwise. */
export const defaults = { schema: "schemas/ws_messages.schema.json", out: "src/gen" } as const;

/** A path with forward slashes on every platform. */
function portable(path: string): string {
  return path.split(sep).join("/");
}

async function findConfig(cwd: string): Promise<Config | undefined> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, configFile);
    if (await exists(path)) return parseConfig(await readText(path), folder);
    if (folder === parse(folder).root) return undefined;
  }
}

function parseConfig(text: string, root: string): Config {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliError("invalid_config", `Failed to read ${configFile}: it is not JSON. Please mend it.`, {
      cause,
    });
  }
  const entries: readonly (readonly [string, unknown])[] =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : [["", value]];
  const read = new Map<string, string>();
  for (const [key, setting] of entries) {
    if (key === "$schema") continue;
    const known = settings.find((name) => name === key);
    if (!known || typeof setting !== "string" || setting === "") {
      throw new CliError(
        "invalid_config",
        `Failed to read ${configFile}: "${key.slice(0, 40)}" is not a setting with a text. Please use ${settings.join(", ")}.`,
      );
    }
    read.set(known, setting);
  }
  return { root, schema: read.get("schema"), out: read.get("out"), command: read.get("command") };
}

/**
 * Finds schema and output folder: flags first, then `hivewire.json`, then the defaults.
 * @throws CliError `invalid_config`
 */
export async function findProject(cwd: string, flags: ProjectFlags): Promise<Project> {
  const config = await findConfig(cwd);
  const root = config?.root ?? cwd;
  const schemaPath = flags.schema
    ? resolve(cwd, flags.schema)
    : resolve(root, config?.schema ?? defaults.schema);
  const outPath = flags.out ? resolve(cwd, flags.out) : resolve(root, config?.out ?? defaults.out);
  if (config && !flags.schema && !flags.out) {
    const schemaName = portable(relative(root, schemaPath));
    return { schemaPath, outPath, schemaName, command: config.command ?? "npx hivewire generate" };
  }
  const fromOut = portable(relative(outPath, schemaPath));
  return {
    schemaPath,
    outPath,
    schemaName: fromOut,
    command: `npx hivewire generate --schema ${fromOut} --out .`,
  };
}
