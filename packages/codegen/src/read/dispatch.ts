import type { Json } from "../json.js";
import type { Dispatch, Match, Route, Tag, Within } from "../model.js";
import { type BranchTag, branchTag, candidateKeys, type Key } from "./branch-tags.js";
import type { Place } from "./references.js";

/** How messages are told apart. */
export interface Discrimination {
  /** The key that names every message; null when none does. */
  readonly discriminator: Key | null;
  /** One per branch, in their order. */
  readonly matches: readonly Match[];
  readonly route: Route;
}

/** Levels of discriminators: `type`, then `event`, then one more. */
const maxLevels = 3;

/** Most branches for which a second key is looked for. */
const maxBranches = 2_000;

/** Whether the branch could accept a value whose key has this value. */
function accepts(tag: BranchTag, value: Tag): boolean {
  if (tag.refused.has(value)) return false;
  if (tag.values) return tag.values.includes(value);
  if (typeof value !== "string") return !tag.textOnly;
  return tag.pattern === undefined || new RegExp(tag.pattern, "u").test(value);
}

const leaf = (indexes: readonly number[]): Route => ({ kind: "messages", indexes });

/** Largest number of branches that stay together after looking at the key. */
function worstGroup(tags: readonly BranchTag[], values: readonly Tag[]): number {
  const groups = values.map((value) => tags.filter((tag) => accepts(tag, value)).length);
  const rest = tags.filter((tag) => !tag.values).length;
  return Math.max(rest, ...groups, tags.filter((tag) => !tag.required).length);
}

function isNamed(tag: BranchTag | undefined): boolean {
  return tag?.required === true && (tag.values !== undefined || tag.pattern !== undefined);
}

class Router {
  readonly #tags = new Map<Key, readonly BranchTag[]>();

  constructor(
    readonly root: Json,
    readonly branches: readonly Place[],
  ) {}

  tags(key: Key): readonly BranchTag[] {
    const known = this.#tags.get(key);
    if (known) return known;
    const tags = this.branches.map((branch) => branchTag(this.root, branch, key));
    this.#tags.set(key, tags);
    return tags;
  }

  route(indexes: readonly number[], used: readonly Key[]): Route {
    if (used.length >= maxLevels || this.branches.length > maxBranches) return leaf(indexes);
    if (indexes.length < 2 && used.length > 0) return leaf(indexes);
    const key = this.#bestKey(indexes, used);
    if (key === undefined) return leaf(indexes);
    const tags = this.tags(key);
    const of = (keep: (tag: BranchTag) => boolean): readonly number[] =>
      indexes.filter((index) => {
        const tag = tags[index];
        return tag !== undefined && keep(tag);
      });
    const values = [...new Set(of(() => true).flatMap((index) => tags[index]?.values ?? []))];
    const next = [...used, key];
    const dispatch: Dispatch = {
      key,
      cases: values.map((value) => ({
        value,
        to: this.route(
          of((tag) => accepts(tag, value)),
          next,
        ),
      })),
      rest: this.route(
        of((tag) => !tag.values),
        next,
      ),
      absent: leaf(of((tag) => !tag.required)),
      other: leaf(of((tag) => !tag.container)),
    };
    return { kind: "dispatch", dispatch };
  }

  /** The key after which the largest group is smallest; keys that name every branch come first. */
  #bestKey(indexes: readonly number[], used: readonly Key[]): Key | undefined {
    const branches = indexes.flatMap((index) => this.branches[index] ?? []);
    let best: { key: Key; worst: number; namesAll: boolean } | undefined;
    for (const key of candidateKeys(this.root, branches)) {
      if (used.includes(key)) continue;
      const tags = indexes.flatMap((index) => this.tags(key)[index] ?? []);
      const values = [...new Set(tags.flatMap((tag) => tag.values ?? []))];
      if (values.length === 0) continue;
      const worst = worstGroup(tags, values);
      const namesAll = tags.every(isNamed);
      const isBetter = !best || (namesAll === best.namesAll ? worst < best.worst : namesAll);
      // A key that names every branch alike separates nothing.
      if (isBetter && (worst < indexes.length || namesAll)) best = { key, worst, namesAll };
      if (worst <= 1 && namesAll) break;
    }
    return best?.key;
  }
}

const nonEmpty = (values: readonly Tag[] | undefined): readonly [Tag, ...Tag[]] | undefined => {
  const [first, ...rest] = values ?? [];
  return first === undefined ? undefined : [first, ...rest];
};

/** The further levels that lead to one message alone; undefined when they do not. */
function withinOf(router: Router, route: Route | undefined, index: number): Within | undefined {
  if (route?.kind !== "dispatch") return undefined;
  const { key, cases } = route.dispatch;
  const tag = router.tags(key)[index];
  const values = nonEmpty(tag?.values);
  if (!values || !tag?.required) return undefined;
  const next = cases.filter(({ value }) => values.includes(value)).map(({ to }) => to);
  if (next.every((to) => to.kind === "messages" && to.indexes.length === 1)) return { key, values };
  const within = withinOf(router, next[0], index);
  return within && { key, values, within };
}

function matchesOf(router: Router, dispatch: Dispatch): readonly Match[] | undefined {
  const tags = router.tags(dispatch.key);
  const constants = tags.flatMap((tag) => tag.values ?? []);
  const matches = tags.map((tag, index): Match | undefined => {
    if (!tag.required) return undefined;
    const values = nonEmpty(tag.values);
    if (values) {
      const shared = values.some((value) => constants.filter((other) => other === value).length > 1);
      if (!shared) return { kind: "constant", values };
      const within = withinOf(router, dispatch.cases.find(({ value }) => value === values[0])?.to, index);
      return within && { kind: "constant", values, within };
    }
    if (tag.pattern === undefined) return undefined;
    const expression = new RegExp(tag.pattern, "u");
    const overlaps = constants.filter((value) => typeof value === "string" && expression.test(value));
    return { kind: "pattern", pattern: tag.pattern, overlaps: overlaps.map(String) };
  });
  const found = matches.filter((match) => match !== undefined);
  return found.length === matches.length ? found : undefined;
}

/**
 * Finds what tells the branches apart: constants, enums and patterns of a property or of a tuple's item, one
 * within the other where the first does not suffice. Every branch that could accept a frame is on its route.
 */
export function discriminate(root: Json, branches: readonly Place[]): Discrimination {
  const router = new Router(root, branches);
  const route = router.route(
    branches.map((_, index) => index),
    [],
  );
  const matches = route.kind === "dispatch" ? matchesOf(router, route.dispatch) : undefined;
  if (route.kind !== "dispatch" || !matches) {
    return { discriminator: null, matches: branches.map(() => ({ kind: "shape" })), route };
  }
  return { discriminator: route.dispatch.key, matches, route };
}

/** Whether no frame has more than one branch that could accept it. */
export function isExact(route: Route): boolean {
  if (route.kind === "messages") return route.indexes.length <= 1;
  const { cases, rest, absent, other } = route.dispatch;
  return [rest, absent, other, ...cases.map(({ to }) => to)].every(isExact);
}
