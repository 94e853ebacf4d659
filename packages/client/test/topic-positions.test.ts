import type { Position } from "@hivewire/protocol";
import { describe, expect, it } from "vitest";
import { createTopicPositions } from "../src/topic-positions.js";

const at = (offset: number, epoch = "e1") => ({ epoch, offset });

/** A client that follows topic `a`, last seen at offset 5. */
function createPositions() {
  const gaps: string[] = [];
  const positions = createTopicPositions(
    (type) => type === "coalesced",
    ({ topic, from, to }) => gaps.push(`${topic} ${from?.offset ?? "?"} ${to?.offset ?? "?"}`),
  );
  const answer = (fields: object): void =>
    positions.answered({ type: "subscription_updated", subscriptions: ["a"], ...fields });
  const take = (position: Position | undefined, type = "plain"): boolean =>
    positions.take("a", { type, ...(position && { position }) });
  positions.asked(["a"]);
  answer({ positions: { a: at(5) } });
  return { positions, gaps, answer, take };
}

describe("topic positions", () => {
  const frames: readonly [
    title: string,
    position: Position | undefined,
    type: string,
    taken: boolean,
    gap: string[],
  ][] = [
    ["takes the next frame", at(6), "plain", true, []],
    ["drops a frame that came before", at(5), "plain", false, []],
    ["drops a much older frame", at(1), "plain", false, []],
    ["tells a gap before a frame that skips offsets", at(8), "plain", true, ["a 5 8"]],
    ["takes a newest frame for those it replaced", at(8), "coalesced", true, []],
    ["tells a gap when the epoch is another one", at(6, "e2"), "coalesced", true, ["a 5 6"]],
    ["takes a frame without a position", undefined, "plain", true, []],
  ];
  it.each(frames)("%s", (_title, position, type, taken, gap) => {
    const { take, gaps } = createPositions();
    expect(take(position, type)).toBe(taken);
    expect(gaps).toEqual(gap);
  });

  it("resumes from the last frame, and from the start of a topic that had none", () => {
    const { positions, take } = createPositions();
    expect(positions.known(["a", "b"])).toEqual({ a: at(5) });
    take(at(6));
    expect(positions.known(["a"])).toEqual({ a: at(6) });
  });

  const answers: readonly [title: string, recovered: object | undefined, then: number, gaps: string[]][] = [
    ["is content with a complete replay", { a: { complete: true, replayed: 2 } }, 6, []],
    [
      "tells one gap before the replay of a trimmed history",
      { a: { complete: false, replayed: 2 } },
      9,
      ["a 5 9"],
    ],
    ["tells a gap at once when nothing is replayed", { a: { complete: false, replayed: 0 } }, 9, ["a 5 7"]],
    ["tells a gap when the server does not resume", undefined, 9, ["a 5 7"]],
  ];
  it.each(answers)("%s", (_title, recovered, then, want) => {
    const { positions, gaps, answer, take } = createPositions();
    positions.asked(["a"]);
    answer({ recovered, positions: { a: at(7) } });
    take(at(then), "coalesced");
    take(at(then + 1));
    expect(gaps).toEqual(want);
  });

  it("tells a gap on each reconnect to a server that says no positions", () => {
    const { positions, gaps, answer } = createPositions();
    positions.asked(["a"]);
    answer({});
    positions.asked(["a"]);
    answer({});
    expect(gaps).toEqual(["a 5 ?", "a ? ?"]);
  });

  it("tells one gap when the connection is lost again before the replay came", () => {
    const { positions, gaps, answer, take } = createPositions();
    for (let attempt = 0; attempt < 2; attempt++) {
      positions.keepOnly(new Set(["a"]));
      positions.asked(["a"]);
      answer({ recovered: { a: { complete: false, replayed: 1 } } });
    }
    take(at(9));
    expect(gaps).toEqual(["a 5 9"]);
  });

  it("forgets a topic that nobody follows any more", () => {
    const { positions, gaps, answer, take } = createPositions();
    positions.keepOnly(new Set());
    expect(positions.known(["a"])).toEqual({});
    expect(take(at(1))).toBe(true);
    positions.asked(["a"]);
    answer({ positions: { a: at(20) } });
    expect(gaps).toEqual([]);
  });

  it("reads no answer into an update that is about other topics", () => {
    const { positions, gaps, answer } = createPositions();
    positions.asked(["a"]);
    answer({ subscriptions: ["b"] });
    expect(gaps).toEqual([]);
    expect(positions.known(["a"])).toEqual({ a: at(5) });
  });
});
