import type { Contract } from "@hivewire/protocol";

/** Changes whenever tabs of two releases of this package could not understand each other. */
export const sharingVersion = 1;

/**
 * The name under which tabs find each other. Tabs share only when everything in it is equal: the contract and the
 * versions it offers, whose credentials they use, and the URL without what each tab says for itself.
 */
export function sharingName({ name, identity }: Contract, scope: string, url: string): string {
  const target = new URL(url);
  target.searchParams.delete("subscriptions");
  target.searchParams.delete("access_token");
  return ["hivewire", sharingVersion, name, identity, scope, target.href].join(" ");
}
