import { type Json, type Model, own, pointerOf, readModel, valueAt, walkSchemas } from "@hivewire/codegen";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { mulberry32, type Random, randomValue } from "../../codegen/test/support/random-value.js";
import { planConversion } from "../src/contract/plan-conversion.js";
import { ownSchema, withEdits } from "./support/contracts.js";
import { convertByPlan } from "./support/convert-by-plan.js";
import { edited } from "./support/random-edit.js";

/** Pairs of versions, and frames of each message of a pair. `HIVEWIRE_PLAN_PAIRS` asks for more pairs. */
const pairs = Number(process.env.HIVEWIRE_PLAN_PAIRS ?? 60);
const frames = 100;

/** Definitions that are edited, and the messages that carry them. */
const parts = ["Agent", "Task", "Alert", "Recovery"];
const messages = ["AgentUpdate", "TaskUpdate", "CriticalAlert", "SubscriptionUpdated"];

const pick = <T>(random: Random, items: readonly T[]): T | undefined =>
  items[Math.floor(random() * items.length)];

/** Our own contract with a few messages, as an older version may have had it: edited at random, mostly closed. */
function older(random: Random): Json {
  const undeclaredProperties = random() < 0.5 ? "sent" : "never-sent";
  let schema = withEdits(JSON.parse(ownSchema), [
    ["/x-contract/policy", { undeclaredProperties, formats: "annotated" }],
    ["/oneOf", messages.map((name) => ({ $ref: `#/$defs/${name}` }))],
  ]);
  for (let count = 0; count < 3; count++) {
    const pointer = pointerOf(["$defs", pick(random, parts) ?? ""]);
    schema = withEdits(schema, [[pointer, edited(valueAt(schema, pointer) ?? true, random).schema]]);
  }
  const keyword = random() < 0.8 ? "additionalProperties" : "unevaluatedProperties";
  const closed = parts.filter(() => random() < 0.8);
  return withEdits(
    schema,
    closed.map((name) => [`/$defs/${name}/${keyword}`, false] as const),
  );
}

/** The same with members and values added. */
function newer(schema: Json, random: Random): Json {
  return parts.reduce((changed, name) => {
    const pointer = pointerOf(["$defs", name]);
    const places = (keyword: string) =>
      walkSchemas(valueAt(changed, pointer) ?? true, pointer).filter(
        (place) => own(place.schema, keyword) !== undefined,
      );
    const object = pick(random, places("properties"));
    const list = pick(random, places("enum"));
    const values = list && own(list.schema, "enum");
    const member = pick<Json>(random, [true, { type: "string" }, { enum: ["x"] }]) ?? true;
    return withEdits(changed, [
      ...(object && random() < 0.7 ? [[`${object.pointer}/properties/added`, member] as const] : []),
      ...(list && Array.isArray(values) && random() < 0.6
        ? [
            [`${list.pointer}/enum/-`, "added"] as const,
            [`${list.pointer}/x-fallback`, values[0] ?? "added"] as const,
          ]
        : []),
    ]);
  }, schema);
}

/** A version, read and compiled; undefined where the edits made no contract of it. */
function compiled(schema: Json): { model: Model; accepts: (frame: unknown) => boolean } | undefined {
  try {
    const model = readModel({ text: JSON.stringify(schema), file: "messages.schema.json" });
    const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: true, logger: false });
    return { model, accepts: ajv.compile(model.schema) };
  } catch {
    return undefined;
  }
}

describe("planConversion", () => {
  it(`is right of ${frames} frames of each message, over ${pairs} pairs of versions`, {
    timeout: 600_000,
  }, () => {
    const random = mulberry32(5);
    const counts = { same: 0, drop: 0, steps: 0, slot: 0, frames: 0 };
    for (let count = 0; count < pairs; count++) {
      const schema = older(random);
      const [before, after] = [compiled(schema), compiled(newer(schema, random))];
      if (!before || !after) continue;
      const plan = planConversion(
        { model: after.model, label: "next" },
        { model: before.model, label: "1.0.0" },
      );
      const find = convertByPlan(plan);
      for (const { name, kind } of plan.messages) {
        counts[kind]++;
        if (kind === "drop" || kind === "slot") continue;
        for (let tries = 0; tries < frames; tries++) {
          const frame = randomValue({ $ref: `#/$defs/${name}` }, after.model.schema, random);
          if (typeof frame !== "object" || frame === null || !after.accepts(frame)) continue;
          const converted = find("1.0.0", String(Reflect.get(frame, "type")))?.(frame);
          if (!before.accepts(converted)) expect({ count, frame, converted }).toBe("accepted");
          counts.frames++;
        }
      }
    }
    expect(counts.steps).toBeGreaterThan(pairs);
    expect(counts.slot).toBeLessThan(counts.steps / 10);
    expect(counts.frames).toBeGreaterThan(pairs * frames);
  });
});
