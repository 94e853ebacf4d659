#!/usr/bin/env -S node --max-semi-space-size=1 --optimize-for-size --v8-pool-size=1 --heap-growing-percent=20
import { createRequire } from "node:module";

const { main } = createRequire(import.meta.url)("../dist/hivewire-server.cjs");
process.exitCode = await main(process.argv.slice(2), process.env);
