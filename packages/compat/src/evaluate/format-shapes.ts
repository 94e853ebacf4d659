/** What every text of a format looks like. */
export interface FormatShape {
  /** A pattern (ECMA-262, `u` flag) that all of them match. */
  readonly source: string;
  /** Whether it matches no other text. */
  readonly isExact: boolean;
}

const offset = "(?:[zZ]|[+-]\\d{2}(?::?\\d{2})?)?";
const date = "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])";
const time = `\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?${offset}`;
const hex = "[0-9a-fA-F]";
const steps = "(?:\\/(?:[^~\\/]|~[01])*)*";

const rough = (source: string): FormatShape => ({ source: `^${source}$`, isExact: false });
const exact = (source: string): FormatShape => ({ source: `^${source}$`, isExact: true });

/** Shapes as wide as the tests of ajv-formats, or wider. */
const shapes: Readonly<Record<string, FormatShape>> = {
  date: rough(date),
  time: rough(time),
  "date-time": rough(`${date}[tT\\s]${time}`),
  duration: rough("P(?:\\d+[YMDW])*(?:T(?:\\d+[HMS])+)?"),
  email: rough("[!-?A-~]+@[A-Za-z0-9.-]+\\.[A-Za-z0-9-]+"),
  hostname: rough("[A-Za-z0-9.-]{1,254}"),
  ipv4: rough("\\d{1,3}(?:\\.\\d{1,3}){3}"),
  ipv6: rough("[0-9a-fA-F:.]{2,45}"),
  uri: rough("[A-Za-z][A-Za-z0-9+.-]*:\\S*"),
  "uri-reference": rough("[!-~]*"),
  "uri-template": rough("[^\\u0000-\\u0020]*"),
  uuid: exact(`(?:[uU][rR][nN]:[uU]{2}[iI][dD]:)?${hex}{8}-(?:${hex}{4}-){3}${hex}{12}`),
  "json-pointer": exact(steps),
  "relative-json-pointer": exact(`(?:0|[1-9]\\d*)(?:#|${steps})`),
};

/** The shape of a format; undefined for one whose texts look like any other. */
export function formatShape(name: string): FormatShape | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}
