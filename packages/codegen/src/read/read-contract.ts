import { isObject, isStringArray, type Json, type JsonObject, own } from "../json.js";
import type { Source } from "./source.js";

/** What `x-contract` says, with defaults where it says nothing. */
export interface ContractHeader {
  readonly name: string;
  readonly version: string;
  readonly topics: readonly string[];
  /** Released versions that no client speaks any more: they are not supported. */
  readonly retired: readonly string[];
}

const versionPattern = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Whether the text is a contract version: `major.minor.patch`. */
export function isVersion(text: string): boolean {
  return versionPattern.test(text);
}

/** Newest first. */
export function byVersionDescending(a: string, b: string): number {
  const numbers = (text: string): readonly number[] => text.split(".").map(Number);
  const left = numbers(a);
  const right = numbers(b);
  return [0, 1, 2].map((index) => (right[index] ?? 0) - (left[index] ?? 0)).find((d) => d !== 0) ?? 0;
}

/**
 * Reads an optional keyword of one kind.
 * @throws CodegenError `invalid_contract` when it has another
 */
export function readKeyword<T extends Json>(
  source: Source,
  place: { readonly pointer: string; readonly schema: JsonObject },
  keyword: string,
  expected: string,
  accepts: (value: Json) => value is T,
): T | undefined {
  const value = own(place.schema, keyword);
  if (value === undefined) return undefined;
  if (accepts(value)) return value;
  throw source.fail(
    "invalid_contract",
    `${place.pointer}/${keyword}`,
    `Failed to read ${keyword}: ${JSON.stringify(value)?.slice(0, 80)} is not ${expected}.`,
    expected,
  );
}

/** Accepts any string. */
export const isText = (value: Json): value is string => typeof value === "string";

/** Accepts `true` or a JSON pointer (RFC 6901) that is not the whole document. */
export const isCoalesce = (value: Json): value is true | string =>
  value === true || (isText(value) && /^(\/([^~/]|~[01])*)+$/.test(value));

/** Accepts `major.minor.patch`. */
export const isVersionText = (value: Json): value is string => isText(value) && isVersion(value);

/** Accepts an array of strings without doubles. */
export const isNameList = (value: Json): value is readonly string[] =>
  isStringArray(value) && new Set(value).size === value.length;

/** Accepts an array of versions without doubles. */
const isVersionList = (value: Json): value is readonly string[] =>
  isNameList(value) && value.every(isVersion);

/** Reads the root's `x-contract`, else `version` and `title` of a bare schema. */
export function readContractHeader(source: Source, root: JsonObject): ContractHeader {
  const whole = { pointer: "", schema: root };
  const header = readKeyword(source, whole, "x-contract", "an object with name and version", isObject);
  if (!header) {
    const version = own(root, "version");
    return {
      name: nameFromFile(source.file),
      version: typeof version === "string" && isVersion(version) ? version : "0.0.0",
      topics: [],
      retired: [],
    };
  }
  const place = { pointer: "/x-contract", schema: header };
  const version = readKeyword(source, place, "version", "a version such as 1.1.0", isVersionText) ?? "0.0.0";
  const isOlder = (value: Json): value is readonly string[] =>
    isVersionList(value) && !value.includes(version);
  return {
    name: readKeyword(source, place, "name", "a name", isText) ?? nameFromFile(source.file),
    version,
    topics: readKeyword(source, place, "topics", "a list of topic names without doubles", isNameList) ?? [],
    retired:
      readKeyword(
        source,
        place,
        "retired",
        "a list of versions without doubles, and without the contract's own",
        isOlder,
      ) ?? [],
  };
}

function nameFromFile(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? "";
  return base.replace(/(\.schema)?\.json$/, "") || "messages";
}
