import { ruleKeywords } from "@hivewire/protocol";
import { expect, it } from "vitest";
import { ruleNumbers } from "../src/shapes/rule-text.js";

it("shapes are written with the numbers that the runtime reads", () => {
  expect([...ruleNumbers]).toEqual(ruleKeywords.map((keyword) => keyword.split(":")[0]));
});
