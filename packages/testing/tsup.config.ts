import { defineConfig } from "tsup";

/** msw and the sockets of Node have entries of their own: the main one runs in a browser and needs neither. */
export default defineConfig({
  entry: { index: "src/index.ts", msw: "src/msw/index.ts", proxy: "src/proxy/index.ts" },
  format: "esm",
  target: "es2022",
  dts: true,
  sourcemap: true,
  clean: true,
});
