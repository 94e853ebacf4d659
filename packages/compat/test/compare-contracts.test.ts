import type { Json } from "@hivewire/codegen";
import { describe, expect, it } from "vitest";
import { changeRules } from "../src/contract/change-rules.js";
import { compare, type Edit, ownSchema, renamed, withEdits } from "./support/contracts.js";

const own: Json = JSON.parse(ownSchema);

/** Our own schema without a policy: the strict choices hold. */
const strict = withEdits(own, [["/x-contract/policy", undefined]]);

interface Row {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Rules of the breaking changes, in order. */
  readonly rules: readonly string[];
  /** What the first sentence says. */
  readonly says: string;
  readonly mends: string;
  readonly older?: Json;
}

const rows: readonly Row[] = [
  {
    title: "a property that clients have to send",
    edits: [
      ["/$defs/Subscribe/properties/reason", { type: "string" }],
      ["/$defs/Subscribe/required", ["type", "subscriptions", "reason"]],
    ],
    rules: ["property-required"],
    says: "Clients on 1.0.0 that send `subscribe` are refused: `reason` is required now.",
    mends: "Add `reason` as optional",
  },
  {
    title: "a property that servers no longer always send",
    edits: [["/$defs/Agent/required", ["id"]]],
    rules: ["property-required"],
    says: "Clients on 1.0.0 that receive `agent_update` refuse it: `data.agents[].status` may be missing now.",
    mends: "Keep `status` required",
  },
  {
    title: "a value that older clients do not know",
    edits: [["/$defs/AgentStatus/enum/-", "paused"]],
    rules: ["values-changed"],
    says: '`data.agents[].status` may be "paused" now, which they do not know',
    mends: "x-open",
  },
  {
    title: "two values at once, as one change",
    edits: [
      ["/$defs/AgentStatus/enum/-", "paused"],
      ["/$defs/AgentStatus/enum/-", "draining"],
    ],
    rules: ["values-changed"],
    says: '`data.agents[].status` may be "paused", "draining" now',
    mends: "x-open",
  },
  {
    title: "a list of values that became open",
    edits: [
      ["/$defs/AgentStatus/enum", undefined],
      ["/$defs/AgentStatus/type", "string"],
    ],
    rules: ["values-changed"],
    says: " and others now, which they do not know",
    mends: "x-open",
  },
  {
    title: "a property of a request under another name",
    edits: [
      ...renamed(own, "/$defs/RequestData/properties", "data_type", "kind"),
      ["/$defs/RequestData/required", ["type", "kind"]],
    ],
    rules: ["property-renamed"],
    says: "`data_type` is called `kind` now",
    mends: "Keep `data_type` and mark it deprecated",
  },
  {
    title: "a property of an update under another name",
    edits: [
      ...renamed(own, "/$defs/Agent/properties", "id", "agent_id"),
      ["/$defs/Agent/required", ["agent_id", "status"]],
    ],
    rules: ["property-renamed"],
    says: "`data.agents[].id` is called `agent_id` now",
    mends: "Keep `id` and mark it deprecated",
  },
  {
    title: "a message under another name",
    edits: [
      ["/$defs/Pong/properties/type/const", "ponged"],
      ["/$defs/Ping/x-replies", ["ponged"]],
    ],
    rules: ["message-renamed"],
    says: "Clients on 1.0.0 miss `pong`: `pong` is called `ponged` now, which they ignore.",
    mends: "Go on sending `pong`",
  },
  {
    title: "a message of clients that the server no longer knows",
    edits: [
      ["/oneOf/2", undefined],
      ["/$defs/Unsubscribe", undefined],
    ],
    rules: ["message-removed"],
    says: "Clients on 1.0.0 that send `unsubscribe` are refused: the server knows no such message.",
    mends: "Keep `unsubscribe`, mark it deprecated",
  },
  {
    title: "two independent faults in one message",
    edits: [
      ["/$defs/RequestData/properties/data_type/maxLength", 64],
      ["/$defs/RequestData/properties/params", { type: "object", required: ["window"] }],
    ],
    rules: ["range-changed", "property-required"],
    says: "`data_type` has to be at most 64 characters long now",
    mends: "Keep the old bound",
  },
  {
    title: "a type that got narrower",
    edits: [["/$defs/RequestData/properties/params/type", "array"]],
    rules: ["type-changed"],
    says: '`params` no longer accepts "object": it has to be an array',
    mends: "Accept the old type beside the new one",
  },
  {
    title: "a topic that went",
    edits: [
      ["/x-contract/topics", ["agents", "coordination", "tasks", "system", "alerts"]],
      ["/$defs/ProjectIndexEvent/x-topic", "system"],
    ],
    rules: ["topic-removed", "topic-moved"],
    says: "Clients on 1.0.0 that subscribe to the topic `project_index` are refused",
    mends: "Keep the topic `project_index`",
  },
  {
    title: "a definition that several messages share, as one change",
    edits: [["/$defs/CorrelationId/minLength", 0]],
    rules: ["range-changed"],
    says: "`correlation_id` may be under 1 character long now",
    mends: "Keep `correlation_id` within 1",
  },
  {
    title: "under the strict policy, an optional property that clients may have used for something else",
    older: strict,
    edits: [["/$defs/Ping/properties/note", { type: "string", minLength: 3 }]],
    rules: ["property-claimed"],
    says: "`note` has a meaning now, while the contract let them send anything under that name",
    mends: "undeclaredProperties",
  },
  {
    title: "under the strict policy, a new message of the server",
    older: strict,
    edits: [
      [
        "/$defs/Bye",
        { "x-sender": "server", type: "object", properties: { type: { const: "bye" } }, required: ["type"] },
      ],
      ["/oneOf/-", { $ref: "#/$defs/Bye" }],
    ],
    rules: ["message-added"],
    says: "Clients on 1.0.0 refuse `bye`: `bye` is a new message.",
    mends: "unknownMessages",
  },
];

const breaking = (older: Json, newer: Json) =>
  compare(older, newer).changes.filter(({ verdict }) => verdict !== "compatible");

describe("a change that breaks someone", () => {
  it.each(rows)("is said and mended: $title", ({ edits, rules, says, mends, older = own }) => {
    const found = breaking(older, withEdits(older, edits));
    expect(found.map(({ rule }) => rule)).toEqual(rules);
    expect(found[0]?.summary).toContain(says);
    expect(found[0]?.fix).toContain(mends);
    for (const { witness, rule } of found)
      if (!rule.startsWith("topic-")) expect(witness?.frame).toHaveProperty("type");
  });

  it.each(rows)("asks for a major version: $title", ({ edits, older = own }) => {
    expect(compare(older, withEdits(older, edits)).bump).toBe("major");
  });
});

const quiet: readonly { title: string; edits: readonly Edit[]; bump: string; rules: readonly string[] }[] = [
  { title: "nothing", edits: [], bump: "none", rules: [] },
  {
    title: "an optional property of a request",
    edits: [["/$defs/Ping/properties/note", { type: "string" }]],
    bump: "minor",
    rules: ["property-added"],
  },
  {
    title: "a message that clients can send",
    edits: [
      [
        "/$defs/Wave",
        { "x-sender": "client", type: "object", properties: { type: { const: "wave" } }, required: ["type"] },
      ],
      ["/oneOf/-", { $ref: "#/$defs/Wave" }],
    ],
    bump: "minor",
    rules: ["message-added"],
  },
  {
    title: "a topic",
    edits: [["/x-contract/topics/-", "billing"]],
    bump: "minor",
    rules: ["topic-added"],
  },
  {
    title: "a wider bound of what clients send",
    edits: [["/$defs/RequestData/properties/data_type/maxLength", 256]],
    bump: "minor",
    rules: ["keywords-changed"],
  },
  {
    title: "a narrower bound of what servers send",
    edits: [["/$defs/DisconnectNotice/properties/reason/maxLength", 64]],
    bump: "minor",
    rules: ["keywords-changed"],
  },
  {
    title: "words",
    edits: [["/$defs/Ping/description", "Asks."]],
    bump: "patch",
    rules: ["documentation-changed"],
  },
  {
    title: "other keywords for the same frames",
    edits: [["/$defs/Ping/properties/type", { allOf: [{ type: "string" }, { enum: ["ping"] }] }]],
    bump: "patch",
    rules: ["keywords-changed"],
  },
];

describe("a change that breaks no one", () => {
  it.each(quiet)("is $title", ({ edits, bump, rules }) => {
    const result = compare(own, withEdits(own, edits));
    expect({ bump: result.bump, rules: result.changes.map(({ rule }) => rule) }).toEqual({ bump, rules });
  });
});

describe("the table of rules", () => {
  it("has a sentence for every kind of change that was seen", () => {
    const seen = [...rows, ...quiet].flatMap(({ rules }) => rules);
    expect(seen.filter((rule) => !changeRules.has(rule))).toEqual([]);
  });
});

describe("comparing contracts", () => {
  const edits: readonly Edit[] = [["/$defs/AgentStatus/enum/-", "paused"]];

  it("keeps a change's id when lines move and other changes come", () => {
    const [one] = breaking(own, withEdits(own, edits));
    const [other] = breaking(
      own,
      withEdits(own, [["/title", "Another"], ["/$defs/Ping/description", "Asks."], ...edits]),
    );
    expect(one?.id).toMatch(/^[0-9a-f]{12}$/);
    expect(other?.id).toBe(one?.id);
  });

  it("shows an example of the schema, changed in one place", () => {
    const [change] = breaking(own, withEdits(own, edits));
    expect(JSON.stringify(change?.witness?.frame)).toContain('"status":"paused","current_task":"task-12"');
    expect(change?.witness?.pointer).toBe("/data/agents/0/status");
  });

  it("places a change in the newer schema", () => {
    const [change] = breaking(own, withEdits(own, edits));
    expect(change?.pointer).toBe("/$defs/AgentStatus/enum");
    expect(change?.location.line).toBeGreaterThan(100);
  });

  it("asks both ways for rollbacks", () => {
    const newer = withEdits(own, [["/$defs/RequestData/properties/data_type/maxLength", 256]]);
    expect(compare(own, newer).bump).toBe("minor");
    const [change] = compare(own, newer, { full: true }).changes;
    expect(change?.verdict).toBe("breaking");
    expect(change?.summary).toContain(
      "Clients on next that send `request_data` to a server rolled back to 1.0.0",
    );
  });

  it("asks of new messages both ways for rollbacks", () => {
    const newer = withEdits(own, [
      [
        "/$defs/Wave",
        { "x-sender": "client", type: "object", properties: { type: { const: "wave" } }, required: ["type"] },
      ],
      ["/oneOf/-", { $ref: "#/$defs/Wave" }],
    ]);
    const [change] = compare(own, newer, { full: true }).changes;
    expect(change?.rule).toBe("message-added");
    expect(change?.summary).toContain(
      "Clients on next that send `wave` to a server rolled back to 1.0.0 are refused",
    );
  });

  it("says what it could not prove within its bounds, and counts it as breaking", () => {
    const newer = withEdits(own, [["/$defs/RequestData/properties/data_type/maxLength", 64]]);
    const result = compare(own, newer, { bounds: { maxSteps: 0 } });
    expect(result.changes.find(({ rule }) => rule === "unproven")?.summary).toContain("could not be proven");
    expect(result.bump).toBe("major");
  });

  it.each([
    { policy: { unknownMessages: "maybe" }, says: 'unknownMessages: "maybe"' },
    { policy: { formats: 1 }, says: "formats: 1" },
    { policy: { other: true }, says: "known are unknownMessages" },
    { policy: [], says: "an object" },
  ])("refuses the policy $policy", ({ policy, says }) => {
    expect(() => compare(own, withEdits(own, [["/x-contract/policy", policy]]))).toThrow(says);
  });

  it.each([
    { older: "never-sent", newer: "never-sent", bump: "minor" },
    { older: undefined, newer: "never-sent", bump: "minor" },
    { older: "never-sent", newer: undefined, bump: "minor" },
    { older: "sent", newer: "never-sent", bump: "major" },
    { older: undefined, newer: undefined, bump: "major" },
  ])("takes $older before and $newer now for the stricter of what was declared", ({ older, newer, bump }) => {
    const pointer = "/x-contract/policy/undeclaredProperties";
    const result = compare(
      withEdits(own, [[pointer, older]]),
      withEdits(own, [
        [pointer, newer],
        ["/$defs/Ping/properties/note", { type: "string" }],
      ]),
    );
    expect(result.bump).toBe(bump);
  });
});
