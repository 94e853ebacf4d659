import { dashboardPath } from "../support/raw-client.js";
import { textFrame } from "../support/wire-frame.js";
import type { HostileRow } from "./arena.js";

/** Writes a byte now and then until the connection is gone. */
const dripEveryMs = 200;

/**
 * Hostile behaviour that waits: these run beside all others. The server under test pings each second and waits
 * one second for the pong.
 */
export const patientRows: readonly HostileRow[] = [
  {
    title: "peers that stop answering",
    behave: async (arena) => {
      const client = await arena.open({ polite: false });
      if (!client) return;
      await client.until(({ closeCode }) => closeCode !== undefined);
      arena.note(client);
    },
    must: ["close 4431"],
  },
  {
    title: "replies that are never read",
    behave: async (arena) => {
      const client = await arena.open();
      if (!client) return;
      await client.until(({ frames }) => frames.length > 0);
      client.pause();
      const ask = textFrame('{"type":"request_data","data_type":"system_health"}');
      for (let request = 0; request < 30; request++) client.write(ask);
      // Writing goes on until the server has cut the connection: nothing tells a peer that does not read.
      const ping = textFrame('{"type":"ping"}');
      const timer = setInterval(() => client.write(ping), dripEveryMs);
      await client.ended();
      clearInterval(timer);
      arena.note(client);
    },
    must: ["cut"],
    may: ["close 4431"],
  },
  {
    title: "a handshake that drips",
    behave: async (arena) => {
      const client = arena.connect({
        request: `GET ${dashboardPath} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: `,
      });
      const timer = setInterval(() => client.write("x"), dripEveryMs);
      await client.ended();
      clearInterval(timer);
      arena.note(client);
    },
    must: ["http 408"],
    may: ["cut"],
  },
  {
    title: "a connection that says nothing at all",
    behave: async (arena) => {
      const client = arena.connect({ request: null });
      await client.ended();
      arena.note(client);
    },
    must: ["http 408"],
    may: ["cut"],
  },
];
