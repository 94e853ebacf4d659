// @vitest-environment happy-dom
import type { Client } from "@hivewire/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ChatTypes } from "./support/chat.js";
import type { ReactBench } from "./support/react-bench.js";

/** The runtime of React Fast Refresh, which Vite, Next.js and webpack use. */
const refresh = await import("react-refresh/runtime");
// It has to be there before react-dom is loaded.
refresh.injectIntoGlobalHook(window);
const { createElement, useState } = await import("react");
const { useClient, useConnection, useTopic } = await import("@hivewire/client/react");
const benches = await import("./support/react-bench.js");

let bench: ReactBench;
beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  bench = new benches.ReactBench();
});
afterEach(async () => {
  await bench.unmount();
  vi.unstubAllGlobals();
});

const create = (): Client<ChatTypes> => bench.create();

/** The same file as an editor saves it, three times. */
function First(): string {
  const client = useClient(create);
  useTopic(client, "rooms");
  return `first ${useConnection(client).state.status}`;
}
function Second(): string {
  const client = useClient(create);
  useTopic(client, "rooms");
  return `second ${useConnection(client).state.status}`;
}
function OtherHooks(): string {
  const [word] = useState("other");
  const client = useClient(create);
  useTopic(client, "rooms");
  return `${word} ${useConnection(client).state.status}`;
}

/** Saves a version of the component. */
function save(version: () => string, hooks: string): void {
  refresh.register(version, "App");
  refresh.setSignature(version, hooks, false);
}

const openSockets = (): number =>
  bench.sockets.filter(({ readyState, closeCalls }) => readyState < 2 && closeCalls.length === 0).length;

it("a hot reload keeps the client, its socket and its topics", async () => {
  save(First, "useClient useTopic useConnection");
  await bench.render(createElement(First));
  await bench.do(() => bench.socket.greet({ subscriptions: ["rooms"] }));
  expect(bench.text).toBe("first ready");
  await bench.do(() => {
    save(Second, "useClient useTopic useConnection");
    refresh.performReactRefresh();
  });
  expect(bench.text).toBe("second ready");
  expect(bench.sockets).toHaveLength(1);
  expect(bench.socket.got("unsubscribe")).toEqual([]);
});

it("a hot reload that mounts the component anew has one socket open afterwards", async () => {
  save(First, "useClient useTopic useConnection");
  await bench.render(createElement(First));
  await bench.do(() => bench.socket.greet({ subscriptions: ["rooms"] }));
  await bench.do(() => {
    save(OtherHooks, "useState useClient useTopic useConnection");
    refresh.performReactRefresh();
  });
  await bench.do(() => bench.socket.greet({ subscriptions: ["rooms"] }));
  expect(bench.text).toBe("other ready");
  expect(openSockets()).toBe(1);
});
