import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const packages = fileURLToPath(new URL("packages", import.meta.url));

/** Tests run on the sources: the same mapping as `paths` in tsconfig.base.json. */
const alias = [
  { find: /^@hivewire\/contract$/, replacement: `${packages}/contract/gen/index.ts` },
  { find: /^@hivewire\/contract\/(.+)$/, replacement: `${packages}/contract/gen/$1.ts` },
  {
    find: /^@hivewire\/server\/opentelemetry$/,
    replacement: `${packages}/server/src/adapters/opentelemetry.ts`,
  },
  { find: /^@hivewire\/testing\/(.+)$/, replacement: `${packages}/testing/src/$1/index.ts` },
  { find: /^@hivewire\/client\/(.+)$/, replacement: `${packages}/client/src/$1.ts` },
  { find: /^@hivewire\/([^/]+)$/, replacement: `${packages}/$1/src/index.ts` },
];

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["packages/*/test/*.test.ts"], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: "types",
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ["packages/*/test/**/*.test-d.ts"],
            tsconfig: "tsconfig.json",
          },
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["packages/*/test/integration/**/*.test.ts", "packages/examples/*/test/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "suite",
          include: ["packages/*/test/suite/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["packages/*/test/browser/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "load",
          include: ["packages/*/test/attack/*.test.ts", "packages/*/test/load/*.test.ts"],
          // They measure: one after the other, with the machine to themselves.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "packed",
          include: ["test/packed/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
