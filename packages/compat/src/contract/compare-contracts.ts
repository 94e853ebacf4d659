import type { Model } from "@hivewire/codegen";
import { InclusionChecker } from "../check-inclusion.js";
import { signed } from "../formula/node.js";
import type { SolverBounds } from "../solve/solver.js";
import { breakChanges } from "./break-changes.js";
import type { Bump, Change, Comparison, Verdict } from "./comparison.js";
import { compatibleChanges, quietMessages } from "./compatible-changes.js";
import { type Break, findBreaks } from "./find-breaks.js";
import { messageChanges } from "./message-changes.js";
import { documentationChanges, typescriptChanges } from "./other-planes.js";
import { type Policy, policyOf } from "./policy.js";
import { messageLabel, type Reader, readerOf } from "./reader.js";
import { renamedMessages } from "./renames.js";
import { type Labelled, type Sides, sidesOf } from "./sides.js";
import { topicChanges } from "./topic-changes.js";

/** A contract as it stood at some time. */
export interface ContractVersion {
  readonly model: Model;
  /** What a person calls it: `1.0.0`, `origin/main`, a path. */
  readonly label: string;
}

/** Choices of whoever compares. */
export interface CompareOptions {
  /** Called before each message is compared, with its name. */
  readonly onMessage?: (name: string) => void;
  /**
   * Ask both ways: also whether newer clients get along with the older server, for rollbacks and offline
   * clients that return. @default false
   */
  readonly full?: boolean;
  /** Bounds of each question. */
  readonly bounds?: Partial<SolverBounds>;
}

/** Everything that one side sends and the other refuses. */
export function breaksOf(
  checker: InclusionChecker,
  { sender, narrow, wide }: Pick<Sides, "sender" | "narrow" | "wide">,
  policy: Policy,
  onMessage: (name: string) => void = () => {},
): readonly Break[] {
  const declaredOnly = policy.undeclaredProperties === "never-sent";
  return narrow.reader.model.messages
    .filter((message) => message.sender === sender)
    .flatMap((message) => {
      onMessage(messageLabel(message));
      return findBreaks(checker, narrow.reader, wide.reader, message, declaredOnly);
    });
}

/** A checker for two contracts under a policy. */
export function checkerFor(policy: Policy, bounds: Partial<SolverBounds> = {}): InclusionChecker {
  return new InclusionChecker({ assertFormats: policy.formats === "asserted", bounds });
}

/** Whether all messages of two contracts accept the same frames, in whatever words. */
function isSameWire(checker: InclusionChecker, older: Reader, newer: Reader): boolean {
  const before = new Map(older.model.messages.map((message) => [messageLabel(message), message]));
  if (before.size !== newer.model.messages.length) return false;
  return newer.model.messages.every((message) => {
    const old = before.get(messageLabel(message));
    if (!old || old.sender !== message.sender) return false;
    const a = older.sent(old);
    const b = newer.sent(message);
    if (signed(a.judged.compiler.at(a.pointer, false)) === signed(b.judged.compiler.at(b.pointer, false)))
      return true;
    return checker.includes(a, b) && checker.includes(b, a);
  });
}

const order: readonly Verdict[] = ["breaking", "unproven", "compatible"];

/** What breaks first, then in the order of the schema's lines. */
function inOrder(a: Change, b: Change): number {
  return (
    order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column
  );
}

function bumpFor(changes: readonly Change[], isSame: boolean): Bump {
  if (changes.some(({ verdict }) => verdict !== "compatible")) return "major";
  if (changes.some(({ plane }) => plane === "typescript")) return "minor";
  if (changes.some(({ plane }) => plane === "wire") && !isSame) return "minor";
  return changes.length === 0 ? "none" : "patch";
}

/**
 * Compares two contracts: who breaks when servers move from the older to the newer one, what breaks no one, and which
 * step of the version says so. Nothing is called compatible without a proof, nor breaking without a frame that two
 * validators confirm; what could not be decided within the bounds is "unproven".
 * @throws CompatError `invalid_policy`
 */
export function compareContracts(
  older: ContractVersion,
  newer: ContractVersion,
  options: CompareOptions = {},
): Comparison {
  const policy = policyOf(older.model, newer.model);
  const checker = checkerFor(policy, options.bounds);
  const before: Labelled = { label: older.label, reader: readerOf(checker, older.model) };
  const now: Labelled = { label: newer.label, reader: readerOf(checker, newer.model) };
  const renames = renamedMessages(before.reader, now.reader);
  const loud = sidesOf(before, now, options.full ?? false).flatMap((sides) => {
    const breaks = breaksOf(checker, sides, policy, options.onMessage);
    return [...breakChanges(sides, breaks), ...messageChanges(sides, breaks, policy, renames)];
  });
  const wire = [
    ...loud,
    ...topicChanges(before, now),
    ...quietMessages(before, now, renames),
    ...compatibleChanges(before, now, loud),
  ];
  const others = [...typescriptChanges(before, now), ...documentationChanges(before, now)];
  const changes = [...wire, ...others].sort(inOrder);
  const isSame =
    wire.every(({ rule }) => rule !== "topic-added") &&
    loud.length === 0 &&
    isSameWire(checker, before.reader, now.reader);
  return {
    name: newer.model.name,
    older: { label: older.label, version: older.model.version },
    newer: { label: newer.label, version: newer.model.version },
    changes,
    bump: bumpFor(changes, isSame),
  };
}
