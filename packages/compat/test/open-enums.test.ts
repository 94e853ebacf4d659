import type { Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { compare, type Edit, ownSchema, withEdits } from "./support/contracts.js";

const own: Json = JSON.parse(ownSchema);
const open: Json = withEdits(own, [["/$defs/AgentStatus/x-open", true]]);

describe("an enum that is open", () => {
  const rows: readonly [
    title: string,
    older: Json,
    edits: readonly Edit[],
    bump: string,
    changes: readonly (readonly [plane: string, verdict: string, pointer: string])[],
  ][] = [
    [
      "gains a value: a change of documentation",
      open,
      [["/$defs/AgentStatus/enum/-", "draining"]],
      "patch",
      [["documentation", "compatible", "/$defs/AgentStatus"]],
    ],
    [
      "loses a value: a change of documentation",
      open,
      [["/$defs/AgentStatus/enum/0", undefined]],
      "patch",
      [["documentation", "compatible", "/$defs/AgentStatus"]],
    ],
    [
      "names the fallback for older versions: a change of documentation",
      open,
      [["/$defs/AgentStatus/x-fallback", "offline"]],
      "patch",
      [["documentation", "compatible", "/$defs/AgentStatus"]],
    ],
  ];
  it.each(rows)("%s", (_title, older, edits, bump, changes) => {
    const comparison = compare(older, withEdits(older, edits));
    expect(comparison.bump).toBe(bump);
    expect(comparison.changes.map(({ plane, verdict, pointer }) => [plane, verdict, pointer])).toEqual(
      changes,
    );
  });

  it("breaks clients of a version in which it was closed", () => {
    const { bump, changes } = compare(own, open);
    expect(bump).toBe("major");
    expect(changes).toContainEqual(
      expect.objectContaining({ plane: "wire", verdict: "breaking", pointer: "/$defs/AgentStatus" }),
    );
  });
});
