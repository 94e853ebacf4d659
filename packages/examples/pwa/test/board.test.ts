import { startReferenceServer } from "@hivewire/reference-server";
import { expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { watchBoard } from "../src/board.js";

it("loads the board, follows it, and says what the connection does", async () => {
  vi.stubGlobal("WebSocket", WebSocket);
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  const lines: string[] = [];
  const close = watchBoard(
    server.webSocketUrl,
    async () => "",
    (line) => lines.push(line),
  );
  await vi.waitUntil(() => lines.includes("board loaded"), { interval: 5, timeout: 5_000 });
  await server.close();
  await vi.waitUntil(() => lines.some((line) => /^again in \d s$/.test(line)), {
    interval: 5,
    timeout: 5_000,
  });
  close();
  expect(lines.slice(0, 3)).toEqual(["connecting", "negotiating", "ready"]);
  expect(lines.at(-1)).toBe("closed");
  vi.unstubAllGlobals();
});
