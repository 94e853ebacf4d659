import type { ClientError } from "@hivewire/client";
import { describe, expect, it, vi } from "vitest";
import { settled } from "./support/fake-environment.js";
import { createBench } from "./support/fake-transport.js";

const startMs = Date.parse("2026-01-01T00:00:00.000Z");
/** What a server says whose clock is far from the client's: only the difference counts. */
const ending = (afterMs: number) => ({
  timestamp: new Date(startMs).toISOString(),
  expires_at: new Date(startMs + afterMs).toISOString(),
});

describe("credentials", () => {
  it("are renewed on the open connection, as often as they end", async () => {
    let count = 0;
    const { transport, environment, ready, client } = createBench({
      accessToken: () => `t${++count}`,
      pongTimeoutMs: 1e9,
    });
    await ready(ending(60_000));
    for (let round = 2; round <= 101; round++) {
      environment.advance(30_000);
      await settled();
      const own = transport.sent.filter(({ type }) => type === "authenticate");
      expect(own.at(-1)).toEqual({ type: "authenticate", access_token: `t${round}` });
      transport.receive({ type: "authenticated", ...ending(60_000) });
    }
    expect(transport.dialled).toHaveLength(1);
    expect(client.state.getSnapshot().status).toBe("ready");
  });

  const margins: readonly [lifeMs: number, refreshMarginMs: number | undefined, wantMs: number][] = [
    [3_600_000, undefined, 3_570_000],
    [60_000, undefined, 30_000],
    [10_000, undefined, 5_000],
    [3_600_000, 600_000, 3_000_000],
  ];
  it.each(margins)(
    "that live %s ms are renewed with a margin of %s after %s ms",
    async (lifeMs, refreshMarginMs, wantMs) => {
      const accessToken = vi.fn(() => "t");
      const { environment, transport, ready } = createBench({
        accessToken,
        refreshMarginMs,
        pongTimeoutMs: 1e9,
      });
      await ready(ending(lifeMs));
      environment.advance(wantMs - 1);
      await settled();
      expect(accessToken).toHaveBeenCalledTimes(1);
      environment.advance(1);
      await settled();
      expect(transport.sent).toContainEqual({ type: "authenticate", access_token: "t" });
    },
  );

  it("are asked for once while the answer is out", async () => {
    const answers: ((token: string) => void)[] = [];
    const accessToken = vi.fn(() => new Promise<string>((resolve) => answers.push(resolve)));
    const { environment, transport, client } = createBench({ accessToken });
    void client.connect();
    await settled();
    answers[0]?.("t1");
    await settled();
    transport.greet(ending(10_000));
    environment.advance(5_000);
    expect(accessToken).toHaveBeenCalledTimes(2);
    environment.advance(4_000);
    expect(accessToken).toHaveBeenCalledTimes(2);
    answers[1]?.("t2");
    await settled();
    expect(transport.sent).toContainEqual({ type: "authenticate", access_token: "t2" });
  });

  it("that cannot be had are a fault and tried again, and the connection stays", async () => {
    const accessToken = vi.fn<() => Promise<string>>().mockResolvedValueOnce("t1");
    accessToken.mockRejectedValueOnce(new Error("down")).mockResolvedValue("t2");
    const { client, environment, transport, ready } = createBench({ accessToken });
    const faults: ClientError[] = [];
    client.onFault((fault) => faults.push(fault));
    await ready(ending(20_000));
    environment.advance(10_000);
    await settled();
    expect(faults).toMatchObject([{ code: "provider-failed", cause: new Error("down") }]);
    environment.advance(5_000);
    await settled();
    expect(transport.sent).toContainEqual({ type: "authenticate", access_token: "t2" });
    expect(client.state.getSnapshot().status).toBe("ready");
  });

  it("that come after the connection was lost are not sent on the next one", async () => {
    const answers: ((token: string) => void)[] = [];
    const accessToken = (): Promise<string> => new Promise((resolve) => answers.push(resolve));
    const { client, environment, transport } = createBench({ accessToken });
    void client.connect();
    await settled();
    answers[0]?.("t1");
    await settled();
    transport.greet(ending(10_000));
    environment.advance(5_000);
    transport.lose(1006);
    answers[1]?.("late");
    environment.advance(2_500);
    await settled();
    answers[2]?.("t3");
    await settled();
    transport.greet();
    expect(transport.dialled[1]?.searchParams.get("access_token")).toBe("t3");
    expect(transport.sent).toEqual([]);
  });

  it("that are a text are never renewed, and leave no timer", async () => {
    const { environment, ready } = createBench({ accessToken: "fixed" });
    await ready(ending(60_000));
    expect(environment.timers).toBe(1);
  });
});
