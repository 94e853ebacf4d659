// @ts-check
import { loadCodegen } from "./codegen.mjs";
import { contractOf } from "./contract.mjs";
import { everyType, frameSizes, sizeName, textSizes } from "./frames.mjs";
import { hostileSection } from "./hostile.mjs";
import { ours, plain } from "./peers/index.mjs";
import { prepare } from "./prepare.mjs";
import { runChild } from "./run-child.mjs";
import { median, ratio } from "./timing.mjs";

/** @typedef {import("./result.mjs").Section} Section */
/** @typedef {import("./table.mjs").Bar} Bar */

const sizes = frameSizes.map(sizeName);

/** @type {readonly { readonly accepted: boolean, readonly title: string, readonly columns: readonly string[] }[]} */
const parts = [
  { accepted: true, title: "valid", columns: [...sizes, ...textSizes.map(({ key }) => key), everyType] },
  { accepted: false, title: "refused, with error", columns: [...sizes, "unknown type", "missing key"] },
];

/** Ratios of each process, by contract, library, verdict and column. */
class Ratios {
  /** @type {Map<string, number[]>} */
  #found = new Map();

  /** @param {readonly (string | number | boolean | null)[]} key @param {number} value */
  add(key, value) {
    const name = key.join("\n");
    this.#found.set(name, [...(this.#found.get(name) ?? []), value]);
  }

  /** @param {number} types @param {string} id @param {boolean} accepted @param {string} column */
  median(types, id, accepted, column) {
    return median(this.#found.get([types, id, accepted, column].join("\n")) ?? []);
  }
}

/** @param {Ratios} ratios @param {readonly import("./prepare.mjs").Prepared[]} contracts @returns {Section[]} */
function sectionsOf(ratios, contracts) {
  return contracts.flatMap(({ types, subjects }) =>
    parts.map(({ accepted, title, columns }) => ({
      title: `${types} types, ${title}: check ÷ JSON.parse of the same frames`,
      unit: /** @type {const} */ ("ratio"),
      columns,
      rows: subjects.map(({ id, title: name, evalFree, fault }) => ({
        title: evalFree ? name : `${name} (evaluates code)`,
        values: columns.map((column) => {
          const value = ratios.median(types, id, accepted, column);
          return Number.isNaN(value) ? null : value;
        }),
        ...(fault === undefined ? {} : { note: `disqualified: ${fault}` }),
      })),
    })),
  );
}

/** @param {Ratios} ratios @returns {Bar[]} */
function barsOf(ratios) {
  const own = (/** @type {number} */ types, /** @type {boolean} */ accepted, /** @type {string} */ column) =>
    ratios.median(types, ours, accepted, column);
  const small = sizes[0] ?? "";
  const faster = (/** @type {number} */ types) =>
    ratio(ratios.median(types, plain, true, small), own(types, true, small));
  return [
    ...[0.06, 0.02, 0.006, 0.006].map((bar, index) => ({
      title: `14 types, valid, ${sizes[index]}${index === 0 ? "" : " in checked items"}: of JSON.parse`,
      measured: own(14, true, sizes[index] ?? ""),
      bar,
    })),
    ...[0.02, 0.006, 0.006].map((bar, index) => ({
      title: `14 types, valid, ${sizes[index + 1]} in one text: of JSON.parse`,
      measured: own(14, true, textSizes[index]?.key ?? ""),
      bar,
    })),
    {
      title: "14 types, 100 B: Ajv's plain oneOf ÷ hivewire",
      measured: faster(14),
      bar: 20,
      atLeast: true,
      unit: " ×",
    },
    {
      title: "100 types, 100 B: Ajv's plain oneOf ÷ hivewire",
      measured: faster(100),
      bar: 40,
      atLeast: true,
      unit: " ×",
    },
    ...[small, everyType].map((column) => ({
      title: `dispatch over 100 types ÷ over 14, ${column}`,
      measured: ratio(own(100, true, column), own(14, true, column)),
      bar: 2,
      unit: " ×",
    })),
    ...[small, "unknown type", "missing key"].map((column) => ({
      title: `14 types, refusal with error, ${column === small ? `wrong type at ${small}` : column}: of JSON.parse`,
      measured: own(14, false, column),
      bar: 0.5,
    })),
  ];
}

/** @param {import("./result.mjs").Setting} setting @returns {Promise<import("./result.mjs").Result>} */
export async function validators(setting) {
  const { quick, folder, progress } = setting;
  const loaded = await loadCodegen(folder);
  const contracts = [];
  for (const types of [14, 100]) {
    progress(`building every library for ${types} types`);
    contracts.push(await prepare(contractOf(types), folder, loaded));
  }
  const ratios = new Ratios();
  const rounds = quick ? 3 : 7;
  for (let round = 1; round <= rounds; round++) {
    for (const { types, cells, subjects } of contracts) {
      for (const { id, title, module, fault } of subjects) {
        if (fault !== undefined) continue;
        progress(`round ${round} of ${rounds}: ${types} types, ${title}`);
        const result = await runChild({ module, cells, mode: "times", quick });
        for (const { key, accepted, parseNs, checkNs } of result.cells) {
          ratios.add([types, id, accepted, key], ratio(checkNs, parseNs));
        }
      }
    }
  }
  const hostile = await hostileSection(setting, loaded);
  return {
    suite: "validators",
    about: [
      `Node ${process.version}; medians over ${rounds} processes per library and contract.`,
      `The generator of hivewire is ${loaded.from}.`,
    ],
    sections: [...sectionsOf(ratios, contracts), hostile.section],
    bars: [...barsOf(ratios), ...hostile.bars],
  };
}
