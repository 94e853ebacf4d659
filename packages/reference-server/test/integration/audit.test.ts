import { startReferenceServer } from "@hivewire/reference-server";
import { expect, it } from "vitest";

it("keeps every line about what an administrator did, however many come at once", async () => {
  const lines: { readonly msg: string; readonly changed?: object }[] = [];
  const server = await startReferenceServer({
    env: { PORT: "0", LOG_LEVEL: "warn" },
    logTo: { write: (text) => void lines.push(JSON.parse(text)) },
  });
  for (let burst = 41; burst <= 140; burst++) {
    const response = await fetch(`${server.url}/api/dashboard/websocket/limits`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ rate_limit_burst_capacity: burst }),
    });
    expect(response.status).toBe(200);
  }
  await server.close();
  const audited = lines.filter(({ msg }) => msg === "limits were changed");
  expect(audited).toHaveLength(100);
  expect(JSON.stringify(audited[99]?.changed)).toContain("140");
});
