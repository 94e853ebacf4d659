import type { ContractTypes } from "@hivewire/protocol";
import { useCallback, useSyncExternalStore } from "react";
import type { Client } from "../client-types.js";
import type { ConnectionState } from "../connection-state.js";
import { useSecondsUntil } from "./use-seconds-until.js";

/** A connection, as a component draws it. */
export interface Connection {
  readonly state: ConnectionState;
  /** While `waiting`: whole seconds until the next attempt, counting down to 0. Else undefined. */
  readonly retryInSeconds: number | undefined;
}

const idle: ConnectionState = { status: "idle" };

/** What the connection does now; renders again after each change, and each second while it waits. `idle` on a server. */
export function useConnection<Types extends ContractTypes>({ state }: Client<Types>): Connection {
  const current = useSyncExternalStore(
    useCallback((changed: () => void) => state.subscribe(changed), [state]),
    () => state.getSnapshot(),
    () => idle,
  );
  const retryInSeconds = useSecondsUntil(current.status === "waiting" ? current.untilMs : undefined);
  return { state: current, retryInSeconds };
}
