import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { contract, type DashboardTypes } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";
import { attachWebSockets, type BusHealth, createServer, type Log, type Server } from "@hivewire/server";
import { afterEach, describe, expect, it } from "vitest";
import { alertRules } from "../../src/alerts/alert-rules.js";
import { startLiveData, updateEveryMs } from "../../src/live/live-data.js";
import { openPeer, type Peer } from "../support/peer.js";

const path = "/live";
const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map(({ stop }) => stop())));

/** The figures of the table with bounds that a test reaches: its hold times stay. */
const rules = alertRules.map((rule) =>
  rule.name === "rate_limit_drops" ? { ...rule, fireAbove: 0.1, clearBelow: 0.05 } : rule,
);

/** A server on loopback whose live data has a clock of its own. */
async function startServer() {
  const lines: { readonly level: string; readonly alert: unknown; readonly message: string }[] = [];
  const line = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ level, alert: fields.alert, message });
  const log: Log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
  const engine = createServer<DashboardTypes>({
    contract,
    validators,
    limits: { rateTokensPerSecond: 0.1, rateBurst: 1 },
  }).handle({ request_data: ({ data_type }) => ({ type: "data_error", data_type, error: "none" }) });
  let bus: BusHealth["status"] = "healthy";
  const published: string[] = [];
  const server: Server<DashboardTypes> = {
    ...engine,
    busHealth: () => ({ status: bus, kind: "memory" }),
    publish: (topic, frame) => {
      published.push(topic);
      return engine.publish(topic, frame);
    },
  };
  const http = createHttpServer().listen(0, "127.0.0.1");
  await once(http, "listening");
  const detach = attachWebSockets(engine, http, { routes: [{ path, topics: [] }] });
  let nowMs = 0;
  let look = (): void => {};
  const live = startLiveData({
    server,
    demo: false,
    log,
    node: "n-1",
    alertRules: rules,
    environment: {
      now: () => Date.UTC(2026, 0, 1) + nowMs,
      elapsed: () => nowMs,
      repeat: (run) => {
        look = run;
        return () => {};
      },
    },
  });
  const stop = async (): Promise<void> => {
    live.stop();
    detach();
    await engine.close(1_000);
    http.close();
  };
  running.push({ stop });
  /** Lets the server look at itself until so much time has passed. */
  const advance = (ms: number): void => {
    for (const endMs = nowMs + ms; nowMs < endMs; ) {
      nowMs += updateEveryMs;
      look();
    }
  };
  const { port } = http.address() as AddressInfo;
  const connect = async (topics: string): Promise<Peer> => {
    const peer = await openPeer(
      `ws://127.0.0.1:${port}${path}?contract_versions=1.1.0&subscriptions=${topics}`,
    );
    await peer.next("connection_established");
    return peer;
  };
  const setBus = (status: BusHealth["status"]): void => {
    bus = status;
  };
  return { advance, connect, live, lines, published, setBus };
}

const alerts = (peer: Peer) => peer.next("critical_alert");

describe("alerts of a live server", () => {
  it("are told while clients flood, and again when they cease", async () => {
    const { advance, connect, live, lines } = await startServer();
    const listener = await connect("alerts");
    advance(updateEveryMs);
    const flooders = await Promise.all([1, 2, 3, 4].map(() => connect("tasks")));
    for (const { send } of flooders) for (let count = 0; count < 3; count++) send('{"type":"ping"}');
    await Promise.all(flooders.map(({ next }) => next("error")));

    advance(12_000);
    expect(await alerts(listener)).toMatchObject({
      data: {
        alerts: [
          {
            name: "rate_limit_drops",
            severity: "warning",
            state: "firing",
            message: expect.stringMatching(/^clients flood: inbound frames are dropped, 0\.\d per second/),
            since: "2026-01-01T00:00:14.000Z",
            threshold: 0.1,
            node: "n-1",
          },
        ],
        timestamp: "2026-01-01T00:00:14.000Z",
      },
    });
    expect(live.alerts().firing.rate_limit_drops).toBe(true);

    advance(130_000);
    const resolved = await listener.next(
      (frame) => frame.type === "critical_alert" && JSON.stringify(frame).includes('"resolved"'),
    );
    expect(resolved).toMatchObject({
      data: { alerts: [{ name: "rate_limit_drops", severity: "info", state: "resolved", value: 0 }] },
    });
    expect(live.alerts().totals.rate_limit_drops).toEqual({ firing: 1, resolved: 1 });
    expect(lines).toEqual([
      { level: "warn", alert: "rate_limit_drops", message: "an alert fires" },
      { level: "info", alert: "rate_limit_drops", message: "an alert is resolved" },
    ]);
  });

  it("are told to who comes while they fire, together", async () => {
    const { advance, connect, setBus } = await startServer();
    setBus("down");
    advance(8_000);
    const late = await connect("alerts");
    advance(updateEveryMs);
    expect(await alerts(late)).toMatchObject({
      data: { alerts: [{ name: "bus_down", severity: "critical", state: "firing", value: 1 }] },
    });
    setBus("healthy");
    advance(12_000);
    expect(await alerts(late)).toMatchObject({ data: { alerts: [{ name: "bus_down", state: "resolved" }] } });
  });
});

describe("updates of a live server", () => {
  it("carry its counters, and are not made while nobody has the topic", async () => {
    const { advance, connect, published } = await startServer();
    advance(20_000);
    expect(published).toEqual([]);
    const peer = await connect("system");
    advance(updateEveryMs);
    const update = await peer.next("system_update");
    expect(update).toMatchObject({
      data: {
        node: "n-1",
        connections: 1,
        alerts_firing: 0,
        counters: { connections_total: 1, auth_denied_total: 0 },
        gauges: { connections_active: 1 },
        event_loop: { delay_ms_p99: expect.any(Number) },
      },
    });
    expect(published).toEqual(["system"]);
  });
});
