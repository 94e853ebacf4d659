import {
  type Check,
  type CheckError,
  createDispatch,
  createValidate,
  nearestName,
  refuseAll,
} from "@hivewire/protocol";
import { describe, expect, it } from "vitest";

/** A check that refuses with that error, as Ajv's compiled functions do. */
function refusing(error: CheckError): Check {
  const check: Check = () => {
    check.errors = [error];
    return false;
  };
  return check;
}

describe("createValidate", () => {
  const rows: readonly [title: string, error: CheckError, value: unknown, want: object][] = [
    [
      "points at the place where a missing property belongs",
      {
        instancePath: "/a",
        keyword: "required",
        params: { missingProperty: "b/c" },
        message: "must have required property",
      },
      { a: {} },
      { pointer: "/a/b~1c", keyword: "required", message: "must have required property", hint: 'add "b/c"' },
    ],
    [
      "finds the property that was meant",
      { instancePath: "", keyword: "required", params: { missingProperty: "subscriptions" }, message: "m" },
      { subscription: [] },
      {
        pointer: "/subscriptions",
        keyword: "required",
        message: "m",
        hint: 'did you mean "subscriptions" where "subscription" stands?',
      },
    ],
    [
      "lists what an enum allows",
      { instancePath: "/s", keyword: "enum", params: { allowedValues: ["a", 1] }, message: "m" },
      { s: "b" },
      { pointer: "/s", keyword: "enum", message: "m", hint: 'use one of "a", 1' },
    ],
    [
      "names a property that is not allowed",
      { instancePath: "", keyword: "additionalProperties", params: { additionalProperty: "x" } },
      { x: 1 },
      { pointer: "/x", keyword: "additionalProperties", message: "must match the schema" },
    ],
  ];
  it.each(rows)("%s", (_title, error, value, want) => {
    expect(createValidate(refusing(error))(value)).toEqual({ ok: false, issue: want });
  });

  it("hands an accepted value back as it is", () => {
    const value = {};
    const result = createValidate(() => true)(value);
    expect(result.ok && result.value).toBe(value);
  });
});

describe("createDispatch", () => {
  const ok: Check = () => true;
  const no = refusing({ instancePath: "/x", keyword: "type", params: {}, message: "must be number" });
  const validate = createDispatch({
    property: "type",
    constants: [
      ["good", ok],
      ["bad", no],
    ],
    patterns: [[/_update$/u, ok]],
  });
  const rows: readonly [title: string, value: unknown, want: string | true][] = [
    ["takes the check of the constant", { type: "good" }, true],
    ["explains by the check of the constant", { type: "bad" }, "/x"],
    ["falls back to patterns", { type: "fleet_update" }, true],
    ["refuses an unknown type", { type: "weather" }, "/type"],
    ["refuses a missing type", {}, "/type"],
    ["refuses a type that is no string", { type: 5 }, "/type"],
    ["never looks at the prototype", Object.create({ type: "good" }), "/type"],
    ["refuses null", null, ""],
    ["refuses an array", [], ""],
  ];
  it.each(rows)("%s", (_title, value, want) => {
    const result = validate(value);
    expect(result.ok || result.issue.pointer).toBe(want);
  });

  it("says which type was meant", () => {
    const result = validate({ type: "goood" });
    expect(!result.ok && result.issue.hint).toBe('did you mean "good"?');
  });

  it("lets the whole schema decide where the discriminator cannot", () => {
    const strict = createDispatch({ property: "type", constants: [["good", ok]], patterns: [], whole: no });
    expect(strict({ type: "good" }).ok).toBe(false);
  });
});

describe("createDispatch with a whole check", () => {
  const ok: Check = () => true;
  const no = refusing({ instancePath: "/x", keyword: "type", params: {}, message: "must be number" });
  const table = { property: "type", constants: [["a", no]], patterns: [] } as const;

  it("accepts what it accepts, whatever the discriminator says", () => {
    const validate = createDispatch({ ...table, whole: ok });
    for (const value of [{ type: "a" }, { type: "b" }, {}, null])
      expect(validate(value)).toEqual({ ok: true, value });
  });

  it("explains a refusal by the picked check", () => {
    const whole = refusing({ instancePath: "", keyword: "oneOf", params: {}, message: "must match one" });
    expect(createDispatch({ ...table, whole })({ type: "a" })).toMatchObject({ issue: { pointer: "/x" } });
  });
});

describe("refuseAll", () => {
  it("refuses with its reason", () => {
    expect(refuseAll("nobody sends")({})).toEqual({
      ok: false,
      issue: { pointer: "", keyword: "oneOf", message: "nobody sends" },
    });
  });
});

describe("nearestName", () => {
  const names = ["subscribe", "unsubscribe", "ping", "request_data"];
  const rows: readonly [word: string, want: string | undefined][] = [
    ["subscrbe", "subscribe"],
    ["susbcribe", "subscribe"],
    ["pong", "ping"],
    ["weather", undefined],
    ["", undefined],
    ["x".repeat(65), undefined],
  ];
  it.each(rows)("takes %j for %s", (word, want) => {
    expect(nearestName(word, names)).toBe(want);
  });
});
