/** Bounds on requests; what is over one gets a problem, not memory. */
export const bounds = {
  /** Largest body, in bytes. */
  bodyBytes: 65_536,
  /** Largest head of a request: its line and its headers, in bytes. */
  headerBytes: 16_384,
  /** Most headers that are looked at. */
  headers: 100,
  /** Longest URL, in characters. */
  urlLength: 8_192,
  /** Longest part of a path that is taken as a parameter, in characters. */
  parameterLength: 128,
  /** Deepest nesting of a body, in levels. */
  nesting: 128,
  /** Time for the head of a request, and for the whole of it, in milliseconds. */
  requestTimeoutMs: 5_000,
  /** Time between two looks at those, in milliseconds. */
  checkEveryMs: 1_000,
  /** Time for which a connection waits for another request, in milliseconds. */
  keepAliveMs: 5_000,
  /** Time for which a connection may be still while an answer is on its way, in milliseconds. */
  socketTimeoutMs: 30_000,
} as const;
