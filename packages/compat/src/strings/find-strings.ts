import { BoundReached, maxTexts } from "./bounds.js";
import { Collection } from "./collection.js";
import type { StringAnswer, StringConditions } from "./conditions.js";
import { type Diagram, never } from "./diagrams.js";
import { type ExploreOrder, explore } from "./explore.js";
import { prune } from "./prune.js";
import { ask, type Question } from "./question.js";
import { readPattern } from "./read-pattern.js";
import { findUnrestricted } from "./unrestricted.js";
import { textsBetween } from "./write-texts.js";

/** Why a search is not known to have found everything; undefined when it has. */
type Gap = string | undefined;

interface Search {
  readonly conditions: StringConditions;
  readonly question: Question;
  readonly collection: Collection;
}

/** Collects texts of one automaton; those with lone surrogates when there are too few others. */
function searchInOrder(
  { conditions, question, collection }: Search,
  from: Diagram,
  order: ExploreOrder,
): Gap {
  const { minLength, maxLength } = conditions;
  try {
    const graph = prune(explore(from, question.model, maxLength, order));
    const hasSurrogates = graph.edges.some((edges) => edges.some(({ kind }) => kind.surrogate));
    for (const withSurrogates of hasSurrogates ? [false, true] : [false]) {
      const end = collection.takeFrom(textsBetween(graph, { minLength, maxLength, withSurrogates }));
      if (end === "bound") return graph.missing ?? "longer strings are not written out";
    }
    return undefined;
  } catch (reason) {
    if (reason instanceof BoundReached) return reason.message;
    throw reason;
  }
}

function search(task: Search, from: Diagram): Gap {
  if (from === never) return undefined;
  const gap = searchInOrder(task, from, "breadth");
  if (gap !== undefined && task.collection.texts.length === 0) searchInOrder(task, from, "depth");
  return gap;
}

function findByAutomaton(conditions: StringConditions, wanted: number): StringAnswer {
  const question = ask(conditions);
  const collection = new Collection(conditions, question, wanted);
  const task: Search = { conditions, question, collection };
  const { likeliest, widest } = question;
  if (likeliest !== widest) search(task, likeliest);
  const gap = collection.isFull ? "there are more" : search(task, widest);
  const { texts } = collection;
  if (texts.length > 0) return { kind: "found", texts, complete: gap === undefined };
  return gap === undefined ? { kind: "none" } : { kind: "unknown", reason: gap };
}

/**
 * Decides whether any string meets all conditions, and gives up to `count` different ones (1 to 64), short and
 * readable first. Each one is checked with the engine's own regular expressions before it is given. `none` is a
 * proof; where a bound of `bounds.ts` is reached or a pattern has no model, the answer may be `unknown`.
 */
export function findStrings(conditions: StringConditions, count: number): StringAnswer {
  const { minLength, maxLength, matches, refuses } = conditions;
  const wanted = Math.min(Math.max(count, 1), maxTexts);
  if (minLength > maxLength) return { kind: "none" };
  if (matches.length + refuses.length === 0) {
    const answer = findUnrestricted(conditions, wanted);
    if (answer) return answer;
  }
  const broken = [...matches, ...refuses].find((source) => !readPattern(source).expression);
  if (broken !== undefined)
    return { kind: "unknown", reason: `the engine cannot run the pattern ${JSON.stringify(broken)}` };
  if (matches.some((source) => refuses.includes(source))) return { kind: "none" };
  try {
    return findByAutomaton(conditions, wanted);
  } catch (reason) {
    if (reason instanceof BoundReached) return { kind: "unknown", reason: reason.message };
    // The stack is the one bound that cannot be counted: a pattern of thousands of nested choices overflows it.
    if (reason instanceof RangeError)
      return { kind: "unknown", reason: "the patterns are nested too deeply" };
    throw reason;
  }
}
