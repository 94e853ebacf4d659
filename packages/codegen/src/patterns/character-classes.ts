/** Where the fixed sets of ECMA-262 begin and end: `\d`, `\w`, `\s` and `.`. */
const fixedBoundaries: readonly number[] = [
  ...[0, 0x30, 0x3a, 0x41, 0x5b, 0x5f, 0x60, 0x61, 0x7b],
  ...[0x09, 0x0a, 0x0b, 0x0d, 0x0e, 0x20, 0x21, 0xa0, 0xa1, 0x1680, 0x1681, 0x2000, 0x200b],
  ...[0x2028, 0x2029, 0x202a, 0x202f, 0x2030, 0x205f, 0x2060, 0x3000, 0x3001, 0xfeff, 0xff00],
];

const maxCodePoint = 0x10ffff;

function* allCodePoints(): Generator<number> {
  for (let codePoint = 0; codePoint <= maxCodePoint; codePoint++) yield codePoint;
}

/** Every code point that an atom names, and the one after it. */
function boundariesOf(atom: string): readonly number[] {
  const named = atom.matchAll(
    /\\u\{([0-9a-f]+)\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\c([a-z])|\\([tnvfr0])|(.)/giu,
  );
  return [...named].flatMap(([whole, braced, four, two, control, letter, plain]) => {
    const hex = braced ?? four ?? two;
    if (hex) return [Number.parseInt(hex, 16), Number.parseInt(hex, 16) + 1];
    if (control) return [control.charCodeAt(0) % 32, (control.charCodeAt(0) % 32) + 1];
    if (letter) return [];
    const codePoint = (plain ?? whole).codePointAt(0) ?? 0;
    return [codePoint, codePoint + 1];
  });
}

/**
 * Which atoms each kind of character belongs to: one row of flags per kind, so that two characters
 * of the same row cannot be told apart by the pattern.
 */
export function characterClasses(atoms: readonly string[]): readonly (readonly boolean[])[] {
  const tests = atoms.map((atom) => new RegExp(`^(?:${atom})$`, "u"));
  const needsAll = atoms.some((atom) => /\\p|\\u[d-f][89a-f]/i.test(atom));
  const points: Iterable<number> = needsAll
    ? allCodePoints()
    : new Set([...fixedBoundaries, ...atoms.flatMap(boundariesOf)].filter((point) => point <= maxCodePoint));
  const rows = new Map<string, readonly boolean[]>();
  for (const point of points) {
    const character = String.fromCodePoint(point);
    const row = tests.map((test) => test.test(character));
    rows.set(row.map(Number).join(""), row);
  }
  return [...rows.values()];
}
