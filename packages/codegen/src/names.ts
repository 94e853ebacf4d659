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
  "Validate",
  "Validators",
]);

/** `agent_update`, `agent-update` and `agentUpdate` all become `AgentUpdate`. */
export function pascalCase(text: string): string {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const joined = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
  const name = joined.replace(/[^A-Za-z0-9]/g, "");
  return /^[A-Za-z]/.test(name) ? name : `Message${name}`;
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
