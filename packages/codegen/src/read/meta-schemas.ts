import { createRequire } from "node:module";

/** Folder of Ajv's copies, by draft. */
const folders: Readonly<Record<string, string>> = {
  "2020-12": "json-schema-2020-12",
  "2019-09": "json-schema-2019-09",
};

const load: (name: string) => unknown = createRequire(import.meta.url);

/**
 * The text of a meta-schema of json-schema.org, from the copies that Ajv ships: nothing is fetched.
 * @returns undefined for any other address
 */
export function metaSchemaText(uri: string): string | undefined {
  const old = /^http:\/\/json-schema\.org\/draft-(07|06)\/schema$/.exec(uri)?.[1];
  if (old) return JSON.stringify(load(`ajv/dist/refs/json-schema-draft-${old}.json`));
  const match = /^https:\/\/json-schema\.org\/draft\/([\d-]+)\/(schema|meta\/[\w-]+)$/.exec(uri);
  const [, draft = "", name = ""] = match ?? [];
  const folder = Object.hasOwn(folders, draft) ? folders[draft] : undefined;
  if (!folder) return undefined;
  try {
    return JSON.stringify(load(`ajv/dist/refs/${folder}/${name}.json`));
  } catch {
    return undefined;
  }
}
