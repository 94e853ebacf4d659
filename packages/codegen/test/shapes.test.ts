import { ruleKeywords, typeBits } from "@hivewire/protocol";
import { expect, it } from "vitest";
import { typeBits as ownBits, ruleNumbers } from "../src/shapes/rule-text.js";

it("shapes are written with the numbers that the runtime reads", () => {
  expect([...ruleNumbers]).toEqual(ruleKeywords.map((keyword) => keyword.split(":")[0]));
  expect(ownBits).toEqual(typeBits);
});
