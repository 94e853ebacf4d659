import { type ClientOptions, createClient, outbox } from "@hivewire/client";
import { createClient as createNativeClient } from "@hivewire/client/native";
import { createConnection } from "../../src/connection.js";
import { createNativeConnection } from "../../src/native-connection.js";

/** The two clients: what one does the other does as well. */
export const clients: readonly (readonly [name: string, make: typeof createClient])[] = [
  ["reconnecting-websocket", createClient],
  [
    "native",
    (contract, options: ClientOptions) => createNativeClient(contract, { outbox: outbox(), ...options }),
  ],
];

/** The transports below them. */
export const transports = [
  ["reconnecting-websocket", createConnection],
  ["native", createNativeConnection],
] as const;
