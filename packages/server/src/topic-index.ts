/** Which members have which topics live; what a publish walks over. */
export class TopicIndex<Member> {
  readonly #members = new Map<string, Set<Member>>();

  /** Replaces a member's topics; an empty list takes it out. */
  set(member: Member, topics: readonly string[]): void {
    const wanted = new Set(topics);
    for (const [topic, members] of this.#members) {
      if (!wanted.has(topic) && members.delete(member) && members.size === 0) this.#members.delete(topic);
    }
    for (const topic of wanted) {
      const members = this.#members.get(topic) ?? new Set();
      this.#members.set(topic, members.add(member));
    }
  }

  /** Members of a topic, in the order in which they came. */
  of(topic: string): Iterable<Member> {
    return this.#members.get(topic) ?? [];
  }

  /** Number of members of a topic. */
  size(topic: string): number {
    return this.#members.get(topic)?.size ?? 0;
  }
}
