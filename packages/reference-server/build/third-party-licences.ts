import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** The folder of the package that a file belongs to; undefined for our own, whose licence ships as it is. */
function packageFolder(file: string): string | undefined {
  if (!file.includes("node_modules/")) return undefined;
  const parts = file.split("node_modules/");
  const inside = (parts.at(-1) ?? "").split("/");
  const name = inside.slice(0, inside[0]?.startsWith("@") ? 2 : 1).join("/");
  return `${parts.slice(0, -1).join("node_modules/")}node_modules/${name}`;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

function notice(folder: string, bundle: string): string {
  const { name, version, license }: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  if (file === undefined && license === undefined)
    throw new Error(`${name} has neither a licence nor a file of one`);
  const text =
    file === undefined
      ? `${license}, as its package.json says; it ships no licence file.`
      : readFileSync(join(folder, file), "utf8");
  return `${bundle} contains ${name} ${version}:\n\n${text.trim()}\n`;
}

/** Writes the licence of every package that ends up in the bundle beside it; the build fails where one has none. */
export function thirdPartyLicences(outFile: string, bundle: string): Plugin {
  return {
    name: "third-party-licences",
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        const inputs = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs: used }) =>
          Object.entries(used)
            .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
            .map(([file]) => file),
        );
        const folders = new Set(
          inputs.map(packageFolder).filter((folder) => folder !== undefined && existsSync(folder)),
        );
        const notices = [...folders].map((folder) => notice(String(folder), bundle));
        if (!existsSync(dirname(outFile)) || notices.length === 0)
          throw new Error("the bundle names no packages");
        writeFileSync(outFile, `${notices.sort().join("\n----\n\n")}`);
      });
    },
  };
}
