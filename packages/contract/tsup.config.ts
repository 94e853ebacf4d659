import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "gen/index.ts",
    validators: "gen/validators.ts",
    converters: "gen/converters.ts",
    schema: "gen/schema.ts",
  },
  format: ["esm", "cjs"],
  target: "es2022",
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: true,
});
