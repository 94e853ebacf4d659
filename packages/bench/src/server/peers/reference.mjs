// @ts-check
import { startReferenceServer } from "@hivewire/reference-server";

const server = await startReferenceServer({ env: process.env });
process.stdout.write(`listening ${new URL(server.url).port}\n`);
process.once("SIGTERM", () => process.exit(0));
process.stdin.once("end", () => process.exit(0)).resume();
