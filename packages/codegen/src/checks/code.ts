/** Joins conditions that all have to hold. */
export function and(...conditions: readonly string[]): string {
  const left = [...new Set(conditions)].filter((condition) => condition !== "true");
  if (left.includes("false")) return "false";
  return left.length === 0
    ? "true"
    : left.length === 1
      ? (left[0] ?? "true")
      : left.map(grouped).join(" && ");
}

/** Joins conditions of which one has to hold. */
export function or(...conditions: readonly string[]): string {
  const left = [...new Set(conditions)].filter((condition) => condition !== "false");
  if (left.includes("true")) return "true";
  return left.length === 0 ? "false" : left.length === 1 ? (left[0] ?? "false") : `(${left.join(" || ")})`;
}

/** The opposite of a condition. */
export function not(condition: string): string {
  if (condition === "true") return "false";
  return condition === "false" ? "true" : `!(${condition})`;
}

/** A condition that can stand beside `&&`. */
function grouped(condition: string): string {
  return / \? /.test(condition) && !/^\(.*\)$/.test(condition) ? `(${condition})` : condition;
}

/** Exactly one of the conditions holds. */
export function exactlyOne(conditions: readonly string[]): string {
  const open = conditions.filter((condition) => condition !== "false");
  const [first = "false", second] = open;
  if (second === undefined) return first;
  return `${open.map((condition) => `+(${condition})`).join(" + ")} === 1`;
}

/** One condition or another, by a third. */
export function choose(condition: string, then: string, otherwise: string): string {
  if (condition === "true") return then;
  if (condition === "false") return otherwise;
  if (then === "true") return or(condition, otherwise);
  return otherwise === "true" ? or(not(condition), then) : `(${condition} ? ${then} : ${otherwise})`;
}

/** What the generated file consists of beside its exports: functions, constants and imports, each once. */
export class Code {
  readonly #names = new Set<string>();
  readonly #byBody = new Map<string, string>();
  readonly #declarations: string[] = [];
  readonly #imports = new Set<string>();

  /** Declared text, in the order in which it was first needed. */
  get declarations(): readonly string[] {
    return this.#declarations;
  }

  /** Names that are imported from the runtime. */
  get imports(): readonly string[] {
    return [...this.#imports].sort();
  }

  /** A name from the runtime. */
  use(name: string): string {
    this.#imports.add(name);
    return name;
  }

  /** A free name. What is generated begins with `$`, so that nothing global is hidden. */
  claim(stem: string): string {
    const base = `$${stem.replace(/[^A-Za-z0-9_]/g, "_")}`;
    let name = base;
    for (let count = 2; this.#names.has(name); count++) name = `${base}${count}`;
    this.#names.add(name);
    return name;
  }

  /** Declares under a name that was claimed. */
  declare(name: string, body: string): void {
    this.#declarations.push(`const ${name} = ${body};`);
  }

  /** The name of a declaration with that body; made when there is none. */
  shared(stem: string, body: string): string {
    const known = this.#byBody.get(body);
    if (known !== undefined) return known;
    const name = this.claim(stem);
    this.#byBody.set(body, name);
    this.declare(name, body);
    return name;
  }
}
