import type { Contract, ContractTypes } from "@hivewire/protocol";
import { createContext, createElement, type ReactElement, type ReactNode, useContext, useMemo } from "react";
import { failure } from "../client-error.js";
import type { Client } from "../client-types.js";
import { useClient } from "./use-client.js";

/** Properties of a `ClientProvider`. */
export interface ClientProviderProps<Types extends ContractTypes> {
  /** What the client speaks; `useContextClient` asks for it by this value. */
  readonly contract: Contract<Types>;
  /** Makes the client; called once, see `useClient`. */
  readonly create: () => Client<Types>;
  readonly children?: ReactNode;
}

/** The clients above a component, by the contract they speak. */
const Clients = createContext<ReadonlyMap<object, unknown>>(new Map());

/** Owns a client for the tree below: connected while this is mounted. Providers of several contracts can be nested. */
export function ClientProvider<Types extends ContractTypes>({
  contract,
  create,
  children,
}: ClientProviderProps<Types>): ReactElement {
  const client = useClient(create);
  const above = useContext(Clients);
  const value = useMemo(() => new Map([...above, [contract, client]]), [above, contract, client]);
  return createElement(Clients.Provider, { value }, children);
}

/**
 * The client of the nearest provider of a contract, with its types.
 * @throws ClientError `no-provider`
 */
export function useContextClient<Types extends ContractTypes>(contract: Contract<Types>): Client<Types> {
  const client = useContext(Clients).get(contract);
  if (!client) {
    const why = "there is no ClientProvider of it above";
    throw failure("no-provider", `use the client of "${contract.name}"`, why, "put one around the component");
  }
  // The provider took it together with the contract that it is kept under.
  return client as Client<Types>;
}
