import type { Reader } from "./reader.js";

/** A contract in a comparison. */
export interface Labelled {
  readonly label: string;
  readonly reader: Reader;
}

/** One question of a comparison: who sends by which contract, and who reads by which. */
export interface Sides {
  readonly sender: "client" | "server";
  /** Whose frames are sent. */
  readonly narrow: Labelled;
  /** Who reads them. */
  readonly wide: Labelled;
  /** The newer contract of the two. */
  readonly newer: Labelled;
  readonly isRollback: boolean;
}

/**
 * The questions that two contracts raise. What clients send, a newer server has to accept from older clients; what
 * servers send, older clients have to accept from a newer server. A rollback asks both the other way round.
 */
export function sidesOf(older: Labelled, newer: Labelled, full: boolean): readonly Sides[] {
  const forth: readonly Sides[] = [
    { sender: "client", narrow: older, wide: newer, newer, isRollback: false },
    { sender: "server", narrow: newer, wide: older, newer, isRollback: false },
  ];
  const back = forth.map((sides) => ({ ...sides, narrow: sides.wide, wide: sides.narrow, isRollback: true }));
  return full ? [...forth, ...back] : forth;
}

/** Who breaks, as the subject of a sentence. */
export function whoBreaks({ sender, narrow, wide, isRollback }: Sides, messages: readonly string[]): string {
  const client = sender === "client" ? narrow : wide;
  const server = sender === "client" ? wide : narrow;
  const names = messages.map((name) => `\`${name}\``).join(", ");
  const verb = sender === "client" ? "send" : "receive";
  const from = isRollback
    ? ` ${sender === "client" ? "to" : "from"} a server rolled back to ${server.label}`
    : "";
  return `Clients on ${client.label} that ${verb} ${names}${from}`;
}
