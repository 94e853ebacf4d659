import type { Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import type { Bump } from "../src/contract/comparison.js";
import { compare, type Edit, ownSchema, renamed, withEdits } from "./support/contracts.js";

interface Release {
  readonly what: string;
  readonly bump: Bump;
  readonly edits: (schema: Json) => readonly Edit[];
}

/** A history of our own schema, written for this test: what each release changes, and the step that says it. */
const releases: readonly Release[] = [
  {
    what: "words are explained better",
    bump: "patch",
    edits: () => [
      ["/$defs/Ping/description", "Asks for a `pong`."],
      ["/$defs/Agent/title", "One agent"],
    ],
  },
  {
    what: "an optional property is added to an update",
    bump: "minor",
    edits: () => [["/$defs/TaskUpdate/properties/region", { type: "string" }]],
  },
  {
    what: "a constant is spelled as an enum, and a bound in another way",
    bump: "patch",
    edits: () => [
      ["/$defs/Ping/properties/type", { enum: ["ping"] }],
      [
        "/$defs/Count",
        { title: "Count", description: "A whole number of things.", type: "integer", exclusiveMinimum: -1 },
      ],
    ],
  },
  {
    what: "a server message is added",
    bump: "minor",
    edits: () => [
      [
        "/$defs/Maintenance",
        {
          title: "Maintenance",
          "x-sender": "server",
          type: "object",
          properties: { type: { const: "maintenance" }, starts_at: { type: "string" } },
          required: ["type", "starts_at"],
        },
      ],
      ["/oneOf/-", { $ref: "#/$defs/Maintenance" }],
    ],
  },
  {
    what: "an agent can have another status",
    bump: "major",
    edits: () => [["/$defs/AgentStatus/enum/-", "draining"]],
  },
  {
    what: "what clients may send gets wider",
    bump: "minor",
    edits: () => [["/$defs/RequestData/properties/data_type/maxLength", 256]],
  },
  {
    what: "a property of a request is renamed",
    bump: "major",
    edits: (schema) => [
      ...renamed(schema, "/$defs/RequestData/properties", "data_type", "kind"),
      ["/$defs/RequestData/required", ["type", "kind"]],
    ],
  },
  {
    what: "an answer may come without its data",
    bump: "major",
    edits: () => [["/$defs/DataError/required", ["type", "data_type", "timestamp", "correlation_id"]]],
  },
  {
    what: "a definition gets another name",
    bump: "minor",
    edits: () => [],
  },
  {
    what: "an unused message of old clients goes",
    bump: "major",
    edits: (schema) => {
      const branches = typeof schema === "object" && schema !== null && "oneOf" in schema ? schema.oneOf : [];
      const kept = (Array.isArray(branches) ? branches : []).filter(
        (branch: Json) => JSON.stringify(branch) !== '{"$ref":"#/$defs/Unsubscribe"}',
      );
      return [
        ["/oneOf", kept],
        ["/$defs/Unsubscribe", undefined],
      ];
    },
  },
  {
    what: "a description follows",
    bump: "patch",
    edits: () => [["/description", "Every message of the dashboard."]],
  },
];

/** Renames a definition everywhere. */
function withName(schema: Json, from: string, to: string): Json {
  return JSON.parse(
    JSON.stringify(schema)
      .replaceAll(`#/$defs/${from}"`, `#/$defs/${to}"`)
      .replace(`"${from}":{`, `"${to}":{`),
  );
}

/** Every version, oldest first. */
const versions: Json[] = [JSON.parse(ownSchema)];
for (const release of releases) {
  const last = versions.at(-1) ?? true;
  const next = withEdits(last, release.edits(last));
  versions.push(release.what.startsWith("a definition gets") ? withName(next, "Count", "WholeNumber") : next);
}

const order: readonly Bump[] = ["none", "patch", "minor", "major"];

describe("a history of eleven releases", () => {
  it.each(releases.map((release, index) => ({ ...release, index })))(
    "asks for $bump when $what",
    ({ bump, index }) => {
      expect(compare(versions[index] ?? true, versions[index + 1] ?? true).bump).toBe(bump);
    },
  );

  it("asks, over any number of releases, for the largest step among them", () => {
    for (let from = 0; from < versions.length; from++) {
      for (let to = from + 1; to < versions.length; to++) {
        const steps = releases.slice(from, to).map(({ bump }) => order.indexOf(bump));
        const { bump } = compare(versions[from] ?? true, versions[to] ?? true);
        expect(`${from} to ${to}: ${bump}`).toBe(`${from} to ${to}: ${order[Math.max(...steps)]}`);
      }
    }
  });
});
