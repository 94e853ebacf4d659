import { isObject, type Json, type MessageConversion, type Model, readModel } from "@hivewire/codegen";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { mulberry32, randomValue } from "../../codegen/test/support/random-value.js";
import { planConversion } from "../src/contract/plan-conversion.js";
import { type Edit, ownSchema, withEdits } from "./support/contracts.js";
import { convertByPlan } from "./support/convert-by-plan.js";

const own: Json = JSON.parse(ownSchema);
const read = (schema: Json): Model =>
  readModel({ text: JSON.stringify(schema), file: "messages.schema.json" });

/** What the plan says of each message that is not left as it is. */
function planned(
  older: Json,
  newer: Json,
): Readonly<Record<string, Omit<MessageConversion, "name" | "match">>> {
  const plan = planConversion({ model: read(newer), label: "next" }, { model: read(older), label: "1.0.0" });
  const news = plan.messages.filter(({ kind }) => kind !== "same");
  return Object.fromEntries(news.map(({ name, match: _, ...conversion }) => [name, conversion]));
}

/** Objects that accept no undeclared property, in the older version and the newer. */
const close = (...definitions: readonly string[]): readonly Edit[] =>
  definitions.map((name) => [`/$defs/${name}/additionalProperties`, false]);

const item = { every: "item" };
const member = { every: "member" };

interface Row {
  readonly title: string;
  readonly older?: readonly Edit[];
  readonly newer: readonly Edit[];
  readonly want: Readonly<Record<string, object>>;
}

/** Edits of our own schema whose conversion is mechanical. */
const mechanical: readonly Row[] = [
  { title: "keeps what did not change", newer: [], want: {} },
  {
    title: "keeps a frame with a new property of an open object",
    newer: [["/$defs/Agent/properties/colour", { type: "string" }]],
    want: {},
  },
  {
    title: "drops a message that is new",
    newer: [
      [
        "/$defs/Maintenance",
        {
          ...{ "x-sender": "server", type: "object", required: ["type"] },
          properties: { type: { const: "maintenance" } },
        },
      ],
      ["/oneOf/-", { $ref: "#/$defs/Maintenance" }],
    ],
    want: { Maintenance: { kind: "drop" } },
  },
  {
    title: "removes an added member of every item of an array",
    older: close("Agent"),
    newer: [
      ["/$defs/Agent/properties/colour", { type: "string" }],
      ["/$defs/Agent/properties/weight", { type: "number" }],
    ],
    want: {
      AgentUpdate: {
        kind: "steps",
        steps: [{ kind: "remove", path: ["data", "agents", item], keys: ["colour", "weight"] }],
      },
    },
  },
  {
    title: "removes an added member that is required",
    older: close("Task"),
    newer: [
      ["/$defs/Task/properties/queue", { type: "string" }],
      ["/$defs/Task/required/-", "queue"],
    ],
    want: {
      TaskUpdate: {
        kind: "steps",
        steps: [{ kind: "remove", path: ["data", "tasks", item], keys: ["queue"] }],
      },
    },
  },
  {
    title: "removes an added member of every member of a map",
    older: close("Recovery"),
    newer: [["/$defs/Recovery/properties/lost", { type: "integer" }]],
    want: {
      SubscriptionUpdated: {
        kind: "steps",
        steps: [{ kind: "remove", path: ["recovered", member], keys: ["lost"] }],
      },
    },
  },
  {
    title: "removes an added member of the frame itself, also where unevaluatedProperties closes it",
    older: [["/$defs/Pong/unevaluatedProperties", false]],
    newer: [["/$defs/Pong/properties/load", { type: "number" }]],
    want: { Pong: { kind: "steps", steps: [{ kind: "remove", path: [], keys: ["load"] }] } },
  },
  {
    title: "maps added values to the fallback beside the enum",
    newer: [
      ["/$defs/AgentStatus/enum/-", "draining"],
      ["/$defs/AgentStatus/enum/-", "lost"],
      ["/$defs/AgentStatus/x-fallback", "offline"],
    ],
    want: {
      AgentUpdate: {
        kind: "steps",
        steps: [
          {
            kind: "map",
            path: ["data", "agents", item, "status"],
            from: ["draining", "lost"],
            to: "offline",
          },
        ],
      },
    },
  },
  {
    title: "maps values of a constant that became an enum, and removes members beside it",
    older: close("Task"),
    newer: [
      ["/$defs/SystemEvent/properties/subscription", { enum: ["system", "agents"], "x-fallback": "system" }],
      ["/$defs/SystemEvent/x-topic", undefined],
      ["/$defs/Task/properties/status/enum/-", "paused"],
      ["/$defs/Task/properties/status/x-fallback", "pending"],
      ["/$defs/Task/properties/queue", { type: "string" }],
    ],
    want: {
      SystemEvent: {
        kind: "steps",
        steps: [{ kind: "map", path: ["subscription"], from: ["agents"], to: "system" }],
      },
      TaskUpdate: {
        kind: "steps",
        steps: expect.arrayContaining([
          { kind: "remove", path: ["data", "tasks", item], keys: ["queue"] },
          { kind: "map", path: ["data", "tasks", item, "status"], from: ["paused"], to: "pending" },
        ]),
      },
    },
  },
  {
    title: "removes an added member of an object beside unions and conditions that do not notice",
    older: [
      [
        "/$defs/Agent",
        {
          allOf: [{ $ref: "#/$defs/Named" }],
          oneOf: [
            { properties: { kind: { const: "a" } }, required: ["kind"] },
            { properties: { kind: { const: "b" }, size: { type: "integer" } }, required: ["kind", "size"] },
          ],
          if: { properties: { kind: { const: "b" } } },
          then: { required: ["name"] },
        },
      ],
      [
        "/$defs/Named",
        {
          type: "object",
          properties: { id: { type: "string" }, name: { type: "string" }, kind: true, size: true },
          required: ["id"],
          additionalProperties: false,
        },
      ],
    ],
    newer: [["/$defs/Named/properties/colour", { type: "string" }]],
    want: {
      AgentUpdate: {
        kind: "steps",
        steps: [{ kind: "remove", path: ["data", "agents", item], keys: ["colour"] }],
      },
    },
  },
];

/** Edits for which somebody has to write the conversion. */
const slots: readonly Row[] = [
  {
    title: "an added member of an object with a condition about it",
    older: [
      ...close("Alert"),
      ["/$defs/Alert/if", { minProperties: 3 }],
      ["/$defs/Alert/then", { required: ["severity"] }],
      ["/$defs/Alert/else", { not: { required: ["severity"] } }],
    ],
    newer: [["/$defs/Alert/properties/runbook", { type: "string" }]],
    want: { CriticalAlert: { kind: "slot" } },
  },
  {
    title: "a member that may be missing now",
    newer: [["/$defs/Agent/required", ["id"]]],
    want: {
      AgentUpdate: {
        kind: "slot",
        reasons: ["`data.agents[].status` may be missing now."],
        to: ["AgentUpdate"],
      },
    },
  },
  {
    title: "an added value without a fallback",
    newer: [["/$defs/AgentStatus/enum/-", "draining"]],
    want: {
      AgentUpdate: {
        kind: "slot",
        reasons: ['`data.agents[].status` may be "draining" now, which they do not know.'],
        to: ["AgentUpdate"],
      },
    },
  },
  {
    title: "an added value whose fallback is new, too",
    newer: [
      ["/$defs/AgentStatus/enum/-", "draining"],
      ["/$defs/AgentStatus/x-fallback", "draining"],
    ],
    want: {
      AgentUpdate: {
        kind: "slot",
        reasons: [
          '`data.agents[].status` may be "draining" now, which they do not know, and the fallback "draining" does not help.',
        ],
        to: ["AgentUpdate"],
      },
    },
  },
  {
    title: "an object that was opened: its new names are endlessly many",
    older: close("Agent"),
    newer: [["/$defs/Agent/additionalProperties", { type: "string" }]],
    want: { AgentUpdate: { kind: "slot" } },
  },
  {
    title: "an added member without which an object is too small",
    older: [...close("Alert"), ["/$defs/Alert/minProperties", 2]],
    newer: [["/$defs/Alert/properties/runbook", { type: "string" }]],
    want: { CriticalAlert: { kind: "slot" } },
  },
  {
    title: "an added member without which two items are equal",
    older: [...close("Alert"), ["/$defs/CriticalAlert/properties/data/properties/alerts/uniqueItems", true]],
    newer: [["/$defs/Alert/properties/runbook", { type: "string" }]],
    want: { CriticalAlert: { kind: "slot" } },
  },
  {
    title: "an added member without which two items are equal, by a schema that does not speak of items",
    older: [
      ...close("Alert"),
      ["/$defs/CriticalAlert/properties/data/properties/alerts/allOf", [{ uniqueItems: true }]],
    ],
    newer: [["/$defs/Alert/properties/runbook", { type: "string" }]],
    want: { CriticalAlert: { kind: "slot" } },
  },
  {
    title: "an added member without which an object is too small, by a schema that names no member",
    older: [...close("Alert"), ["/$defs/Alert/allOf", [{ minProperties: 2 }]]],
    newer: [["/$defs/Alert/properties/runbook", { type: "string" }]],
    want: { CriticalAlert: { kind: "slot" } },
  },
  {
    title: "an added value whose fallback makes two items equal",
    older: [["/$defs/SubscriptionUpdated/properties/subscriptions/items", { enum: ["a", "b"] }]],
    newer: [
      [
        "/$defs/SubscriptionUpdated/properties/subscriptions/items",
        { enum: ["a", "b", "c"], "x-fallback": "a" },
      ],
    ],
    want: { SubscriptionUpdated: { kind: "slot" } },
  },
  {
    title: "an added member without which two alternatives hold",
    older: [
      [
        "/$defs/Alert",
        {
          oneOf: [
            { type: "object", properties: { message: { type: "string" } }, additionalProperties: false },
            { type: "object", properties: { message: { type: "integer" } }, additionalProperties: false },
          ],
        },
      ],
    ],
    newer: [["/$defs/Alert/oneOf/1/properties/runbook", { type: "string" }]],
    want: { CriticalAlert: { kind: "slot" } },
  },
];

const versions = ({ older = [], newer }: Row): readonly [Json, Json] => {
  const before = withEdits(own, older);
  return [before, withEdits(before, newer)];
};

describe("planConversion", () => {
  it.each(mechanical.map((row) => [row.title, row] as const))("%s", (_title, row) => {
    expect(planned(...versions(row))).toEqual(row.want);
  });

  it.each(slots.map((row) => [row.title, row] as const))("leaves a slot for %s", (_title, row) => {
    expect(planned(...versions(row))).toMatchObject(row.want);
  });

  it("leaves a slot for messages of one type that are converted in different ways", () => {
    const kind = (name: string, more: object): object => ({
      ...{ "x-sender": "server", type: "object", required: ["type", "kind"], additionalProperties: false },
      properties: { type: { const: "note" }, kind: { const: name }, ...more },
    });
    const schema = (more: object): Json =>
      JSON.parse(
        JSON.stringify({
          oneOf: ["A", "B", "C"].map((name) => ({ $ref: `#/$defs/${name}` })),
          $defs: {
            A: kind("a", {}),
            B: kind("b", more),
            C: { type: "object", properties: { type: { const: "end" } }, required: ["type"] },
          },
        }),
      );
    expect(planned(schema({}), schema({ text: { type: "string" } }))).toEqual({
      A: {
        kind: "slot",
        reasons: ["A frame that is called so may also be `B`, which is converted in another way."],
        to: ["A", "B"],
      },
      B: {
        kind: "slot",
        reasons: ["A frame that is called so may also be `A`, which is converted in another way."],
        to: ["A", "B"],
      },
    });
  });
});

const frames = 400;

function validator(schema: Json) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: true });
  if (!isObject(schema)) throw new Error("no schema");
  return ajv.compile(schema);
}

describe("a converted frame is accepted by the older version", () => {
  it.each(mechanical.map((row) => [row.title, row] as const))("where the plan %s", (_title, row) => {
    const [before, after] = versions(row);
    const model = read(after);
    const plan = planConversion({ model, label: "next" }, { model: read(before), label: "1.0.0" });
    const [isNew, isOld] = [validator(after), validator(before)];
    const find = convertByPlan(plan);
    const random = mulberry32(11);
    const tried = new Map<string, number>();
    for (const { name, kind } of plan.messages) {
      if (kind === "slot") continue;
      const schema = { $ref: `#/$defs/${name}` };
      for (let count = 0; count < frames; count++) {
        const frame = randomValue(schema, model.schema, random);
        if (!isObject(frame) || !isNew(frame)) continue;
        const text = JSON.stringify(frame);
        const convert = find("1.0.0", String(frame.type));
        const converted = convert?.(frame);
        expect(convert).toBeDefined();
        expect(JSON.stringify(frame)).toBe(text);
        tried.set(name, (tried.get(name) ?? 0) + 1);
        if (kind === "drop") expect(converted).toBeUndefined();
        else expect([converted, isOld(converted)]).toEqual([converted, true]);
      }
    }
    expect(tried.size).toBe(plan.messages.length);
    expect(Math.min(...tried.values())).toBeGreaterThan(20);
  });
});
