import type { ContractTypes } from "@hivewire/protocol";
import { useEffect, useRef, useState } from "react";
import type { Client } from "../client-types.js";

interface Owned<Types extends ContractTypes> {
  readonly client: Client<Types>;
  /** Set once it was closed here: a component that is shown again then needs another one. */
  isClosed: boolean;
  /** Calls off the close that follows an unmount. */
  keep: () => void;
}

function own<Types extends ContractTypes>(create: () => Client<Types>): Owned<Types> {
  return { client: create(), isClosed: false, keep: () => {} };
}

/** Connects now. The returned function closes a little later, unless somebody connects again before. */
function hold<Types extends ContractTypes>(owned: Owned<Types>): () => void {
  owned.keep();
  void owned.client.connect();
  return () => {
    const timer = setTimeout(() => {
      owned.isClosed = true;
      owned.client.close();
    });
    owned.keep = () => clearTimeout(timer);
  };
}

/**
 * A client that lives as long as the component: made once, connected after the first render, closed one turn of the event
 * loop after the last unmount. What unmounts and mounts again in the same turn (StrictMode, hot reload) keeps its client
 * and its one socket. On a server it is made and never connected. A later `create` counts only after an unmount: give the
 * component a `key` to begin anew.
 */
export function useClient<Types extends ContractTypes>(create: () => Client<Types>): Client<Types> {
  const [owned, setOwned] = useState(() => own(create));
  const latest = useRef(create);
  useEffect(() => {
    latest.current = create;
  });
  useEffect(() => {
    if (!owned.isClosed) return hold(owned);
    // Shown again after a while (an `Activity`): the state is the old one.
    setOwned(own(latest.current));
    return undefined;
  }, [owned]);
  return owned.client;
}
