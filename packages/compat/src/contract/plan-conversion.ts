import type {
  Conversion,
  ConversionPlan,
  ConversionStep,
  MessageConversion,
  MessageModel,
} from "@hivewire/codegen";
import { deepEqual } from "@hivewire/protocol";
import type { InclusionChecker, Side } from "../check-inclusion.js";
import { blame } from "../evaluate/blame.js";
import type { SolverBounds } from "../solve/solver.js";
import { breaksOf, type ContractVersion, checkerFor } from "./compare-contracts.js";
import type { Break } from "./find-breaks.js";
import { imageOf } from "./image.js";
import { isSameStep, mechanicalStep, merged } from "./mechanical-step.js";
import { policyOf } from "./policy.js";
import { type Reader, readerOf } from "./reader.js";
import { slotReasons } from "./slot-reasons.js";

/** Choices of whoever plans. */
export interface PlanOptions {
  /** Called before each message is looked at, with its name. */
  readonly onMessage?: (name: string) => void;
  /** Bounds of each question. */
  readonly bounds?: Partial<SolverBounds>;
}

/** Most steps that one message is converted by. */
const maxSteps = 40;

/** What one message is planned from. */
interface Question {
  readonly checker: InclusionChecker;
  readonly newer: Reader;
  readonly wide: Side;
  readonly message: MessageModel;
  readonly declaredOnly: boolean;
}

/** The frames after some steps, and whether properties that are not declared are known to be absent. */
interface Sent {
  readonly side: Side;
  readonly declaredOnly: boolean;
}

function after(
  { checker, newer, message, declaredOnly }: Question,
  steps: readonly ConversionStep[],
): Sent | undefined {
  let sent: Sent = { side: newer.sent(message), declaredOnly };
  for (const step of steps) {
    const image = imageOf(sent.side.judged.root, sent.side.pointer, step);
    if (!image) return undefined;
    const side = { judged: checker.document(image.root), pointer: image.pointer };
    sent = { side, declaredOnly: sent.declaredOnly && !image.isLoose };
  }
  return sent;
}

/**
 * Steps after which the older version accepts every frame of a message; undefined when none are found.
 *
 * Each answer of the checker about what is left names the next step. They are complete because the last answer is a
 * proof, and because the schema it is about accepts at least everything that the steps make of a frame: see `imageOf`.
 */
function provenSteps(question: Question): readonly ConversionStep[] | undefined {
  const { checker, newer, wide, message } = question;
  const steps: ConversionStep[] = [];
  while (steps.length <= maxSteps) {
    const found = merged(steps);
    const sent = after(question, found);
    if (!sent) return undefined;
    const result = checker.check(sent.side, wide, sent.declaredOnly);
    if (result.verdict === "included") return found;
    if (result.verdict === "unknown") return undefined;
    const refusal = blame(result.refusals);
    const { schema } = newer.model;
    const step =
      refusal && mechanicalStep({ schema, pointer: message.pointer, wide, frame: result.witness, refusal });
    if (!step || steps.some((known) => isSameStep(known, step))) return undefined;
    steps.push(step);
  }
  return undefined;
}

/** Whether the older version accepts no frame of a message at all. */
function isForeign({ checker, newer, wide, message, declaredOnly }: Question): boolean {
  const sent = newer.sent(message);
  checker.solver.restart();
  const both = [
    sent.judged.compiler.at(sent.pointer, declaredOnly),
    wide.judged.compiler.at(wide.pointer, false),
  ];
  return checker.solver.solve(both).kind === "empty";
}

function conversionOf(question: Question, older: Reader, breaks: readonly Break[]): Conversion {
  const { newer, wide, message } = question;
  if (breaks.length === 0) return { kind: "same" };
  const isUnknown = breaks.some(({ kind }) => kind === "unknown-message");
  if (older.candidates(message).length === 0 || (isUnknown && isForeign(question))) return { kind: "drop" };
  const steps = provenSteps(question);
  if (steps) return { kind: "steps", steps };
  const reasons = slotReasons(newer.model.schema, message, wide, breaks);
  return { kind: "slot", reasons, to: namesOf(older, message) };
}

/** Names of the older messages that a frame could become: those of its own type, where types tell messages apart. */
function namesOf(older: Reader, message: MessageModel): readonly string[] {
  const all = older.candidates(message);
  const same = all.filter(({ match }) => match.kind === "constant");
  const own = message.match.kind === "constant" && older.model.exact && same.length > 0 ? same : all;
  return own.map(({ name }) => name);
}

/** Messages of a contract that a frame's discriminator does not tell from a message. */
function confusable({ model, candidates }: Reader, message: MessageModel): readonly MessageModel[] {
  return candidates(message).filter(
    ({ match }) => !model.exact || (match.kind === "constant" && message.match.kind === "constant"),
  );
}

/** A conversion is found by the discriminator alone: messages that it does not tell apart have one conversion. */
function toldApart(
  newer: Reader,
  older: Reader,
  planned: ReadonlyMap<MessageModel, Conversion>,
): readonly MessageConversion[] {
  return [...planned].map(([message, conversion]) => {
    const { name, match } = message;
    const other = confusable(newer, message).find(
      (twin) => twin !== message && !deepEqual(planned.get(twin), conversion),
    );
    if (!other || conversion.kind === "slot") return { name, match, ...conversion };
    const reason = `A frame that is called so may also be \`${other.name}\`, which is converted in another way.`;
    return { name, match, kind: "slot", reasons: [reason], to: namesOf(older, message) };
  });
}

/**
 * Plans how the server's frames of a contract become those of an older version: nothing where the older version is proven to
 * accept them, no frame where it knows no such message, mechanical steps where what they make is proven to be accepted,
 * and a slot with its reasons for all else. The proofs are about frames that the newer contract accepts.
 * @throws CompatError `invalid_policy`
 */
export function planConversion(
  newer: ContractVersion,
  older: ContractVersion,
  options: PlanOptions = {},
): ConversionPlan {
  const policy = policyOf(older.model, newer.model);
  const checker = checkerFor(policy, options.bounds);
  const now = readerOf(checker, newer.model);
  const before = readerOf(checker, older.model);
  const declaredOnly = policy.undeclaredProperties === "never-sent";
  const narrow = { label: newer.label, reader: now };
  const wide = { label: older.label, reader: before };
  const breaks = breaksOf(checker, { sender: "server", narrow, wide }, policy, options.onMessage);
  const planned = new Map(
    newer.model.messages
      .filter(({ sender }) => sender === "server")
      .map((message) => {
        const question = { checker, newer: now, wide: before.reads(message), message, declaredOnly };
        const own = breaks.filter((found) => found.message === message);
        return [message, conversionOf(question, before, own)] as const;
      }),
  );
  return { version: older.label, model: older.model, messages: toldApart(now, before, planned) };
}
