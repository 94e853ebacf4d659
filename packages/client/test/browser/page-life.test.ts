import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MemoryBus } from "@hivewire/server";
import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { launchChromium } from "../support/chromium.js";
import { LosslessServer } from "../support/lossless-server.js";

const packages = fileURLToPath(new URL("../../..", import.meta.url));
const library = dirname(createRequire(import.meta.url).resolve("reconnecting-websocket/package.json"));

/** The page: a client, what it heard, and when the page was left. */
const application = (entry: string, port: number): string => `
  import { createClient } from "${entry}";
  import { contract } from "@hivewire/contract";
  const client = createClient(contract, { url: "ws://127.0.0.1:${port}/ws" });
  globalThis.heard = [];
  globalThis.states = [];
  globalThis.persisted = false;
  addEventListener("pagehide", () => sessionStorage.setItem("leftAt", String(Date.now())));
  addEventListener("pageshow", (event) => { globalThis.persisted = event.persisted; });
  client.onGap((gap) => globalThis.heard.push("gap"));
  client.subscribe("tasks", (frame) => globalThis.heard.push(frame.data.n));
  client.state.subscribe(() => globalThis.states.push(client.state.getSnapshot().status));
  globalThis.client = client;
  client.connect();`;

let browser: Browser;
let context: BrowserContext;
let page: Page;
let server: LosslessServer;
let site: Server;
let script = "";
let count = 0;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: application(entry, server.port), resolveDir: join(packages, "client") },
    bundle: true,
    format: "esm",
    write: false,
    mangleProps: /^_[a-z]/,
    alias: {
      "reconnecting-websocket": join(library, "reconnecting-websocket.ts"),
      "@hivewire/protocol": join(packages, "protocol/src/index.ts"),
      "@hivewire/contract": join(packages, "contract/gen/index.ts"),
      "@hivewire/client/native": join(packages, "client/src/native.ts"),
      "@hivewire/client": join(packages, "client/src/index.ts"),
    },
  });
  return outputFiles[0]?.text ?? "";
}

const status = (): Promise<string> => page.evaluate("globalThis.client.state.getSnapshot().status");
const heard = (): Promise<unknown[]> => page.evaluate("globalThis.heard");
const reach = (wanted: string, timeoutMs = 10_000): Promise<unknown> =>
  page.waitForFunction(`globalThis.client?.state.getSnapshot().status === "${wanted}"`, undefined, {
    timeout: timeoutMs,
    polling: 20,
  });
const publish = (): Promise<void> => server.publish("tasks", ++count);
const hearsAll = (): Promise<unknown> =>
  page.waitForFunction(`globalThis.heard.at(-1) === ${count}`, undefined, { timeout: 10_000, polling: 20 });
const numbers = (): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe.each(["@hivewire/client", "@hivewire/client/native"])("%s in Chromium", (entry) => {
  beforeEach(async () => {
    count = 0;
    server = await LosslessServer.start(new MemoryBus());
    script = await bundle(entry);
    site = createServer((request, response) => {
      const isScript = request.url === "/app.js";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      const body = request.url === "/" ? '<script type="module" src="/app.js"></script>' : "elsewhere";
      response.end(isScript ? script : `<!doctype html><title>t</title>${body}`);
    });
    site.listen(0, "127.0.0.1");
    await once(site, "listening");
    context = await browser.newContext();
    page = await context.newPage();
    await page.goto(address("/"));
    await reach("ready");
    await publish();
    await hearsAll();
  });
  afterEach(async () => {
    await context.close();
    await server.stop();
    site.close();
    site.closeAllConnections();
  });
  const address = (path: string): string => `http://127.0.0.1:${(site.address() as AddressInfo).port}${path}`;

  it("closes within 100 ms when the page is left, and resumes without a loss out of the back/forward cache", async () => {
    await page.goto(address("/elsewhere"));
    const leftAt = Number(await page.evaluate("sessionStorage.getItem('leftAt')"));
    await vi.waitUntil(() => server.ends.length > 0, { interval: 5, timeout: 5_000 });
    const afterMs = (server.ends[0] ?? Infinity) - leftAt;
    console.log(`${entry}: the server saw the close ${afterMs} ms after pagehide`);
    expect(afterMs).toBeLessThanOrEqual(100);
    for (let n = 0; n < 20; n++) await publish();
    await page.goBack({ waitUntil: "commit" });
    await reach("ready");
    await hearsAll();
    expect(await page.evaluate("globalThis.persisted")).toBe(true);
    expect(await heard()).toEqual(numbers());
    expect(await page.evaluate("globalThis.states")).toContain("suspended");
  });

  it("is suspended while offline, and resumes without a loss when it is online again", async () => {
    await context.setOffline(true);
    await reach("suspended");
    for (let n = 0; n < 20; n++) await publish();
    await context.setOffline(false);
    await reach("ready", 2_000);
    await hearsAll();
    expect(await heard()).toEqual(numbers());
  });

  // A page in front is never frozen, and headless Chromium has every page in front: what it would tell is told here.
  const tell = (type: string, visibility: "hidden" | "visible"): Promise<unknown> =>
    page.evaluate(`Object.defineProperty(document, "visibilityState", { configurable: true, value: "${visibility}" });
      document.dispatchEvent(new Event("${type}", { bubbles: ${type === "visibilitychange"} }))`);

  it("is suspended while the browser freezes the page, and resumes without a loss when it thaws", async () => {
    await tell("visibilitychange", "hidden");
    await tell("freeze", "hidden");
    await vi.waitUntil(() => server.ends.length > 0, { interval: 5, timeout: 5_000 });
    for (let n = 0; n < 20; n++) await publish();
    await tell("resume", "hidden");
    expect(await status()).toBe("suspended");
    await tell("visibilitychange", "visible");
    await reach("ready", 2_000);
    await hearsAll();
    expect(await heard()).toEqual(numbers());
  });

  it("keeps its connection in the background, and does not dial there once it is lost", async () => {
    await tell("visibilitychange", "hidden");
    await publish();
    await hearsAll();
    expect(await status()).toBe("ready");
    await page.evaluate("globalThis.states.length = 0");
    await server.stop();
    await reach("suspended");
    expect(await page.evaluate("globalThis.states")).toEqual(["suspended"]);
    await tell("visibilitychange", "visible");
    await page.waitForFunction("globalThis.states.length > 1", undefined, { polling: 20, timeout: 10_000 });
    expect(["waiting", "connecting"]).toContain((await page.evaluate<string[]>("globalThis.states"))[1]);
    server = await LosslessServer.start(new MemoryBus());
  });
});
