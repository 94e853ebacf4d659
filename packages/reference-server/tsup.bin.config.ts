import { defineConfig } from "tsup";
import { thirdPartyLicences } from "./build/third-party-licences.js";

/** Never run: Fastify's compilers of schemas, for which `http/app.ts` has others, and its requests without a network. */
const unused = /^(@fastify\/ajv-compiler|@fastify\/fast-json-stringify-compiler|light-my-request)$/;

/**
 * The command is one CommonJS file with everything in it: Node needs a third less memory for it than for the packages
 * one by one. What is imported with `import()` still runs only when it is used.
 */
export default defineConfig({
  entry: { "hivewire-server": "src/main.ts" },
  format: "cjs",
  target: "node20",
  platform: "node",
  noExternal: [/.*/],
  // Optional native helpers of ws, which it does without.
  external: ["bufferutil", "utf-8-validate"],
  sourcemap: false,
  clean: false,
  esbuildOptions(options) {
    options.legalComments = "none";
    options.minifySyntax = true;
    options.minifyWhitespace = true;
  },
  esbuildPlugins: [
    {
      name: "without-unused",
      setup(build) {
        build.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "unused" }));
        build.onLoad({ filter: /.*/, namespace: "unused" }, ({ path }) => ({
          contents: `module.exports = () => { throw new Error("${path} is not in this bundle"); };`,
        }));
      },
    },
    thirdPartyLicences("dist/THIRD_PARTY_LICENSES", "dist/hivewire-server.cjs"),
  ],
});
