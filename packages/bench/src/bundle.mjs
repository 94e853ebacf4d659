// @ts-check
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const resolveDir = fileURLToPath(new URL("..", import.meta.url));

/** The module `subject`, of which an entry takes what it needs. @param {string} contents @returns {import("esbuild").Plugin} */
const virtual = (contents) => ({
  name: "subject",
  setup(builder) {
    builder.onResolve({ filter: /^subject$/ }, () => ({ path: "subject", namespace: "subject" }));
    builder.onLoad({ filter: /.*/, namespace: "subject" }, () => ({ contents, resolveDir, loader: "js" }));
  },
});

/** @param {string} entry @param {string} code @param {import("esbuild").BuildOptions} options */
function bundled(entry, code, options) {
  return build({
    stdin: { contents: entry, resolveDir, loader: "js" },
    bundle: true,
    format: "esm",
    target: "es2022",
    plugins: [virtual(code)],
    logLevel: "silent",
    ...options,
  });
}

/** Bundles a module into one file for Node. @param {string} code @param {string} outfile */
export async function bundleTo(code, outfile) {
  await bundled(code, "", { outfile, platform: "node" });
}

/**
 * Bytes that a browser loads: bundled, minified, then gzip level 9.
 * @param {string} code
 * @param {string} [exported] the only export that is used; the others may fall away
 */
export async function browserBytes(code, exported = "*") {
  const entry = exported === "*" ? 'export * from "subject";' : `export { ${exported} } from "subject";`;
  const { outputFiles } = await bundled(entry, code, { write: false, minify: true, platform: "browser" });
  const [file] = outputFiles ?? [];
  return file === undefined ? 0 : gzipSync(file.contents, { level: 9 }).length;
}
