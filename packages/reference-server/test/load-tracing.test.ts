import { describe, expect, it } from "vitest";
import { loadTracing } from "../src/metrics/load-tracing.js";

describe("loadTracing", () => {
  it("is none unless it is wanted", async () => {
    expect(await loadTracing(false)).toBeUndefined();
  });

  it("runs work also while the process has registered no SDK", async () => {
    const tracing = await loadTracing(true);
    expect(tracing?.run({ name: "publish alerts", kind: "producer", attributes: {} }, () => 7)).toBe(7);
  });
});
