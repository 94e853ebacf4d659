// @ts-check
import { setUp } from "./lib/setup.mjs";

await setUp({ regenerate: process.argv.includes("--regenerate") });
