import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The strictest policy that runs scripts at all: own files only, and no text becomes code. */
const policy =
  "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const fixtures = fileURLToPath(new URL("../../../../schemas/fixtures/", import.meta.url));
const read = (kind: string): readonly unknown[] =>
  readdirSync(`${fixtures}${kind}`).map((name) =>
    JSON.parse(readFileSync(`${fixtures}${kind}/${name}`, "utf8")),
  );

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath, args: quiet });
});
afterAll(() => browser?.close());

it("the generated validators decide and explain in Chromium under script-src 'self' with Trusted Types", async () => {
  const protocol = fileURLToPath(new URL("../../../protocol/src/index.ts", import.meta.url));
  const gen = fileURLToPath(new URL("../../gen/", import.meta.url));
  const { outputFiles } = await build({
    stdin: {
      contents: `import { validators } from "./validators.ts"; globalThis.decide = (sender, frame) => validators[sender](frame, { allErrors: true });
try { globalThis.evaluated = (0, eval)("1"); } catch (error) { globalThis.evaluated = error.name; }`,
      resolveDir: gen,
    },
    alias: { "@hivewire/protocol": protocol },
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
  });
  const script = outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const isScript = request.url === "/app.js";
    response.setHeader("content-security-policy", policy);
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript ? script : '<!doctype html><title>t</title><script type="module" src="/app.js"></script>',
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => faults.push(message.text()));
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction("typeof globalThis.decide === 'function'");
    const decide = (sender: string, frame: unknown): Promise<{ ok: boolean; issue?: { pointer: string } }> =>
      page.evaluate(`globalThis.decide(${JSON.stringify(sender)}, ${JSON.stringify(frame)})`);
    for (const frame of read("valid")) {
      const verdicts = await Promise.all([decide("client", frame), decide("server", frame)]);
      expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
    }
    for (const row of read("invalid")) {
      const { sender, blame, frame } = row as { sender: string; blame: string; frame: unknown };
      expect(await decide(sender, frame)).toMatchObject({ ok: false, issue: { pointer: blame } });
    }
    // The policy is in force: a script of the page may not turn text into code.
    expect(await page.evaluate("globalThis.evaluated")).toBe("EvalError");
    expect(faults.filter((text) => !/eval|Trusted/i.test(text))).toEqual([]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
