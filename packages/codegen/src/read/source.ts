import { CodegenError, type CodegenErrorCode, type SourceLocation } from "../codegen-error.js";
import type { Json } from "../json.js";

/** Largest schema file that is read, in UTF-16 units. */
export const maxSourceLength = 16 * 1024 * 1024;

/** Deepest nesting that is read; the longest chains of real schemas stay under 40. */
export const maxSourceDepth = 256;

/** A parsed document that still knows where each value stands. */
export interface Source {
  /** Its name for messages, relative to the project, with forward slashes. */
  readonly file: string;
  readonly value: Json;
  /** Where the value that the pointer names stands; its nearest ancestor when it is absent. */
  readonly locate: (pointer: string) => SourceLocation;
  /** An error that points at that place. */
  readonly fail: (
    code: CodegenErrorCode,
    pointer: string,
    message: string,
    expected?: string,
  ) => CodegenError;
}

/** Line and column, both from 1, of an offset. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

/** The error for a document over the bounds. */
export function tooLarge(location: SourceLocation): CodegenError {
  return new CodegenError(
    "too_large",
    `Failed to read ${location.file}: it is too large or nested too deep.`,
    {
      expected: `at most ${maxSourceLength} characters and ${maxSourceDepth} levels`,
      location,
    },
  );
}

/** A source whose errors point where `locate` says. */
export function sourceOf(file: string, value: Json, locate: Source["locate"]): Source {
  return {
    file,
    value,
    locate,
    fail: (code, pointer, message, expected) =>
      new CodegenError(code, message, {
        location: locate(pointer),
        ...(expected === undefined ? {} : { expected }),
      }),
  };
}
