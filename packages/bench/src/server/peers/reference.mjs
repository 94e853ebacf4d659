// @ts-check
// The command as it is installed: one bundled file, without the arguments that contenders are given.
import { createRequire } from "node:module";

const { main } = createRequire(import.meta.url)("../../../../reference-server/dist/hivewire-server.cjs");
process.stdin.once("end", () => process.exit(0)).resume();
process.exitCode = await main([], process.env);
