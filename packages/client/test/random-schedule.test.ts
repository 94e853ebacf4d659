import fc from "fast-check";
import { expect, it } from "vitest";
import { settled } from "./support/fake-environment.js";
import { type Bench, createBench } from "./support/fake-transport.js";

type Topic = "rooms" | "people";

/** A bench, the handlers that are on it, and a server that remembers its topics. */
class World {
  readonly bench: Bench = createBench({ accessToken: () => "t" });
  readonly #handlers: { topic: Topic; remove: () => void }[] = [];
  #seen = 0;
  #greeted = 0;
  #live = new Set<string>();

  constructor() {
    this.bench.client.onFault(() => {});
  }

  subscribe(topic: Topic): void {
    const remove = this.bench.client.subscribe(topic, () => {
      throw new Error("a handler that throws");
    });
    this.#handlers.push({ topic, remove });
  }

  unsubscribe(index: number): void {
    for (const { remove } of this.#handlers.splice(index % (this.#handlers.length + 1), 1)) remove();
  }

  greet(extra: readonly string[]): void {
    const { transport } = this.bench;
    const isGreeted = this.#greeted === transport.dialled.length;
    if (transport.phase === "none" || isGreeted) return;
    this.#greeted = transport.dialled.length;
    const asked =
      transport.dialled.at(-1)?.searchParams.get("subscriptions")?.split(",").filter(Boolean) ?? [];
    this.#live = new Set([...asked, ...extra]);
    this.#seen = transport.sent.length;
    if (transport.phase === "dialled") transport.open();
    transport.receive({
      type: "connection_established",
      connection_id: "c",
      contract_version: "2.1.0",
      subscriptions: [...this.#live],
    });
  }

  /** Topics that the server has live, after all it was sent. */
  live(): readonly string[] {
    const { sent } = this.bench.transport;
    for (const { type, subscriptions } of sent.slice(this.#seen)) {
      if (!Array.isArray(subscriptions)) continue;
      for (const topic of subscriptions)
        type === "subscribe" ? this.#live.add(topic) : this.#live.delete(topic);
    }
    this.#seen = sent.length;
    return [...this.#live].sort();
  }

  wanted(): readonly string[] {
    return [...new Set(this.#handlers.map(({ topic }) => topic))].sort();
  }
}

type Step = (world: World) => void;

const topic = fc.constantFrom<Topic>("rooms", "people");
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>(({ bench }) => void bench.client.connect()),
  fc.constant<Step>(({ bench }) => bench.transport.phase === "dialled" && bench.transport.open()),
  fc.subarray<Topic>(["rooms", "people"]).map<Step>((extra) => (world) => world.greet(extra)),
  fc.constantFrom(1001, 1006, 1012, 4408, 4429, 4430, 4999).map<Step>(
    (code) =>
      ({ bench }) =>
        bench.transport.phase !== "none" && bench.transport.lose(code),
  ),
  fc.integer({ min: 0, max: 70_000 }).map<Step>(
    (ms) =>
      ({ bench }) =>
        bench.environment.advance(ms),
  ),
  topic.map<Step>((name) => (world) => world.subscribe(name)),
  fc.nat(5).map<Step>((index) => (world) => world.unsubscribe(index)),
  fc.constant<Step>(({ bench }) => void bench.client.request("ping", {}).catch(() => {})),
  topic.map<Step>((subscription) => ({ bench }) => {
    if (bench.transport.phase === "open") bench.transport.receive({ type: "weather_update", subscription });
  }),
  fc.constant<Step>(({ bench }) => bench.transport.phase === "open" && bench.transport.receive("junk")),
);
const steps = fc.array(fc.record({ act: step, pause: fc.boolean() }), { maxLength: 60 });

it("can always reach ready with exactly the wanted topics, and leaves nothing behind", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (schedule) => {
      const world = new World();
      const { client, environment, transport } = world.bench;
      for (const { act, pause } of schedule) {
        act(world);
        if (pause) await settled();
      }
      void client.connect();
      await settled();
      if (client.state.getSnapshot().status === "waiting") environment.advance(environment.nextMs ?? 0);
      await settled();
      while (client.state.getSnapshot().status !== "ready") {
        expect(transport.phase).not.toBe("none");
        world.greet([]);
      }
      await settled();
      expect(world.live()).toEqual(world.wanted());
      client.close();
      expect(client.state.getSnapshot().status).toBe("closed");
      expect(environment.timers).toBe(0);
    }),
    { numRuns: 500 },
  );
});
