import { startReferenceServer } from "@hivewire/reference-server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { watch } from "../src/dashboard.js";

const before = globalThis.WebSocket;
beforeEach(() => Object.assign(globalThis, { WebSocket }));
afterEach(() => Object.assign(globalThis, { WebSocket: before }));

it("shows the state, the health and live load of a real server", async () => {
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  const lines: string[] = [];
  let check = (): void => {};
  const stop = await watch(server.webSocketUrl, (line) => {
    lines.push(line);
    check();
  });
  await new Promise<void>((resolve) => {
    check = () => lines.some((line) => /^cpu [\d.]+ %$/.test(line)) && resolve();
    check();
  });
  stop();
  await server.close();
  expect(lines.slice(0, 4)).toEqual(["connecting", "negotiating", "ready", "health healthy"]);
  expect(lines.at(-1)).toBe("closed");
});
