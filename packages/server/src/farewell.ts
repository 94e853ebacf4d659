import type { CloseName } from "@hivewire/protocol";

/** How a connection goes after its close frame. */
export interface Farewell {
  /** Whether the peer is still read: only then is its part of the closing handshake seen. */
  readonly isRead: boolean;
  /** Time until the socket is dropped, in milliseconds. */
  readonly graceMs: number;
}

/** RFC 6455 section 7.1.1: the peer answers the close frame, and then the connection ends. */
const polite: Farewell = { isRead: true, graceMs: 5_000 };

/** A peer that sends what it must not would be read at full speed for as long as it likes. It gets time to see why it goes. */
const firm: Farewell = { isRead: false, graceMs: 1_000 };

/** The table of peers that are not read to the end. */
const farewells: Readonly<Partial<Record<CloseName, Farewell>>> = {
  unsupported_data: firm,
  policy: firm,
  flooding: firm,
  too_many_invalid: firm,
  // What waits for it is at most the hard bound; a peer that is only slow gets time to read it.
  slow_consumer: { isRead: false, graceMs: 5_000 },
  // It answered no ping: it will not answer this either.
  no_pong: { isRead: false, graceMs: 0 },
};

/** How a connection goes that is closed for this reason. */
export function farewellOf(close: CloseName): Farewell {
  return farewells[close] ?? polite;
}
