import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCodegen } from "../src/codegen.mjs";
import { contractOf, documentOf } from "../src/contract.mjs";
import { cellsOf, frameSizes, sizeName } from "../src/frames.mjs";
import { hostileDocument, hostileFrames } from "../src/hostile-frames.mjs";
import { prepare } from "../src/prepare.mjs";
import { shapesOf } from "../src/shapes.mjs";

const ajv = new Ajv2020({ strict: false, strictNumbers: true, validateFormats: false, logger: false });

describe.each([14, 100])("the contract of %i types", (types) => {
  const { shapes, received } = contractOf(types);
  const document = documentOf(shapes);
  const cells = cellsOf(received);

  it("is valid JSON Schema 2020-12", () => {
    expect(ajv.validateSchema(document), JSON.stringify(ajv.errors)).toBe(true);
  });

  it("has so many messages of the server, some of the client, and no name twice", () => {
    expect(received).toHaveLength(types);
    expect(shapes.length).toBeGreaterThan(types);
    expect(new Set(shapes.map(({ name }) => name)).size).toBe(shapes.length);
    expect(shapes.filter(({ closed }) => closed).length).toBeGreaterThan(0);
  });

  it("accepts each valid frame and refuses each other one, by Ajv", () => {
    const validate = ajv.compile(document);
    const verdicts = cells.flatMap(({ key, accepted, texts }) =>
      texts.map((text) => ({ key, accepted, given: validate(JSON.parse(text)) })),
    );
    expect(verdicts.filter(({ accepted, given }) => accepted !== given)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(types);
  });

  it.each(frameSizes)("has valid frames of about %i B", (size) => {
    const cell = cells.find(({ key, accepted }) => key === sizeName(size) && accepted);
    expect(cell?.texts).toHaveLength(4);
    const mean = (cell?.texts ?? []).reduce((sum, text) => sum + text.length, 0) / 4;
    expect(mean).toBeGreaterThan(size * 0.8);
    expect(mean).toBeLessThan(size * 1.4);
  });
});

describe("all libraries", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hivewire-bench-test-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([14, 100])("decide alike about each frame of %i types", { timeout: 120_000 }, async (types) => {
    const { subjects } = await prepare(contractOf(types), folder, await loadCodegen(folder));
    expect(subjects.filter(({ fault }) => fault !== undefined)).toEqual([]);
    expect(subjects).toHaveLength(9);
  });
});

describe("the hostile frames", () => {
  it("belong to a contract that is valid JSON Schema 2020-12", () => {
    expect(ajv.validateSchema(hostileDocument), JSON.stringify(ajv.errors)).toBe(true);
  });

  const decided = hostileFrames.filter(({ accepted }) => accepted !== null);
  it.each(decided)("have the verdict of Ajv: $name", ({ accepted, text }) => {
    const validate = ajv.compile(hostileDocument);
    expect(validate(JSON.parse(text))).toBe(accepted);
  });
});

describe("shapes", () => {
  it("are refused beyond the subjects that have names", () => {
    expect(() => shapesOf({ server: 1_000, client: 0 })).toThrow(RangeError);
  });
});
