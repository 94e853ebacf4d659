// @ts-check
// Bundles the smallest application of each entry of the built client, and lets size-limit judge it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bin, root, run } from "./lib/run.mjs";

const client = join(root, "packages/client");
const outdir = join(root, "node_modules/.hivewire/size");
mkdirSync(outdir, { recursive: true });

for (const entry of ["native", "index"]) {
  const contents = `import { createClient } from "./dist/${entry}.js";
const client = createClient(globalThis.contract, { url: "/ws" });
client.subscribe("agents", (frame) => console.log(frame));
client.connect();`;
  await build({
    stdin: { contents, resolveDir: client },
    outfile: join(outdir, `${entry}.js`),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
  });
}
const { code } = await run(bin("size-limit/bin.js"));
process.exitCode = code;
