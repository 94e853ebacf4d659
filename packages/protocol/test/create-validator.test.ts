import { createValidator, nearestName, type Shape } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";

/** What a refusal with that shape is told. */
function faults(shape: Shape, value: unknown, allErrors = false): readonly string[] {
  const result = createValidator(() => false, shape)(value, { allErrors });
  if (result.ok) throw new Error("the value was accepted");
  return result.issues.map(({ pointer, keyword, expected, received, hint }) =>
    [`${pointer} ${keyword}: ${expected}, not ${received}`, ...(hint === undefined ? [] : [hint])].join("; "),
  );
}

const topics: Shape = [
  [0, 32],
  [26, [[2, ["agents", "tasks"]]], 0],
];
const data: Shape = [
  [0, 64],
  [17, ["id"]],
];
const subscribe: Shape = [
  [0, 64],
  [17, ["type", "subscriptions"]],
  [18, ["type", "subscriptions"], [[[1, "subscribe"]], topics]],
];
const ping: Shape = [
  [0, 64],
  [17, ["type"]],
  [19, ["type", "data"], [[35]]],
  [18, ["type", "data"], [[[1, "ping"]], data]],
];
const frames: Shape = [[31, "type", { subscribe, ping }]];

describe("the first fault names the culprit of a typical mistake", () => {
  const rows: readonly [title: string, value: unknown, want: string][] = [
    [
      "a misspelt key",
      { type: "subscribe", subscription: ["agents"] },
      '/subscriptions required: present, not nothing; did you mean "subscriptions" where "subscription" stands?',
    ],
    [
      "a wrong type",
      { type: "subscribe", subscriptions: "agents" },
      "/subscriptions type: array, not string of 6 characters",
    ],
    [
      "a missing key",
      { type: "subscribe" },
      '/subscriptions required: present, not nothing; add "subscriptions"',
    ],
    [
      "a wrong enum",
      { type: "subscribe", subscriptions: ["agents", "task"] },
      '/subscriptions/1 enum: one of "agents", "tasks", not string of 4 characters; did you mean "tasks"?',
    ],
    [
      "an extra key in a closed object",
      { type: "ping", extra: 1 },
      '/extra additionalProperties: absent, not number; remove it; allowed are "type", "data"',
    ],
    [
      "an unknown message",
      { type: "subscrbe" },
      '/type discriminator: the name of a message, not string of 8 characters; did you mean "subscribe"?',
    ],
    [
      "wrong nesting, one level down",
      { type: "subscribe", data: { subscriptions: [] } },
      '/subscriptions required: present, not nothing; move "subscriptions" out of "data"',
    ],
    [
      "no name of a message",
      { subscriptions: [] },
      '/type required: present, not nothing; add "type", which names the message',
    ],
    ["no object", [], " type: object, not array of 0 items"],
  ];
  it.each(rows)("%s", (_title, value, want) => {
    expect(faults(frames, value)).toEqual([want]);
  });

  it("wrong nesting, one level up", () => {
    const open: Shape = [[18, ["data"], [[[17, ["id"]]]]]];
    expect(faults(open, { id: 1, data: {} })).toEqual([
      '/data/id required: present, not nothing; move "id" into "data"',
    ]);
  });
});

describe("a refusal is explained keyword by keyword", () => {
  const text: Shape = [[0, 4]];
  const rows: readonly [shape: Shape, value: unknown, want: string][] = [
    [[[0, 5]], 1, " type: null or string, not number"],
    [[[0, 16]], 1.5, " type: integer, not number"],
    [[[0, 24]], Number.POSITIVE_INFINITY, " type: number, not number"],
    [[[1, { a: 1 }]], { a: 2 }, ' const: {"a":1}, not object'],
    [[[2, ["a", null]]], 1, ' enum: one of "a", null, not number'],
    [[[3, 2]], "a", " minLength: at least 2 characters, not string of 1 characters"],
    [[[4, 1]], "ab", " maxLength: at most 1 characters, not string of 2 characters"],
    [[[5, 1]], [], " minItems: at least 1 items, not array of 0 items"],
    [[[6, 0]], [1], " maxItems: at most 0 items, not array of 1 items"],
    [[[7, 1]], {}, " minProperties: at least 1 properties, not object"],
    [[[8, 0]], { a: 1 }, " maxProperties: at most 0 properties, not object"],
    [[[9, 1]], 0, " minimum: at least 1, not number"],
    [[[10, 1]], 2, " maximum: at most 1, not number"],
    [[[11, 1]], 1, " exclusiveMinimum: over 1, not number"],
    [[[12, 1]], 1, " exclusiveMaximum: under 1, not number"],
    [[[13, 2]], 3, " multipleOf: a multiple of 2, not number"],
    [[[14, "^a$&"]], "b", " pattern: text that matches ^a$&, not string of 1 characters"],
    [[[15, "date", () => false]], "b", " format: text in the format date, not string of 1 characters"],
    [[[16]], [1, 1], " uniqueItems: without doubles, not array of 2 items"],
    [[[17, ["a/b~"]]], {}, '/a~1b~0 required: present, not nothing; add "a/b~"'],
    [[[17, ["toString"]]], {}, '/toString required: present, not nothing; add "toString"'],
    [[[20, [], text]], { a: 1 }, "/a type: string, not number"],
    [
      [[20, ["b"], [[35]], ["^x"]]],
      { x: 1, a: 1 },
      '/a unevaluatedProperties: absent, not number; did you mean "b"?',
    ],
    [[[21, { "^x": text }]], { xa: 1 }, "/xa type: string, not number"],
    [[[22, [[4, 1]]]], { ab: 1 }, "/ab maxLength: at most 1 characters, not string of 2 characters"],
    [
      [[23, { a: ["b"] }]],
      { a: 1 },
      '/b dependentRequired: present, not nothing; did you mean "b" where "a" stands?',
    ],
    [
      [[24, { first: [[17, ["second"]]] }]],
      { first: 1 },
      '/second required: present, not nothing; add "second"',
    ],
    [
      [
        [25, [text]],
        [26, text, 1],
      ],
      ["a", 2],
      "/1 type: string, not number",
    ],
    [[[27, text, 1]], [1], " contains: with fitting items, not array of 1 items"],
    [[[27, text, 1, 1]], ["a", "b"], " contains: with fitting items, not array of 2 items"],
    [[[28, [[], text]]], 1, " type: string, not number"],
    [[[29, [text, [[0, 24]]]]], null, " anyOf: string or number, not null"],
    [[[30, [text, [[3, 1]]]]], "a", " oneOf: of one kind only, not string of 1 characters"],
    [[[31, 0, { a: text }]], [1], "/0 discriminator: the name of a message, not number"],
    [[[32, text]], "a", " not: something else, not string of 1 characters"],
    [[[33, text, [[3, 1]], []]], "", " minLength: at least 1 characters, not string of 0 characters"],
    [[[35]], 1, " false: absent, not number"],
    [[], 1, " schema: what the schema says, not number"],
  ];
  it.each(rows)("%j with %j", (shape, value, want) => {
    expect(faults(shape, value)).toEqual([want]);
  });

  it("explains the branch of a union that comes furthest", () => {
    const b: Shape = [[18, ["kind", "n"], [[[1, "b"]], [[0, 24]]]]];
    const c: Shape = [[18, ["kind"], [[[1, "c"]]]]];
    expect(faults([[30, [[[0, 4]], c, b]]], { kind: "b", n: "1" })).toEqual([
      "/n type: number, not string of 1 characters",
    ]);
  });

  it("takes the error of Ajv's code where only that decides", () => {
    const check = Object.assign(() => false, {
      errors: [
        { instancePath: "/a", keyword: "unevaluatedProperties", params: { unevaluatedProperty: "b/c" } },
      ],
    });
    expect(faults([[36, check]], { a: {} })).toEqual(["/a/b~1c unevaluatedProperties: absent, not object"]);
  });

  it("stops at 20 faults when all are asked for", () => {
    expect(
      faults(
        [[26, [[0, 4]], 0]],
        Array.from({ length: 30_000 }, () => 1),
        true,
      ),
    ).toHaveLength(20);
  });

  it("cuts keys that a sender made long", () => {
    const [fault = ""] = faults([[19, [], [[35]]]], { ["k".repeat(60_000)]: 1 });
    expect(fault.slice(0, 131)).toBe(`/${"k".repeat(128)}… `);
    const nested = { ["k".repeat(60_000)]: { id: 1 } };
    expect(faults([[17, ["id"]]], nested)[0]?.length).toBeLessThan(300);
  });

  it("ends on values that are nested without end in sight", () => {
    const next: Shape = [[34, () => node]];
    const node: Shape = [
      [
        29,
        [
          [
            [18, ["next"], [next]],
            [17, ["a"]],
          ],
          [
            [18, ["next"], [next]],
            [17, ["b"]],
          ],
        ],
      ],
    ];
    let value: object = {};
    for (let level = 0; level < 200; level++) value = { next: value };
    expect(faults(node, value)).toHaveLength(1);
  });
});

describe("a validator", () => {
  it("hands an accepted value back as it is", () => {
    const value = {};
    const result = createValidator(() => true, [])(value);
    expect(result.ok && result.value).toBe(value);
  });

  it("speaks Standard Schema", () => {
    const validate = createValidator<{ list: string[] }>(
      (value) => value === 1,
      [[18, ["list"], [[[26, [[0, 4]], 0]]]]],
    );
    expect(validate["~standard"]).toMatchObject({ version: 1, vendor: "hivewire" });
    expect(validate["~standard"].validate(1)).toEqual({ value: 1 });
    expect(validate["~standard"].validate({ list: ["a", 1] })).toEqual({
      issues: [{ message: "must be string", path: ["list", 1] }],
    });
  });
});

describe("nearestName", () => {
  const rows: readonly [word: string, names: readonly string[], want: string | undefined][] = [
    ["subscription", ["subscriptions", "topics"], "subscriptions"],
    ["teh", ["the", "tea"], "the"],
    ["colour", ["color"], "color"],
    ["abc", ["xyz"], undefined],
    ["x".repeat(65), ["x".repeat(64)], undefined],
  ];
  it.each(rows)("finds for %s among %j: %s", (word, names, want) => {
    expect(nearestName(word, names)).toBe(want);
  });
});
