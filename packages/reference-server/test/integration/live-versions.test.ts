import { contract } from "@hivewire/contract";
import { type ReferenceServer, startReferenceServer } from "@hivewire/reference-server";
import Ajv2020 from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schemaOf } from "../support/contract-schemas.js";
import { openPeer } from "../support/peer.js";

let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer({ env: { PORT: "0", LOG_LEVEL: "silent" }, demo: true });
});
afterAll(() => server.close());

describe.each(contract.supportedVersions.map((version) => ({ version })))(
  "a client of version $version against the newest server",
  ({ version }) => {
    it("goes through the whole protocol and receives only frames of its version", async () => {
      const validate = new Ajv2020.default({ strict: false, validateFormats: false, logger: false }).compile(
        schemaOf(version),
      );
      const peer = await openPeer(`${server.webSocketUrl}?contract_versions=${version}&subscriptions=system`);
      const ask = (frame: object): void => peer.send(JSON.stringify(frame));
      const established = await peer.next("connection_established");
      expect(established.contract_version).toBe(version);
      ask({
        type: "subscribe",
        subscriptions: ["tasks", "agents", "coordination", "alerts", "project_index"],
      });
      await peer.next("subscription_updated");
      for (const update of ["agent_update", "coordination_update", "system_update"]) await peer.next(update);
      for (const data_type of ["agent_status", "coordination_metrics", "system_health"]) {
        ask({ type: "request_data", data_type, correlation_id: data_type });
        expect(await peer.next("data_response")).toMatchObject({ data_type, correlation_id: data_type });
      }
      ask({ type: "request_data", data_type: "weather" });
      await peer.next("data_error");
      for (const wrong of [
        { type: "subscribe" },
        { type: "weather" },
        { type: "subscribe", subscriptions: ["x"] },
      ]) {
        ask(wrong);
        await peer.next("error");
      }
      // The subscribe with an unknown topic was answered by both.
      await peer.next("subscription_updated");
      ask({ type: "unsubscribe", subscriptions: ["agents"] });
      expect((await peer.next("subscription_updated")).subscriptions).not.toContain("agents");
      ask({ type: "ping", correlation_id: "last" });
      expect(await peer.next("pong")).toMatchObject({ correlation_id: "last" });
      peer.close();
      await peer.closed;
      const refused = peer.frames.filter((frame) => !validate(frame));
      expect(refused).toEqual([]);
      expect(peer.frames.length).toBeGreaterThan(12);
    });
  },
);

describe("a documentation edit", () => {
  it("disconnects nobody: a client of another patch version is let in and told its own", async () => {
    const [major, minor] = contract.version.split(".");
    const peer = await openPeer(`${server.webSocketUrl}?contract_versions=${major}.${minor}.7`);
    expect((await peer.next("connection_established")).contract_version).toBe(`${major}.${minor}.7`);
    peer.close();
    await peer.closed;
  });
});
