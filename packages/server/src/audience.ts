/** Members that get the same bytes: they speak the same version and have the same topics live. */
export interface AudienceGroup<Member> {
  readonly version: string;
  readonly topics: ReadonlySet<string>;
  readonly members: Set<Member>;
}

/** Who has which topics live, and in which version: what a publication walks over. */
export class Audience<Member> {
  readonly #groups = new Map<string, AudienceGroup<Member>>();
  readonly #groupOf = new Map<Member, string>();
  readonly #sizes = new Map<string, number>();

  /** Replaces a member's topics; an empty list takes it out. */
  set(member: Member, version: string, topics: readonly string[]): void {
    this.#remove(member);
    if (topics.length === 0) return;
    const key = JSON.stringify([version, ...topics]);
    const group = this.#groups.get(key) ?? { version, topics: new Set(topics), members: new Set<Member>() };
    group.members.add(member);
    this.#groups.set(key, group);
    this.#groupOf.set(member, key);
    for (const topic of group.topics) this.#sizes.set(topic, this.size(topic) + 1);
  }

  /** All groups; none is empty. */
  groups(): Iterable<AudienceGroup<Member>> {
    return this.#groups.values();
  }

  /** Number of members that have a topic live. */
  size(topic: string): number {
    return this.#sizes.get(topic) ?? 0;
  }

  #remove(member: Member): void {
    const key = this.#groupOf.get(member);
    const group = key === undefined ? undefined : this.#groups.get(key);
    if (key === undefined || !group) return;
    this.#groupOf.delete(member);
    group.members.delete(member);
    if (group.members.size === 0) this.#groups.delete(key);
    for (const topic of group.topics) this.#sizes.set(topic, this.size(topic) - 1);
  }
}
