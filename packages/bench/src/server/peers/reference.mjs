// @ts-check
// The command as it is installed: one bundled file, without the arguments that contenders are given.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("@hivewire/reference-server/package.json"));
const { main } = require(join(folder, "dist/hivewire-server.cjs"));
process.stdin.once("end", () => process.exit(0)).resume();
process.exitCode = await main([], process.env);
