import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/native.ts", "src/tabs.ts", "src/react.ts"],
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  sourcemap: true,
  clean: true,
  // Bundled because its declarations do not work under NodeNext; see src/connection.ts.
  noExternal: ["reconnecting-websocket"],
  publicDir: "notices",
  esbuildOptions(options) {
    // The same release's own source: its built files carry helpers for ES5, 0.7 kB of each user's bundle.
    options.alias = { "reconnecting-websocket": "reconnecting-websocket/reconnecting-websocket.ts" };
    // Its notices go to dist/index.js.LEGAL.txt and dist/THIRD_PARTY_LICENSES instead of every user's bundle.
    options.legalComments = "external";
    // Only reconnecting-websocket names properties so.
    options.mangleProps = /^_[a-z]/;
  },
});
