import { type ConnectionState, createClient } from "@hivewire/client";
import { contract } from "@hivewire/contract";

export function watchBoard(url: string, token: () => Promise<string>, show: (line: string) => void) {
  const client = createClient(contract, {
    url,
    accessToken: token,
    onVersionMismatch: () => show("a newer version of this page is there: loading it"),
  });
  const load = async (): Promise<void> => {
    const reply = await client.request("request_data", { data_type: "agent_status" });
    show(reply.type === "data_response" ? "board loaded" : reply.error);
  };
  client.subscribe("agents", (frame) => show(frame.type));
  client.onGap(() => void load());
  client.state.subscribe(() => show(describe(client.state.getSnapshot())));
  void client.connect();
  void load();
  return () => client.close();
}

function describe(state: ConnectionState): string {
  if (state.status === "waiting") return `again in ${Math.ceil((state.untilMs - Date.now()) / 1000)} s`;
  return state.status === "suspended" ? `waits: ${state.reason}` : state.status;
}
