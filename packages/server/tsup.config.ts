import { defineConfig } from "tsup";

/** OpenTelemetry has an entry of its own: the main one never imports it. */
export default defineConfig({
  entry: { index: "src/index.ts", opentelemetry: "src/adapters/opentelemetry.ts" },
  format: "esm",
  target: "es2022",
  dts: true,
  sourcemap: true,
  clean: true,
});
