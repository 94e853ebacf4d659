import { generate } from "@hivewire/codegen";
import type { Validate } from "@hivewire/protocol";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { contractFiles, type Generated, generated, run } from "./contracts/contracts.js";
import { modelOf, ownSchemaText } from "./support/evaluate.js";
import {
  at,
  isList,
  isObject,
  type Json,
  mulberry32,
  mutated,
  type Random,
  randomValue,
} from "./support/random-value.js";

/** Frames over all contracts; `pnpm fuzz` asks for a million. */
const frames = Number(process.env.HIVEWIRE_FUZZ_FRAMES ?? 100_000);

/** One guard and what Ajv says about the same schema. */
interface Subject {
  readonly name: string;
  readonly pointer: string;
  readonly validate: Validate<unknown>;
  readonly ajv: ValidateFunction;
}

async function own(): Promise<Generated> {
  const model = modelOf(JSON.parse(ownSchemaText), "ws_messages.schema.json");
  const origin = { generatorVersion: "0.0.0", schemaFile: "own", command: "hivewire generate" };
  const files = await generate(model, origin);
  return { folder: "own", model, files: new Map(files.map(({ path, contents }) => [path, contents])) };
}

const isValidate = (value: unknown): value is Validate<unknown> => typeof value === "function";

function subjectsOf(contract: Generated): readonly Subject[] {
  const module = run(contract, "validators.ts");
  const ajv = new Ajv2020.default({
    strict: false,
    strictNumbers: true,
    validateFormats: false,
    logger: false,
  });
  ajv.addSchema({ ...contract.model.schema, $id: "contract:" });
  return contract.model.messages.map(({ name, pointer }) => {
    const validate: unknown = Reflect.get(module, `validate${name}`);
    if (!isValidate(validate)) throw new Error(`there is no validate${name}`);
    return { name, pointer, validate, ajv: ajv.compile({ $ref: `contract:#${encodeURI(pointer)}` }) };
  });
}

/** A value that the message may or may not accept: an example or a drawn one, changed up to four times. */
function frameOf(root: Json, pointer: string, random: Random): Json {
  const schema = at(root, pointer);
  const examples = isObject(schema) && isList(schema.examples) ? schema.examples : [];
  const example = examples[Math.floor(random() * examples.length)];
  let value = example !== undefined && random() < 0.5 ? example : randomValue(schema ?? true, root, random);
  for (let changes = Math.floor(random() * 5); changes > 0; changes--) value = mutated(value, random);
  return value;
}

/** Names on which Ajv errs: it takes what every object inherits for a property (docs/json-schema.md). */
const inherited = new RegExp(`"(${Object.getOwnPropertyNames(Object.prototype).join("|")})"`);

describe("generated validators", async () => {
  const contracts = [await own(), ...(await Promise.all(contractFiles.map(generated)))];
  const share = Math.ceil(frames / contracts.length);

  it("are fuzzed over at least twenty schemas", () => {
    expect(contracts.length).toBeGreaterThanOrEqual(20);
  });

  it.each(contracts)(
    "of $folder give Ajv's verdict, and a reason for each refusal",
    (contract) => {
      const subjects = subjectsOf(contract);
      const random = mulberry32(share + contract.folder.length);
      const text = JSON.stringify(contract.model.schema);
      const counts = { accepted: 0, refused: 0 };
      for (let count = 0; count < share; count++) {
        const subject = subjects[count % subjects.length];
        if (!subject) break;
        const { name, pointer, validate, ajv } = subject;
        const frame = frameOf(contract.model.schema, pointer, random);
        const result = validate(frame, { allErrors: count % 2 === 0 });
        counts[result.ok ? "accepted" : "refused"]++;
        if (result.ok !== ajv(frame) && !inherited.test(text))
          expect.fail(`${name}: Ajv says ${!result.ok} to ${JSON.stringify(frame)}`);
        if (result.ok) continue;
        const { issue, issues } = result;
        if (issue.keyword === "schema" || issues[0] !== issue || issues.length > 20)
          expect.fail(`${name}: ${JSON.stringify(issue)} for ${JSON.stringify(frame)}`);
      }
      expect(counts.accepted).toBeGreaterThan(share / 50);
      expect(counts.refused).toBeGreaterThan(share / 10);
    },
    600_000,
  );
});
