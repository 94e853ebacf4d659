import { parseJsonSource } from "./json-source.js";
import type { Source } from "./source.js";
import { parseYamlSource } from "./yaml-source.js";

/** Parses a schema file by its name: `.yaml` and `.yml` are YAML, all else is JSON. */
export function parseSource(text: string, file: string): Source {
  return /\.ya?ml$/i.test(file) ? parseYamlSource(text, file) : parseJsonSource(text, file);
}
