import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { launchChromium } from "../support/chromium.js";
import type { TabReport } from "../support/tab-page.js";

const packages = fileURLToPath(new URL("../../../", import.meta.url));

let browser: Browser;
let pages: Server;
let origin: string;
let server: ReferenceServer;
let context: BrowserContext;
let published = 0;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [`${packages}client/test/support/tab-page.ts`],
    alias: {
      "@hivewire/client/tabs": `${packages}client/src/tabs.ts`,
      "@hivewire/client": `${packages}client/src/index.ts`,
      "@hivewire/contract": `${packages}contract/gen/index.ts`,
      "@hivewire/protocol": `${packages}protocol/src/index.ts`,
    },
    bundle: true,
    format: "esm",
    write: false,
  });
  const script = outputFiles[0]?.text ?? "";
  pages = createServer((request, response) => {
    const isScript = request.url === "/app.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript ? script : '<!doctype html><title>t</title><script type="module" src="/app.js"></script>',
    );
  });
  pages.listen(0, "127.0.0.1");
  await once(pages, "listening");
  const address = pages.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  pages?.close();
  pages?.closeAllConnections();
});
beforeEach(async () => {
  published = 0;
  server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" } });
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await server.close();
});

async function openTab(...topics: readonly string[]): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction("typeof globalThis.startTab === 'function'");
  await page.evaluate(
    `globalThis.startTab(${JSON.stringify(server.webSocketUrl)}, ${JSON.stringify(topics)})`,
  );
  return page;
}

const report = (page: Page): Promise<TabReport> => page.evaluate("globalThis.reportTab()");

async function publish(count: number, topic = "tasks"): Promise<void> {
  for (let i = 0; i < count; i++) {
    const n = ++published;
    const query = `subscription=${topic}&message_type=numbered_update`;
    const response = await fetch(`${server.url}/api/dashboard/websocket/broadcast?${query}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ n }),
    });
    if (!response.ok) throw new Error(`Failed to publish: ${await response.text()}. Please check the test.`);
  }
}

async function connections(): Promise<number> {
  const response = await fetch(`${server.url}/api/dashboard/websocket/stats`);
  const stats: { readonly websocket_stats: { readonly active_connections: number } } = await response.json();
  return stats.websocket_stats.active_connections;
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1);

async function leaderOf(tabs: readonly Page[]): Promise<Page> {
  const reports = await Promise.all(tabs.map(report));
  const leader = tabs[reports.findIndex(({ hasSocket }) => hasSocket)];
  if (!leader) throw new Error("Failed to find a leader: no tab has a socket. Please check the test.");
  return leader;
}

/** Ends a page in a way that runs none of its code. */
const ends = {
  "is closed": (page: Page) => page.close({ runBeforeUnload: false }),
  crashes: async (page: Page) => {
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    // Never answered: the page is gone.
    session.send("Page.crash").catch(() => {});
    await crashed;
  },
} as const;

describe("tabs in Chromium", () => {
  it.each([2, 3])("%i of them share one socket, each with its own topics and answers", async (count) => {
    const tabs: Page[] = [];
    for (let i = 0; i < count; i++) tabs.push(await openTab(...(i === 0 ? ["tasks", "agents"] : ["tasks"])));
    expect(await connections()).toBe(1);
    const answers = await Promise.all(tabs.map((page) => page.evaluate("globalThis.askTab()")));
    expect(answers).toEqual(tabs.map(() => "data_response"));
    await publish(30);
    await publish(1, "agents");
    await vi.waitFor(async () => expect((await report(tabs[0] as Page)).numbers).toHaveLength(31), 5_000);
    const reports = await Promise.all(tabs.map(report));
    expect(reports.map(({ numbers }) => numbers.length)).toEqual([31, ...tabs.slice(1).map(() => 30)]);
    expect(reports.map(({ sockets }) => sockets).reduce((sum, n) => sum + n)).toBe(1);
    console.log(`${count} tabs: ${await connections()} socket, ${published} frames published`);
  });

  it("give back the topics of a tab that is gone", async () => {
    const first = await openTab("tasks");
    const second = await openTab("tasks", "agents");
    const topics = async (): Promise<unknown> => {
      const response = await fetch(`${server.url}/api/dashboard/websocket/stats`);
      return ((await response.json()) as { websocket_stats: { subscription_counts: unknown } })
        .websocket_stats.subscription_counts;
    };
    expect(await topics()).toMatchObject({ tasks: 1, agents: 1 });
    await ends.crashes(second);
    await vi.waitFor(async () => expect(await topics()).not.toMatchObject({ agents: 1 }), 2_000);
    expect(await topics()).toMatchObject({ tasks: 1 });
    expect((await report(first)).gaps).toBe(0);
  });

  it.each((["is closed", "crashes"] as const).flatMap((how) => [2, 3].map((count) => [how, count] as const)))(
    "lose nothing when the leader %s, of %i, and go on within 500 ms",
    async (how, count) => {
      const tabs: Page[] = [];
      for (let i = 0; i < count; i++) tabs.push(await openTab("tasks"));
      const leader = await leaderOf(tabs);
      const rest = tabs.filter((page) => page !== leader);
      const traffic = publish(400);
      await vi.waitFor(() => expect(published).toBeGreaterThan(100), 10_000);
      const endedMs = Date.now();
      const ending = ends[how](leader);
      await Promise.all([ending, traffic]);
      for (const page of rest)
        await vi.waitFor(async () => expect((await report(page)).numbers).toHaveLength(published), 5_000);
      const reports = await Promise.all(rest.map(report));
      expect(reports.map(({ numbers }) => numbers)).toEqual(rest.map(() => upTo(published)));
      expect(reports.map(({ gaps }) => gaps)).toEqual(rest.map(() => 0));
      expect(await connections()).toBe(1);
      const handovers = reports.map(({ states }) => {
        const back = states.filter(({ status, atMs }) => status === "ready" && atMs >= endedMs);
        return (back.at(-1)?.atMs ?? Infinity) - endedMs;
      });
      console.log(
        `leader ${how}, ${count} tabs: handover ${handovers.join(" and ")} ms, ${published} frames published, 0 lost`,
      );
      for (const ms of handovers) expect(ms).toBeLessThanOrEqual(500);
    },
  );

  it("hand over when the leader goes to another page, and take it back from the back/forward cache", async () => {
    const tabs = [await openTab("tasks"), await openTab("tasks")];
    const leader = await leaderOf(tabs);
    const other = tabs.find((page) => page !== leader) as Page;
    await publish(10);
    await leader.evaluate(
      "addEventListener('pageshow', ({ persisted }) => { globalThis.wasKept = persisted; })",
    );
    await leader.goto(`${origin}elsewhere`);
    await vi.waitFor(async () => expect((await report(other)).hasSocket).toBe(true), 2_000);
    await publish(10);
    await leader.goBack({ waitUntil: "commit" });
    expect(await leader.evaluate("globalThis.wasKept")).toBe(true);
    await publish(10);
    for (const page of tabs)
      await vi.waitFor(async () => expect((await report(page)).numbers).toEqual(upTo(30)), 5_000);
    expect(await connections()).toBe(1);
    expect((await report(leader)).hasSocket).toBe(false);
  });
});
