import { createClient } from "@hivewire/client";
import { contract } from "@hivewire/contract";

export async function watch(url: string, show: (line: string) => void): Promise<() => void> {
  const client = createClient(contract, { url });

  client.subscribe("system", (frame) => {
    if (frame.type === "system_update") show(`cpu ${frame.data.cpu?.percent} %`);
  });
  client.state.subscribe(() => show(client.state.getSnapshot().status));

  await client.connect();
  const reply = await client.request("request_data", { data_type: "system_health" });
  show(reply.type === "data_response" ? `health ${reply.data.overall_status}` : reply.error);
  return () => client.close();
}
