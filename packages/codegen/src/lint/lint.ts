import type { SourceLocation } from "../codegen-error.js";
import { compareText } from "../literal.js";
import type { Model } from "../model.js";
import { messageRules } from "./message-rules.js";
import type { Level, Rule } from "./rule.js";
import { schemaRules } from "./schema-rules.js";

/** Every rule, in the order of their names. */
export const lintRules: readonly Rule[] = [...messageRules, ...schemaRules].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

/** Why a finding is accepted, by whom, and until when. */
export interface Waiver {
  readonly rule: string;
  /** The place, or one above it. */
  readonly pointer: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it counts, as `2026-12-31`. */
  readonly expires: string;
}

/** What is asked, and how much each answer weighs. */
export interface LintOptions {
  readonly levels?: Readonly<Record<string, Level>>;
  readonly waivers?: readonly Waiver[];
  /** Today, as `2026-11-23`. */
  readonly today: string;
}

/** One thing that a rule found. */
export interface LintFinding {
  readonly rule: string;
  readonly level: "error" | "warning";
  readonly message: string;
  readonly fix: string;
  readonly location: SourceLocation;
}

const covers = ({ rule, pointer }: Waiver, name: string, place: string): boolean =>
  rule === name && (place === pointer || place.startsWith(`${pointer}/`));

/**
 * Asks every rule that is not off. Waived findings are left out; a waiver that has expired is an error,
 * and one that covers nothing a warning.
 * @returns findings by file, line and column
 */
export function lint(
  model: Model,
  { levels = {}, waivers = [], today }: LintOptions,
): readonly LintFinding[] {
  const used = new Set<Waiver>();
  const findings = lintRules.flatMap(({ name, level: usual, check }): readonly LintFinding[] => {
    const level = (Object.hasOwn(levels, name) ? levels[name] : undefined) ?? usual;
    if (level === "off") return [];
    return [...check(model)].flatMap(({ pointer, message, fix }) => {
      const waiver = waivers.find((candidate) => covers(candidate, name, pointer));
      if (waiver) used.add(waiver);
      if (waiver && waiver.expires >= today) return [];
      return [{ rule: name, level, message, fix, location: model.source.locate(pointer) }];
    });
  });
  const stale = waivers.flatMap((waiver): readonly LintFinding[] => {
    const location = model.source.locate(waiver.pointer);
    const what = `The waiver of ${waiver.rule} at ${waiver.pointer || "the root"} by ${waiver.owner}`;
    if (waiver.expires < today) {
      const fix = `Mend what it covers (${waiver.reason}), or agree on a later day.`;
      return [
        {
          rule: "expired-waiver",
          level: "error",
          message: `${what} ended on ${waiver.expires}.`,
          fix,
          location,
        },
      ];
    }
    if (used.has(waiver)) return [];
    return [
      {
        rule: "unused-waiver",
        level: "warning",
        message: `${what} covers nothing.`,
        fix: "Remove it.",
        location,
      },
    ];
  });
  return [...findings, ...stale].sort(
    (a, b) =>
      compareText(a.location.file, b.location.file) ||
      a.location.line - b.location.line ||
      a.location.column - b.location.column ||
      (a.rule < b.rule ? -1 : 1),
  );
}
