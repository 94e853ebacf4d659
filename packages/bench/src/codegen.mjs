// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { browserBytes } from "./bundle.mjs";
import { documentOf } from "./contract.mjs";
import { hivewireErrors } from "./peers/hivewire.mjs";
import { shapesOf } from "./shapes.mjs";

const packages = fileURLToPath(new URL("../..", import.meta.url));

/** Sources of this repository by package name. */
const sources = {
  "@hivewire/protocol": join(packages, "protocol/src/index.ts"),
  "@hivewire/codegen": join(packages, "codegen/src/index.ts"),
};

/** What the generator needs stays where it is installed. @type {import("esbuild").Plugin} */
const dependenciesByUrl = {
  name: "dependencies by URL",
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === "asked" || path.startsWith("node:") || path.startsWith("@hivewire/"))
        return undefined;
      const found = await builder.resolve(path, { ...options, pluginData: "asked" });
      if (found.errors.length > 0) return found;
      return {
        path:
          found.path.startsWith("/") || found.path.includes(":\\") ? pathToFileURL(found.path).href : path,
        external: true,
      };
    });
  },
};

/** @param {string} folder @returns {Promise<string>} the generator's sources as one module */
async function bundleCodegen(folder) {
  const outfile = join(folder, "codegen.mjs");
  await build({
    entryPoints: [sources["@hivewire/codegen"]],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: sources,
    plugins: [dependenciesByUrl],
    logLevel: "silent",
  });
  return outfile;
}

/**
 * A generator, the module that its output imports, and the words that tell where it came from.
 * @typedef {{ readonly codegen: typeof import("@hivewire/codegen"), readonly protocol: string, readonly from: string }} Loaded
 */

/** Throws when the generator and the protocol do not fit together, as between two edits. @param {Loaded} loaded @param {string} folder */
async function probe(loaded, folder) {
  const generated = await writeGenerated(
    loaded,
    documentOf(shapesOf({ server: 1, client: 1 })),
    join(folder, "probe"),
  );
  await browserBytes(hivewireErrors(generated));
}

/**
 * The generator from its sources as they are now; from its last build when those do not work.
 * @param {string} folder a temporary one
 * @returns {Promise<Loaded>}
 */
export async function loadCodegen(folder) {
  try {
    const codegen = await import(/* @vite-ignore */ pathToFileURL(await bundleCodegen(folder)).href);
    const loaded = { codegen, protocol: sources["@hivewire/protocol"], from: "packages/codegen/src" };
    await probe(loaded, folder);
    return loaded;
  } catch (error) {
    const codegen = await import(
      /* @vite-ignore */ pathToFileURL(join(packages, "codegen/dist/index.js")).href
    );
    const from = `packages/codegen/dist, for its sources do not work now (${firstLine(error)})`;
    return { codegen, protocol: join(packages, "protocol/dist/index.js"), from };
  }
}

/** What went wrong, on one line. @param {unknown} error */
export function firstLine(error) {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split("\n").slice(0, 2).join(" ").slice(0, 300);
}

/**
 * Writes what `hivewire generate` makes of a document.
 * @param {Loaded} loaded
 * @param {Record<string, unknown>} document
 * @param {string} folder
 * @returns {Promise<import("./peers/hivewire.mjs").Generated>}
 */
export async function writeGenerated({ codegen, protocol, from }, document, folder) {
  const model = codegen.readModel({ text: JSON.stringify(document), file: "bench.schema.json" });
  const origin = { generatorVersion: "0.0.0", schemaFile: "bench.schema.json", command: "hivewire generate" };
  const files = await codegen.generate(model, origin);
  for (const { path, contents } of files) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(
      join(folder, path),
      contents.replaceAll('"@hivewire/protocol"', JSON.stringify(protocol)),
    );
  }
  const validators = files.find(({ path }) => path === "validators.ts")?.contents ?? "";
  return { folder, validators, from };
}
