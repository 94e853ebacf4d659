import {
  convertBySlot,
  convertBySteps,
  createConverterLookup,
  dropFrame,
  keepFrame,
  type PathPart,
  removeMembers,
  replaceValues,
} from "@hivewire/protocol";
import { describe, expect, it } from "vitest";

const item: PathPart = { every: "item" };
const member: PathPart = { every: "member" };

describe("removeMembers", () => {
  const rows: readonly [
    title: string,
    path: readonly PathPart[],
    keys: readonly string[],
    given: object,
    want: object,
  ][] = [
    ["takes members of the frame", [], ["b"], { a: 1, b: 2 }, { a: 1 }],
    ["goes down by name", ["data"], ["b"], { data: { a: 1, b: 2 } }, { data: { a: 1 } }],
    [
      "goes through every item",
      ["list", item],
      ["b"],
      { list: [{ a: 1, b: 2 }, { b: 3 }, 4] },
      { list: [{ a: 1 }, {}, 4] },
    ],
    ["goes to one item", ["list", 0], ["b"], { list: [{ b: 2 }, { b: 3 }] }, { list: [{}, { b: 3 }] }],
    [
      "goes through every member",
      ["map", member],
      ["b"],
      { map: { x: { b: 1 }, y: { c: 1 } } },
      { map: { x: {}, y: { c: 1 } } },
    ],
    ["leaves other shapes alone", ["list", item], ["b"], { list: { b: 1 } }, { list: { b: 1 } }],
    ["leaves what is not there", ["data", "more"], ["b"], { data: 1 }, { data: 1 }],
    ["knows own members only", [], ["toString"], { a: 1 }, { a: 1 }],
  ];
  it.each(rows)("%s", (_title, path, keys, given, want) => {
    const before = JSON.stringify(given);
    expect(removeMembers(path, keys)(given)).toEqual(want);
    expect(JSON.stringify(given)).toBe(before);
  });

  it("gives the frame itself where nothing is to be done", () => {
    const frame = { list: [{ a: 1 }] };
    expect(removeMembers(["list", item], ["b"])(frame)).toBe(frame);
  });

  it("takes a member called __proto__ and touches no prototype", () => {
    const frame: object = JSON.parse('{"a":1,"__proto__":{"b":2}}');
    const result = removeMembers([], ["__proto__"])(frame);
    expect(JSON.stringify(result)).toBe('{"a":1}');
    expect(Object.hasOwn(Object.prototype, "b")).toBe(false);
  });
});

describe("replaceValues", () => {
  it("puts the fallback where one of the values stands", () => {
    const step = replaceValues(["agents", item, "status"], ["paused", { a: [1] }], "idle");
    const given = { agents: [{ status: "paused" }, { status: "busy" }, { status: { a: [1] } }, {}] };
    expect(step(given)).toEqual({ agents: [{ status: "idle" }, { status: "busy" }, { status: "idle" }, {}] });
  });
});

describe("createConverterLookup", () => {
  const mine = convertBySteps(removeMembers([], ["b"]));
  const lookup = createConverterLookup({
    "1.0.0": {
      messages: { news: keepFrame, gone: dropFrame, old_update: mine },
      patterns: [{ pattern: "_update$", convert: dropFrame }],
    },
  });
  it.each([
    ["1.0.0", "news", keepFrame],
    ["1.0.0", "gone", dropFrame],
    ["1.0.0", "old_update", mine],
    ["1.0.0", "other_update", dropFrame],
    ["1.0.0", "constructor", undefined],
    ["1.1.0", "news", undefined],
  ])("finds for %s the conversion of %s", (version, type, want) => {
    expect(lookup(version, type)).toBe(want);
  });
});

describe("convertBySlot", () => {
  it("hands over a copy, so that what is written into it is no one else's", () => {
    const frame = { type: "news", data: { text: "hello" } };
    const convert = convertBySlot((given: typeof frame) => {
      given.data.text = "bye";
      return given;
    });
    expect(convert(frame)).toEqual({ type: "news", data: { text: "bye" } });
    expect(frame.data.text).toBe("hello");
  });
});
