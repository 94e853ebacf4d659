import { describe, expect, it } from "vitest";
import type { Change, Verdict } from "../src/contract/comparison.js";
import { applyWaivers, type ChangeWaiver } from "../src/contract/waivers.js";

function change(id: string, verdict: Verdict): Change {
  return {
    ...{ id, verdict, rule: "property-required", plane: "wire", messages: ["greeting"], sender: "client" },
    pointer: "",
    location: { file: "a.json", line: 1, column: 1, pointer: "" },
    ...{ summary: "Clients break.", fix: "Make it optional.", witness: undefined },
  };
}

const waiver = (id: string, expires: string): ChangeWaiver => ({
  id,
  owner: "ann",
  reason: "agreed",
  expires,
});
const today = "2026-11-23";

describe("applyWaivers", () => {
  const rows: readonly [
    title: string,
    verdict: Verdict,
    waivers: readonly ChangeWaiver[],
    want: { waived?: string; expired?: readonly string[]; unused?: readonly string[] },
  ][] = [
    ["waives what breaks", "breaking", [waiver("a", "2026-12-31")], { waived: "2026-12-31" }],
    ["waives what is unproven", "unproven", [waiver("a", "2026-12-31")], { waived: "2026-12-31" }],
    ["counts through its last day", "breaking", [waiver("a", today)], { waived: today }],
    ["is over the day after", "breaking", [waiver("a", "2026-11-22")], { expired: ["2026-11-22"] }],
    [
      "is replaced by one that lasts longer",
      "breaking",
      [waiver("a", "2026-11-22"), waiver("a", "2026-12-31")],
      { waived: "2026-12-31" },
    ],
    [
      "is unused where nothing has its id",
      "breaking",
      [waiver("b", "2026-12-31")],
      { unused: ["2026-12-31"] },
    ],
    [
      "is unused, not expired, once its change is gone",
      "breaking",
      [waiver("b", "2020-01-01")],
      { unused: ["2020-01-01"] },
    ],
    [
      "is unused where nothing breaks any more",
      "compatible",
      [waiver("a", "2026-12-31")],
      { unused: ["2026-12-31"] },
    ],
  ];
  it.each(rows)("%s", (_title, verdict, waivers, { waived, expired = [], unused = [] }) => {
    const applied = applyWaivers([change("a", verdict)], waivers, today);
    expect(applied.changes.map((each) => each.waiver?.expires)).toEqual([waived]);
    expect(applied.expired.map(({ expires }) => expires)).toEqual(expired);
    expect(applied.unused.map(({ expires }) => expires)).toEqual(unused);
  });
});
