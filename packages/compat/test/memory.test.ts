import { describe, expect, it } from "vitest";
import { empty, found, unknown } from "../src/solve/answer.js";
import { Memory } from "../src/solve/memory.js";

/** Answers a question, after what is done while it is open. */
function answered(memory: Memory, key: string, inside: () => void, answer = empty): void {
  memory.open(key);
  inside();
  memory.close(answer, true);
}

describe("answers by induction", () => {
  it("has no value for a question that is met inside itself", () => {
    const memory = new Memory();
    memory.open("outer");
    expect(memory.recall("outer")).toEqual(empty);
    expect(memory.recall("inner")).toBeUndefined();
  });

  it("keeps what leaned on a question that turns out to have no value", () => {
    const memory = new Memory();
    answered(memory, "outer", () => answered(memory, "inner", () => memory.recall("outer")));
    expect(memory.recall("inner")).toEqual(empty);
    expect(memory.recall("outer")).toEqual(empty);
  });

  it.each([
    ["a value", found(1)],
    ["no answer", unknown("it is hard")],
  ])("forgets what leaned on a question that has %s, however far", (_, answer) => {
    const memory = new Memory();
    const outer = (): void => {
      answered(memory, "inner", () => memory.recall("outer"));
      answered(memory, "by the inner one", () => memory.recall("inner"));
      answered(memory, "by itself", () => {});
    };
    answered(memory, "outer", outer, answer);
    expect(memory.recall("inner")).toBeUndefined();
    expect(memory.recall("by the inner one")).toBeUndefined();
    expect(memory.recall("outer")).toEqual(answer);
  });

  it("keeps what leaned on nothing", () => {
    const memory = new Memory();
    answered(memory, "before", () => {});
    answered(memory, "outer", () => {}, found(1));
    expect(memory.recall("before")).toEqual(empty);
  });

  it("leans on what a question leaned on that is closed", () => {
    const memory = new Memory();
    const middle = (): void => {
      answered(memory, "inner", () => memory.recall("middle"));
      memory.recall("outer");
    };
    const outer = (): void => {
      answered(memory, "middle", middle);
      // It is as deep as the one that the inner answer leaned on.
      answered(memory, "beside the middle", () => memory.recall("inner"));
    };
    answered(memory, "outer", outer, found(1));
    expect(memory.recall("beside the middle")).toBeUndefined();
  });

  it("forgets at the next question what was not decided, and what was broken off", () => {
    const memory = new Memory();
    answered(memory, "hard", () => {}, unknown("it is hard"));
    expect(memory.recall("hard")).toEqual(unknown("it is hard"));
    memory.open("broken off");
    answered(memory, "inner", () => memory.recall("broken off"));
    memory.restart();
    for (const key of ["hard", "broken off", "inner"]) expect(memory.recall(key)).toBeUndefined();
    expect(memory.depth).toBe(0);
  });

  it("does not keep what ran out of effort", () => {
    const memory = new Memory();
    memory.open("hard");
    memory.close(unknown("effort"), false);
    expect(memory.recall("hard")).toBeUndefined();
  });
});
