import type { Json } from "@hivewire/codegen";
import { type Item, not, signed } from "../formula/node.js";
import { type Answer, empty, firstOf, found, unknown } from "./answer.js";
import type { Branch } from "./branch.js";
import { fresh, type Group } from "./fresh-names.js";
import { holds } from "./holds.js";
import { onlyKey } from "./listed.js";
import type { Solver } from "./solver.js";

/** A member that there has to be, somewhere among the names. */
interface Existing {
  readonly names: Item;
  readonly value: Item;
}

/** What the literals about objects ask for. */
interface Wanted {
  readonly required: Map<string, Item[]>;
  readonly absent: Set<string>;
  /** Keys that something is said of by themselves, in the order of the schema. */
  readonly known: Set<string>;
  /** Rules for members, by the set of names they are about. */
  readonly groups: Map<number, Group>;
  readonly existing: Existing[];
  /** Names that a sender may send: those that close the object, and those that are only asked for. */
  readonly declared: Item[];
  readonly asked: Item[];
  isClosed: boolean;
  least: number;
  most: number;
}

/** Most members that a witness is filled up to. */
const maxMembers = 500;

/** Most members that are looked for by rules alone. */
const maxExisting = 6;

function read(literals: readonly Item[]): Wanted {
  const wanted: Wanted = {
    required: new Map(),
    absent: new Set(),
    known: new Set(),
    groups: new Map(),
    existing: [],
    declared: [],
    asked: [],
    isClosed: false,
    least: 0,
    most: Number.POSITIVE_INFINITY,
  };
  for (const { node, positive } of [...literals].sort((a, b) => a.node.id - b.node.id)) {
    if (node.kind === "has") {
      wanted.known.add(node.key);
      if (!positive) wanted.absent.add(node.key);
      else if (!wanted.required.has(node.key)) wanted.required.set(node.key, []);
    } else if (node.kind === "minProperties") {
      if (positive) wanted.least = Math.max(wanted.least, node.least);
      else wanted.most = Math.min(wanted.most, node.least - 1);
    } else if (node.kind === "declares") (node.closes ? wanted.declared : wanted.asked).push(node.names);
    else if (node.kind === "closed") wanted.isClosed = true;
    else if (node.kind === "member") {
      const key = onlyKey(node.names);
      if (key !== undefined) wanted.known.add(key);
      if (positive) {
        const group = wanted.groups.get(signed(node.names)) ?? { names: node.names, values: [], key };
        group.values.push(node.value);
        wanted.groups.set(signed(node.names), group);
      } else if (key === undefined) wanted.existing.push({ names: node.names, value: not(node.value) });
      else wanted.required.set(key, [...(wanted.required.get(key) ?? []), not(node.value)]);
    }
  }
  return wanted;
}

/** An object that meets the literals of a branch. */
export function solveObject(solver: Solver, branch: Branch): Answer {
  const wanted = read(branch.literals);
  if (wanted.least > wanted.most || wanted.required.size > wanted.most) return empty;
  if (wanted.least > maxMembers) return unknown(`it needs over ${maxMembers} members`);
  if (wanted.existing.length > maxExisting)
    return unknown(`it asks for over ${maxExisting} members by rules`);
  // A sender of declared properties sends no others, unless the schema declares none and so describes a map.
  const allowed =
    wanted.isClosed && wanted.declared.length > 0
      ? solver.formulas.any([...wanted.declared, ...wanted.asked])
      : solver.formulas.always;
  return new ObjectSearch(solver, wanted, allowed, branch.doubt).run();
}

class ObjectSearch {
  readonly #groups: readonly Group[];
  /** Groups of one name, by that name, and the others. */
  readonly #named = new Map<string, Group>();
  readonly #shared: readonly Group[];
  /** Why the object that was found may not be one. */
  #unsure: string | undefined;
  /** Whether choosing one name for a member may have left too few for others. */
  #isTight = false;

  constructor(
    readonly solver: Solver,
    readonly wanted: Wanted,
    readonly allowed: Item,
    readonly doubt: string | undefined,
  ) {
    this.#groups = [...wanted.groups.values()];
    this.#shared = this.#groups.filter(({ key }) => key === undefined);
    for (const group of this.#groups) if (group.key !== undefined) this.#named.set(group.key, group);
  }

  run(): Answer {
    const answer = this.#run();
    // Rules that may not be about a name were taken to be.
    if (answer.kind !== "empty" || this.#unsure === undefined) return answer;
    return unknown(this.solver.isSpent ? this.solver.spentReason : this.#unsure);
  }

  #run(): Answer {
    // What was denied is the likeliest to have no value: it is asked first.
    const keys = [...this.wanted.required].sort(([, a], [, b]) => b.length - a.length);
    const members = new Map<string, Item[]>();
    let open: Answer = empty;
    for (const [key, extra] of keys) {
      const items = this.#member(key, extra);
      if (!items) return empty;
      members.set(key, items);
      const answer = this.solver.solve(items);
      if (answer.kind === "empty") return empty;
      if (answer.kind === "unknown") open = answer;
    }
    if (open.kind === "unknown") return open;
    const answer = this.#place(0, members);
    const isSure = answer.kind !== "empty" || this.wanted.existing.length < 2;
    return isSure || !this.#isTight ? answer : unknown("members compete for names");
  }

  /** Everything that is asked of the member with that key; undefined when there must be none. */
  #member(key: string, extra: readonly Item[]): Item[] | undefined {
    if (this.wanted.absent.has(key) || holds(this.allowed, key, this.solver.effort) === false)
      return undefined;
    const items = [...extra, ...(this.#named.get(key)?.values ?? [])];
    for (const { names, values } of this.#shared) {
      const isNamed = holds(names, key, this.solver.effort);
      if (isNamed !== false) items.push(...values);
      if (isNamed === undefined) this.#unsure ??= "which rules a name falls under is not modelled";
    }
    return items;
  }

  /** Finds a place for each member that is asked for by rules: with a key that is there, one that is known, or a new one. */
  #place(index: number, members: ReadonlyMap<string, Item[]>): Answer {
    const existing = this.wanted.existing[index];
    if (!existing) return this.#finish(members);
    const { names, value } = existing;
    const ways: (() => Answer)[] = [];
    const keys = new Set([...members.keys(), ...this.wanted.known]);
    for (const key of keys) {
      const isNamed = holds(names, key, this.solver.effort);
      if (isNamed === false) continue;
      if (isNamed === undefined) this.#unsure ??= "which names a rule is about is not modelled";
      const items = members.get(key) ?? this.#member(key, []);
      if (!items) continue;
      ways.push(() => this.#with(index, members, key, [...items, value]));
    }
    ways.push(() => this.#fresh(index, members, names, value));
    return firstOf(ways);
  }

  #with(index: number, members: ReadonlyMap<string, Item[]>, key: string, items: Item[]): Answer {
    if (!members.has(key) && members.size + 1 > this.wanted.most) return empty;
    const answer = this.solver.solve(items);
    if (answer.kind !== "value") return answer;
    return this.#place(index + 1, new Map([...members, [key, items]]));
  }

  #fresh(index: number, members: ReadonlyMap<string, Item[]>, names: Item, value: Item): Answer {
    if (members.size + 1 > this.wanted.most) return empty;
    const used = [...this.wanted.known, ...members.keys()];
    const regions = fresh(this.solver, [names, this.allowed], this.#groups, used);
    return firstOf(
      regions.map((region) => () => {
        if (region.kind === "unknown") return unknown(region.reason);
        const items = [...region.values, value];
        const answer = this.solver.solve(items);
        if (answer.kind !== "value") return answer;
        const { names: found, complete } = region.names(this.wanted.existing.length + 1);
        const [name] = found;
        this.#isTight ||= complete || Number.isFinite(this.wanted.most);
        if (name === undefined) return unknown("no name was found for a member");
        return this.#with(index, members, name, items);
      }),
    );
  }

  /** Fills up to the least number of members, and writes the object. */
  #finish(members: ReadonlyMap<string, Item[]>): Answer {
    const filled = new Map(members);
    let isComplete = true;
    for (const key of this.wanted.known) {
      if (filled.size >= this.wanted.least) break;
      const items = filled.has(key) ? undefined : this.#member(key, []);
      const answer = items ? this.solver.solve(items) : empty;
      if (items && answer.kind === "value") filled.set(key, items);
      if (answer.kind === "unknown") isComplete = false;
    }
    if (filled.size < this.wanted.least) {
      const used = [...this.wanted.known, ...filled.keys()];
      for (const region of fresh(this.solver, [this.allowed], this.#groups, used)) {
        const missing = this.wanted.least - filled.size;
        if (missing <= 0) break;
        if (region.kind === "unknown") {
          isComplete = false;
          continue;
        }
        const answer = this.solver.solve(region.values);
        if (answer.kind === "empty") continue;
        if (answer.kind === "unknown") isComplete = false;
        else {
          const { names, complete } = region.names(missing);
          for (const name of names) filled.set(name, [...region.values]);
          if (names.length < missing && !complete) isComplete = false;
        }
      }
      if (filled.size < this.wanted.least)
        // Whichever names were chosen before, there are no more of them.
        return isComplete ? empty : unknown("too few members were found");
    }
    return this.#write(filled);
  }

  #write(members: ReadonlyMap<string, Item[]>): Answer {
    const order = [...this.wanted.known].filter((key) => members.has(key));
    const entries: (readonly [string, Json])[] = [];
    let doubt = this.doubt ?? this.#unsure;
    for (const key of new Set([...order, ...members.keys()])) {
      const answer = this.solver.solve(members.get(key) ?? []);
      if (answer.kind !== "value") return answer;
      doubt ??= answer.doubt;
      entries.push([key, answer.value]);
    }
    return found(Object.fromEntries(entries), doubt);
  }
}
