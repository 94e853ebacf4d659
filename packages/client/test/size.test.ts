import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const library = dirname(createRequire(import.meta.url).resolve("reconnecting-websocket/package.json"));
const packages = fileURLToPath(new URL("../..", import.meta.url));

/** What an application pays: connect, subscribe and handle, minified and compressed, without its own contract. */
const application = (entry: string, more = ""): string => `
  import { createClient${more && `, ${more}`} } from "${entry}";
  const client = createClient(globalThis.contract, { url: "/ws" });
  client.subscribe("agents", (frame) => console.log(frame));
  client.connect();
  ${more && `${more}(client)`}`;

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(packages, "client") },
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
    write: false,
    // As in tsup.config.ts.
    mangleProps: /^_[a-z]/,
    alias: {
      "reconnecting-websocket": join(library, "reconnecting-websocket.ts"),
      "@hivewire/protocol": join(packages, "protocol/src/index.ts"),
      "@hivewire/client/native": join(packages, "client/src/native.ts"),
      "@hivewire/client": join(packages, "client/src/index.ts"),
    },
  });
  return outputFiles[0]?.text ?? "";
}

describe("the size of a client", () => {
  const rows: readonly [entry: string, maxBytes: number][] = [
    ["@hivewire/client/native", 7_700],
    ["@hivewire/client", 9_950],
  ];
  it.each(rows)("of %s is at most %s bytes", async (entry, maxBytes) => {
    const text = await bundle(application(entry));
    const size = gzipSync(text, { level: 9 }).length;
    console.log(`${entry}: ${size} B min+gz`);
    expect(size).toBeLessThanOrEqual(maxBytes);
  });

  it("is not paid by those who do not measure quality", async () => {
    const without = await bundle(application("@hivewire/client/native"));
    const measuring = await bundle(application("@hivewire/client/native", "connectionQuality"));
    expect(measuring).toContain('"excellent"');
    expect(without).not.toContain('"excellent"');
    // The outbox is no part of the native client unless it is asked for.
    expect(without).not.toContain("maxBytes");
  });
});
