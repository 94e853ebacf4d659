import { ClientError, type ConnectionState } from "@hivewire/client";
import { describe, expect, it } from "vitest";
import { createColors } from "../src/io.js";
import { schemaUrlOf } from "../src/remote-contract.js";
import { frameLine, stateLine } from "../src/tail-format.js";

const colors = createColors(false);
const noon = Date.UTC(2026, 0, 1, 12, 0, 0, 5);

describe("frameLine", () => {
  const rows: readonly [title: string, frame: Record<string, unknown>, want: string][] = [
    [
      "shows time, type, topic and data",
      {
        type: "agent_update",
        subscription: "agents",
        data: { agents: [] },
        timestamp: "t",
        correlation_id: "c",
        position: 1,
      },
      '12:00:00.005 agent_update agents {"agents":[]}',
    ],
    [
      "shows the fields of a frame without data",
      { type: "error", message: "m", code: "c" },
      '12:00:00.005 error {"message":"m","code":"c"}',
    ],
    ["shows a frame without fields", { type: "pong", timestamp: "t" }, "12:00:00.005 pong {}"],
    ["lets no frame move the cursor", { type: "a\u001b[2J", data: "\u009b" }, '12:00:00.005 a·[2J "·"'],
  ];
  it.each(rows)("%s", (_title, frame, want) => {
    expect(frameLine(frame, noon, colors)).toBe(want);
  });

  it("cuts what is longer than a line", () => {
    const line = frameLine({ type: "a", data: "x".repeat(1_000) }, noon, colors);
    expect(line).toHaveLength("12:00:00.005 a ".length + 161);
  });

  it("paints only when told to", () => {
    expect(frameLine({ type: "a" }, noon, createColors(true))).toContain("\u001b[");
    expect(frameLine({ type: "a" }, noon, colors)).not.toContain("\u001b[");
  });
});

describe("stateLine", () => {
  const url = new URL("ws://host:1/ws/dashboard?access_token=secret");
  const cause = new ClientError("connection-lost", "Failed to stay connected: 1006.");
  const rows: readonly [state: ConnectionState, want: string][] = [
    [{ status: "idle" }, "idle"],
    [{ status: "connecting", attempt: 0 }, "connecting to host:1/ws/dashboard"],
    [{ status: "connecting", attempt: 2 }, "connecting to host:1/ws/dashboard, attempt 2"],
    [{ status: "negotiating", attempt: 0 }, "connected, waiting for the handshake"],
    [
      { status: "ready", connectionId: "c-1", contractVersion: "1.1.0" },
      "ready: connection c-1, contract 1.1.0",
    ],
    [
      { status: "waiting", attempt: 1, untilMs: noon + 1_500, cause },
      "[connection-lost] Failed to stay connected: 1006. Attempt 1 in 1.5 s.",
    ],
    [{ status: "closed", cause: new ClientError("closed", "x") }, "closed"],
    [{ status: "closed", cause }, "stopped: [connection-lost] Failed to stay connected: 1006."],
  ];
  it.each(rows)("says of %o %s", (state, want) => {
    expect(stateLine(state, url, noon)).toBe(`12:00:00.005 ${want}`);
  });

  it("never shows credentials of the URL", () => {
    for (const [state] of rows) expect(stateLine(state, url, noon)).not.toContain("secret");
  });
});

describe("schemaUrlOf", () => {
  const rows: readonly [url: string, want: string][] = [
    [
      "ws://h:1/api/dashboard/ws/dashboard?subscriptions=a",
      "http://h:1/api/dashboard/websocket/contract/schema",
    ],
    ["wss://h/api/dashboard/ws/agents", "https://h/api/dashboard/websocket/contract/schema"],
    ["ws://h/ws", "http://h/websocket/contract/schema"],
  ];
  it.each(rows)("of %s is %s", (url, want) => {
    expect(schemaUrlOf(new URL(url)).href).toBe(want);
  });
});
