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

/** Reads `?contract_versions=1.1.0,1.0.0`: valid versions in the client's order, without doubles. */
export function parseVersionOffer(text: string | null | undefined): readonly string[] | undefined {
  if (text === null || text === undefined) return undefined;
  const parts = text.split(",", maxOfferedVersions).map((part) => part.trim());
  return [...new Set(parts.filter(isContractVersion))];
}

/** The agreed version, or what both sides would have to say about it. */
export type Negotiation =
  | { readonly agreed: true; readonly version: string }
  | { readonly agreed: false; readonly offered: readonly string[]; readonly supported: readonly string[] };

/**
 * Picks the newest version that both sides have. No offer (`undefined`) means a client from before
 * negotiation: it gets the oldest version that the server supports.
 * @param supported - the server's versions, newest first
 */
export function negotiateVersion(
  offered: readonly string[] | undefined,
  supported: readonly string[],
): Negotiation {
  const best =
    offered === undefined ? supported.at(-1) : supported.find((version) => offered.includes(version));
  return best === undefined
    ? { agreed: false, offered: offered ?? [], supported }
    : { agreed: true, version: best };
}
