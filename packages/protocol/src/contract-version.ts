import { ProtocolError } from "./protocol-error.js";

/** The version of a server that says none (PROTOCOL.md, "Version negotiation"). */
export const unversioned = "1.0.0";

/** Longest `contract_versions` list that is read; the rest of a longer one is ignored. */
export const maxOfferedVersions = 16;

const versionPattern = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** Whether the text is `major.minor.patch` without pre-release or build parts. */
export function isContractVersion(text: string): boolean {
  return versionPattern.test(text);
}

function numbers(version: string): readonly number[] {
  const match = versionPattern.exec(version);
  if (!match) {
    throw new ProtocolError(
      "invalid_version",
      `Failed to read a contract version: expected major.minor.patch such as 1.1.0, received "${version.slice(0, 40)}".`,
    );
  }
  return match.slice(1).map(Number);
}

/**
 * Orders two contract versions: negative when `a` is older, 0 when equal, positive when newer.
 * @throws ProtocolError `invalid_version`
 */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a);
  const right = numbers(b);
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Whether two versions are one on the wire: a patch release changes words for people and nothing else, so that
 * `1.1.0` and `1.1.3` are the same version (docs/decisions/0013-patch-versions-are-one-version.md).
 * What is no version is the same as nothing else.
 */
export function isSameVersion(a: string, b: string): boolean {
  if (a === b) return true;
  const left = versionPattern.exec(a);
  const right = versionPattern.exec(b);
  return left !== null && right !== null && left[1] === right[1] && left[2] === right[2];
}

/** Reads `?contract_versions=1.1.0,1.0.0`: valid versions in the client's order, without doubles. */
export function parseVersionOffer(text: string | null | undefined): readonly string[] | undefined {
  if (text === null || text === undefined) return undefined;
  const parts = text.split(",", maxOfferedVersions).map((part) => part.trim());
  return [...new Set(parts.filter(isContractVersion))];
}

/** The agreed version, or what both sides would have to say about it. */
export type Negotiation =
  | {
      readonly agreed: true;
      /** The server's own name of the version that is spoken. */
      readonly version: string;
      /** The client's name of it, which the server answers with: the same but for the patch number. */
      readonly answer: string;
    }
  | { readonly agreed: false; readonly offered: readonly string[]; readonly supported: readonly string[] };

/**
 * Picks the newest version that both sides have; patch numbers do not count. No offer (`undefined`) means a client from
 * before negotiation: it gets the oldest version that the server supports.
 * @param supported - the server's versions, newest first
 */
export function negotiateVersion(
  offered: readonly string[] | undefined,
  supported: readonly string[],
): Negotiation {
  const nameOf = (version: string): string | undefined =>
    offered?.includes(version) ? version : offered?.find((name) => isSameVersion(name, version));
  const version =
    offered === undefined ? supported.at(-1) : supported.find((known) => nameOf(known) !== undefined);
  return version === undefined
    ? { agreed: false, offered: offered ?? [], supported }
    : { agreed: true, version, answer: nameOf(version) ?? version };
}
