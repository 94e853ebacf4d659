/** Names that generated modules use themselves. */
const reserved: ReadonlySet<string> = new Set([
  "ClientMessage",
  "ServerMessage",
  "Message",
  "MessageByType",
  "MessageByPattern",
  "MessageByTopic",
  "RepliesByType",
  "Matching",
  "Check",
  "Shape",
  "Validate",
  "Validator",
  "Validators",
]);

/**
 * `agent_update`, `agent-update` and `agentUpdate` all become `AgentUpdate`; accents go, and a letter after a
 * digit is large: names that json-schema-to-typescript leaves as they are.
 */
export function pascalCase(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "");
  const words = plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
  const name = /^[A-Za-z]/.test(joined) ? joined : `Message${joined}`;
  return name.replace(/\d[a-z]/g, (match) => match.toUpperCase());
}

/** Gives out identifiers, each once: a taken one gets a number. */
export class NamePool {
  readonly #taken: Set<string>;

  constructor() {
    this.#taken = new Set(reserved);
  }

  /** The name itself when it is free, else with the first free number from 2 on. */
  claim(text: string): string {
    const base = pascalCase(text);
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) name = `${base}${count}`;
    this.#taken.add(name);
    return name;
  }
}
