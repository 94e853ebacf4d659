import { defineConfig } from "tsup";

/** How a package with one entry point is built. */
export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "es2022",
  dts: true,
  sourcemap: true,
  clean: true,
});
