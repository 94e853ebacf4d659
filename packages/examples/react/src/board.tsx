import { createClient } from "@hivewire/client";
import {
  ClientProvider,
  useConnection,
  useContextClient,
  useRequest,
  useTopic,
} from "@hivewire/client/react";
import { shareAcrossTabs } from "@hivewire/client/tabs";
import { contract } from "@hivewire/contract";

export function App({ url }: { readonly url: string }) {
  const create = () => createClient(contract, shareAcrossTabs(contract, { url }));
  return (
    <ClientProvider contract={contract} create={create}>
      <Board />
    </ClientProvider>
  );
}

function Board() {
  const client = useContextClient(contract);
  const { state, retryInSeconds } = useConnection(client);
  const health = useRequest(client, "request_data", { data_type: "system_health" });
  const updates = useTopic(client, "system", (count) => count + 1, 0);
  return (
    <p>
      {retryInSeconds === undefined ? state.status : `reconnecting in ${retryInSeconds} s`}, {updates}{" "}
      updates, health{" "}
      {health.data?.type === "data_response" ? String(health.data.data.overall_status) : health.status}
    </p>
  );
}
