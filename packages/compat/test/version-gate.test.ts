import { describe, expect, it } from "vitest";
import type { Bump, Change, Verdict } from "../src/contract/comparison.js";
import { bumpAfterWaivers, type GateVerdict, versionGate } from "../src/contract/version-gate.js";
import type { WaivableChange } from "../src/contract/waivers.js";

describe("versionGate", () => {
  const rows: readonly [
    base: string,
    version: string,
    bump: Bump,
    verdict: GateVerdict,
    needed: Bump,
    nextVersion: string,
  ][] = [
    ["1.2.3", "1.2.3", "none", "unchanged", "none", "1.2.3"],
    ["1.2.3", "1.2.3", "patch", "too-small", "patch", "1.2.4"],
    ["1.2.3", "1.2.3", "minor", "too-small", "minor", "1.3.0"],
    ["1.2.3", "1.2.3", "major", "too-small", "major", "2.0.0"],
    ["1.2.3", "1.2.4", "none", "too-large", "none", "1.2.3"],
    ["1.2.3", "1.2.4", "patch", "fine", "patch", "1.2.4"],
    ["1.2.3", "1.2.9", "patch", "fine", "patch", "1.2.4"],
    ["1.2.3", "1.2.4", "minor", "too-small", "minor", "1.3.0"],
    ["1.2.3", "1.2.4", "major", "too-small", "major", "2.0.0"],
    ["1.2.3", "1.3.0", "patch", "too-large", "patch", "1.2.4"],
    ["1.2.3", "1.3.0", "minor", "fine", "minor", "1.3.0"],
    ["1.2.3", "1.3.0", "major", "too-small", "major", "2.0.0"],
    ["1.2.3", "2.0.0", "patch", "too-large", "patch", "1.2.4"],
    ["1.2.3", "2.0.0", "minor", "too-large", "minor", "1.3.0"],
    ["1.2.3", "2.0.0", "major", "fine", "major", "2.0.0"],
    ["1.2.3", "3.1.0", "major", "fine", "major", "2.0.0"],
    ["1.10.0", "1.9.0", "none", "unchanged", "none", "1.10.0"],
    ["1.10.0", "1.9.0", "patch", "too-small", "patch", "1.10.1"],
    ["2.0.0", "1.9.0", "major", "too-small", "major", "3.0.0"],
    ["0.2.1", "0.2.2", "patch", "fine", "patch", "0.2.2"],
    ["0.2.1", "0.2.2", "minor", "too-small", "minor", "0.3.0"],
    ["0.2.1", "0.2.2", "major", "too-small", "minor", "0.3.0"],
    ["0.2.1", "0.3.0", "minor", "fine", "minor", "0.3.0"],
    ["0.2.1", "0.3.0", "major", "fine", "minor", "0.3.0"],
    ["0.2.1", "1.0.0", "patch", "fine", "patch", "0.2.2"],
    ["0.2.1", "1.0.0", "major", "fine", "minor", "0.3.0"],
  ];
  it.each(rows)(
    "from %s to %s, where %s is asked for, is %s",
    (base, version, bump, verdict, needed, nextVersion) => {
      const gate = versionGate(base, version, bump);
      expect(gate).toMatchObject({ base, version, verdict, needed, nextVersion });
      expect(gate.isSaid).toBe(verdict !== "too-small");
    },
  );
});

describe("bumpAfterWaivers", () => {
  const waiver = { id: "a", owner: "ann", reason: "agreed", expires: "2026-12-31" };
  const plain: Change = {
    ...{ id: "a", verdict: "breaking", rule: "r", plane: "wire", messages: [], sender: null, pointer: "" },
    location: { file: "a.json", line: 1, column: 1, pointer: "" },
    ...{ summary: "", fix: "", witness: undefined },
  };
  const change = (verdict: Verdict, isWaived: boolean): WaivableChange => ({
    ...plain,
    verdict,
    waiver: isWaived ? waiver : undefined,
  });
  const rows: readonly [title: string, bump: Bump, changes: readonly WaivableChange[], want: Bump][] = [
    ["keeps a major step that nothing waives", "major", [change("breaking", false)], "major"],
    ["asks for a minor step once all that breaks is waived", "major", [change("breaking", true)], "minor"],
    [
      "takes what is unproven as breaking",
      "major",
      [change("breaking", true), change("unproven", false)],
      "major",
    ],
    [
      "asks no waiver of what is compatible",
      "major",
      [change("unproven", true), change("compatible", false)],
      "minor",
    ],
    ["keeps a smaller step", "patch", [], "patch"],
    ["keeps a major step without a change that explains it", "major", [change("compatible", false)], "major"],
  ];
  it.each(rows)("%s", (_title, bump, changes, want) => {
    expect(bumpAfterWaivers(bump, changes)).toBe(want);
  });
});
