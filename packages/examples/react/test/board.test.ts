// @vitest-environment happy-dom
import { startReferenceServer } from "@hivewire/reference-server";
import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { App } from "../src/board.js";

const eventually = { interval: 5, timeout: 5_000 };

it("shows the health and live updates of a real server, and counts down when it is gone", async () => {
  vi.stubGlobal("WebSocket", WebSocket);
  const server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  const container = document.createElement("div");
  const root = createRoot(container);
  root.render(createElement(StrictMode, null, createElement(App, { url: server.webSocketUrl })));
  await vi.waitUntil(
    () => /^ready, [1-9]\d* updates, health healthy$/.test(container.textContent ?? ""),
    eventually,
  );
  await server.close();
  await vi.waitUntil(() => /^reconnecting in \d s, /.test(container.textContent ?? ""), eventually);
  root.unmount();
  expect(container.textContent).toBe("");
  vi.unstubAllGlobals();
});
