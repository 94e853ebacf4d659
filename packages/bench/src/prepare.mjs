// @ts-check
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleTo } from "./bundle.mjs";
import { firstLine, writeGenerated } from "./codegen.mjs";
import { documentOf } from "./contract.mjs";
import { cellsOf } from "./frames.mjs";
import { peers } from "./peers/index.mjs";
import { runChild } from "./run-child.mjs";

/** @typedef {import("./contract.mjs").BenchContract} BenchContract */
/** @typedef {{ readonly id: string, readonly title: string, readonly evalFree: boolean, readonly module: string, readonly fault?: string }} Subject */
/**
 * @typedef {{ readonly types: number, readonly cells: string,  readonly subjects: readonly Subject[] }} Prepared
 */

/**
 * Builds every library's module for a contract and has each decide about every frame. One that cannot,
 * or that decides otherwise than the contract, carries the reason in `fault` and is not timed.
 * @param {BenchContract} contract @param {string} folder a temporary one
 * @param {import("./codegen.mjs").Loaded} loaded
 * @returns {Promise<Prepared>}
 */
export async function prepare({ types, shapes, received }, folder, loaded) {
  const cells = join(folder, `cells-${types}.json`);
  await writeFile(cells, JSON.stringify(cellsOf(received)));
  /** @type {Subject[]} */
  const subjects = [];
  const generated = await writeGenerated(loaded, documentOf(shapes), join(folder, `gen-${types}`)).catch(
    (error) => ({ folder, validators: "", from: "nowhere", fault: firstLine(error) }),
  );
  for (const { id, title, evalFree, source } of peers) {
    const module = join(folder, `${id}-${types}.mjs`);
    const subject = { id, title, evalFree, module };
    try {
      if (id.startsWith("hivewire") && "fault" in generated) throw new TypeError(generated.fault);
      await bundleTo(source(received, generated), module);
      const { wrong } = await runChild({ module, cells, mode: "verdicts", quick: true });
      const [fault] = wrong;
      subjects.push(fault === undefined ? subject : { ...subject, fault });
    } catch (error) {
      subjects.push({ ...subject, fault: firstLine(error) });
    }
  }
  return { types, cells, subjects };
}
