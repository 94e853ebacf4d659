import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bin, pnpm, root } from "../../scripts/lib/run.mjs";

const execute = promisify(execFile);
const names = [
  "protocol",
  "codegen",
  "compat",
  "contract",
  "client",
  "server",
  "cli",
  "reference-server",
  "testing",
];
let folder = "";
const tarballs = new Map<string, string>();

async function call(command: readonly string[], cwd = folder): Promise<string> {
  const [file = "", ...args] = command;
  const { stdout } = await execute(file, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** The part of attw's JSON that is read: indexes of problems by kind of resolution. */
interface AttwReport {
  readonly analysis: {
    readonly entrypoints: Readonly<
      Record<
        string,
        { readonly resolutions: Readonly<Record<string, { readonly visibleProblems?: readonly number[] }>> }
      >
    >;
  };
}

/** Packages that CommonJS can load as well: validators, and what they import. */
const dual: readonly string[] = ["protocol", "contract"];

const consumer = `import { createClient } from "@hivewire/client";
import { contract, type AgentUpdate, type ServerMessage } from "@hivewire/contract";
import { createConverters } from "@hivewire/contract/converters";
import { isPing, validators } from "@hivewire/contract/validators";
import { createServer } from "@hivewire/server";
import { readModel } from "@hivewire/codegen";
import { FakeSocket, sampleFrame } from "@hivewire/testing";
import { startFaultProxy } from "@hivewire/testing/proxy";
import { schema } from "@hivewire/contract/schema";

const client = createClient(contract, { url: "ws://127.0.0.1:1" });
client.subscribe("agents", (frame) => {
  if (frame.type === "agent_update") {
    const update: AgentUpdate = frame;
    console.log(update.data.agents.length);
  }
});
const refused = validators.client({ type: "subscribe" });
const server: typeof createServer = createServer;
const check = (frame: ServerMessage): string => (frame.type === "error" ? frame.message : frame.type);
console.log(
  JSON.stringify({
    state: client.state.getSnapshot().status,
    ping: isPing({ type: "ping" }),
    pointer: refused.ok ? null : refused.issue.pointer,
    versions: Object.keys(createConverters()),
    sample: validators.client(sampleFrame(schema, "ping")).ok,
    socket: new FakeSocket("ws://127.0.0.1:1").readyState,
    functions: [typeof server, typeof check, typeof readModel, typeof startFaultProxy],
  }),
);
client.close();
`;

const tsconfig = {
  compilerOptions: {
    strict: true,
    target: "ES2022",
    module: "NodeNext",
    moduleResolution: "NodeNext",
    outDir: "out",
    types: ["node"],
    lib: ["ES2023", "DOM"],
  },
  files: ["index.ts"],
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hivewire-packed-"));
  for (const name of names) {
    await call([...pnpm(), "pack", "--pack-destination", folder], join(root, "packages", name));
    const file = (await readdir(folder)).find(
      (entry) => entry.startsWith(`hivewire-${name}-`) && entry.endsWith(".tgz"),
    );
    if (file) tarballs.set(name, join(folder, file));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(names)("the tarball of %s", (name) => {
  const tarball = (): string => tarballs.get(name) ?? "";
  const isDual = dual.includes(name);

  it("has a LICENSE and nothing but what users need", async () => {
    const files = (await call(["tar", "-tzf", tarball()])).trim().split("\n").sort();
    expect(files).toContain("package/LICENSE");
    const surplus = files.filter(
      (file) =>
        !/^package\/(dist|bin)\/|^package\/(LICENSE|README\.md|PROTOCOL\.md|package\.json)$/.test(file),
    );
    expect(surplus).toEqual([]);
  });

  it("is clean for publint", async () => {
    await expect(call([...bin("publint/src/cli.js"), tarball(), "--strict"], root)).resolves.toContain(
      "All good!",
    );
  });

  it("resolves with types for ESM importers and bundlers, at every entry point", async () => {
    const command = [
      ...bin("@arethetypeswrong/cli/dist/index.js"),
      tarball(),
      "--profile",
      isDual ? "node16" : "esm-only",
      "--format",
      "json",
    ];
    const report: AttwReport = JSON.parse(await call(command, root));
    for (const [entry, { resolutions }] of Object.entries(report.analysis.entrypoints)) {
      for (const kind of ["node16-esm", "bundler", ...(isDual ? ["node16-cjs"] : [])])
        expect([entry, kind, resolutions[kind]?.visibleProblems ?? []]).toEqual([entry, kind, []]);
    }
    expect(Object.keys(report.analysis.entrypoints)).toContain(".");
  });
});

describe("an empty folder with the tarballs installed", () => {
  beforeAll(async () => {
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({ name: "consumer", private: true, type: "module" }),
    );
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    await writeFile(join(folder, "index.ts"), consumer);
    const packageJson: { devDependencies: Record<string, string> } = JSON.parse(
      await readFile(join(root, "package.json"), "utf8"),
    );
    const tools = ["typescript", "@types/node"].map((tool) => `${tool}@${packageJson.devDependencies[tool]}`);
    await call(["npm", "install", "--no-audit", "--no-fund", "--no-save", ...tarballs.values(), ...tools]);
  });

  it("gives validators to CommonJS", async () => {
    const code = `const { isPing } = require("@hivewire/contract/validators"); console.log(isPing({ type: "ping" }), isPing({}));`;
    await expect(call([process.execPath, "--no-experimental-require-module", "-e", code])).resolves.toBe(
      "true false\n",
    );
  });

  it("compiles code that uses client, contract, validators and server", async () => {
    await expect(call([process.execPath, "node_modules/typescript/bin/tsc"])).resolves.toBe("");
  });

  it("runs that code", async () => {
    const output: unknown = JSON.parse(await call([process.execPath, "out/index.js"]));
    expect(output).toEqual({
      state: "idle",
      ping: true,
      pointer: "/subscriptions",
      versions: ["1.0.0"],
      sample: true,
      socket: 0,
      functions: ["function", "function", "function", "function"],
    });
  });

  it("runs the hivewire command on a schema of its own", async () => {
    const schema = { type: "object", properties: { type: { const: "hello" } }, required: ["type"] };
    await writeFile(join(folder, "hello.schema.json"), JSON.stringify(schema));
    const flags = ["--schema", "hello.schema.json", "--out", "src/gen"];
    await call([process.execPath, "node_modules/@hivewire/cli/bin/hivewire.js", "generate", ...flags]);
    expect(
      await call([process.execPath, "node_modules/@hivewire/cli/bin/hivewire.js", "check", ...flags]),
    ).toContain("7 files are what");
  });
});
