import { defineConfig } from "tsup";

/** Never run: json-schema-to-typescript loads it for a formatter and for reading YAML files, both switched off. */
const unused = ["prettier", "js-yaml", "tinyglobby", "minimist"];

/** Whatever is read from it or called on it while it is loaded. */
const anything =
  'const any = new Proxy(function () {}, { get: (_, key) => key === "__esModule" || any, apply: () => any, construct: () => any }); module.exports = any;';

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "es2022",
  dts: true,
  sourcemap: true,
  clean: true,
  publicDir: "notices",
  // Bundled without its formatter, which is most of its size and of the time it takes to load.
  noExternal: [
    "json-schema-to-typescript",
    "lodash",
    "@apidevtools/json-schema-ref-parser",
    "js-yaml",
    ...unused,
  ],
  banner: {
    js: 'import { createRequire as createRequireOfNode } from "node:module"; const require = createRequireOfNode(import.meta.url);',
  },
  esbuildOptions(options) {
    options.legalComments = "external";
    options.minifySyntax = true;
    options.minifyWhitespace = true;
  },
  esbuildPlugins: [
    {
      name: "without-formatter",
      setup(build) {
        const filter = new RegExp(`^(${unused.join("|")})$`);
        build.onResolve({ filter }, ({ path }) => ({ path, namespace: "unused" }));
        build.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: anything }));
      },
    },
  ],
});
