import type { SuspendReason } from "@hivewire/client";
import fc from "fast-check";
import { expect, it } from "vitest";
import { settled } from "./support/fake-environment.js";
import { FakePage } from "./support/fake-page.js";
import { type Bench, createBench } from "./support/fake-transport.js";

type Topic = "rooms" | "people";

/** What a handler does before it throws. */
type Deed = "nothing" | "connect" | "reconnect" | "unsubscribe" | "close";

/** A bench, the handlers that are on it, and a server that remembers its topics. */
class World {
  readonly page = new FakePage();
  readonly bench: Bench = createBench({ accessToken: () => "t", pageEvents: this.page });
  readonly #handlers: { topic: Topic; remove: () => void }[] = [];
  #seen = 0;
  #greeted = 0;
  #live = new Set<string>();

  constructor() {
    this.bench.client.onFault(() => {});
  }

  subscribe(topic: Topic, deed: Deed): void {
    const { client } = this.bench;
    const remove = client.subscribe(topic, () => {
      if (deed === "close") client.close();
      if (deed === "connect") void client.connect();
      if (deed === "reconnect") client.reconnectNow();
      if (deed === "unsubscribe") this.unsubscribe(0);
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
const deed = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom<Deed>("nothing", "connect", "reconnect", "unsubscribe") },
  { weight: 1, arbitrary: fc.constant<Deed>("close") },
);
const reason = fc.constantFrom<SuspendReason | undefined>(
  undefined,
  undefined,
  "hidden",
  "frozen",
  "offline",
);
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
  fc.record({ topic, deed }).map<Step>(
    ({ topic: name, deed: does }) =>
      (world) =>
        world.subscribe(name, does),
  ),
  fc.nat(5).map<Step>((index) => (world) => world.unsubscribe(index)),
  fc.constant<Step>(({ bench }) => void bench.client.request("ping", {}).catch(() => {})),
  topic.map<Step>((subscription) => ({ bench }) => {
    if (bench.transport.phase === "open") bench.transport.receive({ type: "weather_update", subscription });
  }),
  fc.constant<Step>(({ bench }) => bench.transport.phase === "open" && bench.transport.receive("junk")),
  reason.map<Step>(
    (next) =>
      ({ page }) =>
        page.become(next),
  ),
  fc.constant<Step>(({ bench }) => bench.client.reconnectNow()),
  fc.constant<Step>(({ bench }) => void bench.client.send({ type: "say", room: "a", text: "b" })),
  fc.constant<Step>(({ bench }) => {
    const ping = bench.transport.sent.findLast(({ type }) => type === "ping");
    if (bench.transport.phase === "open")
      bench.transport.receive({ type: "pong", correlation_id: ping?.correlation_id });
  }),
);
const maxLength = 100;
const steps = fc.array(fc.record({ act: step, pause: fc.boolean() }), { minLength: maxLength, maxLength });

/** Steps in all. */
const total = Number(process.env.HIVEWIRE_SCHEDULE_STEPS ?? 100_000);

it(
  "can always reach ready with exactly the wanted topics, and leaves nothing behind",
  async () => {
    let ran = 0;
    let closed = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        const world = new World();
        const { client, environment, transport } = world.bench;
        for (const { act, pause } of schedule) {
          act(world);
          ran++;
          if (pause) await settled();
        }
        world.page.become(undefined);
        void client.connect();
        await settled();
        if (client.state.getSnapshot().status === "closed") {
          closed++;
        } else {
          for (let turn = 0; client.state.getSnapshot().status !== "ready"; turn++) {
            expect(turn).toBeLessThan(5);
            if (client.state.getSnapshot().status === "waiting") environment.advance(environment.nextMs ?? 0);
            await settled();
            world.greet([]);
          }
          await settled();
          expect(world.live()).toEqual(world.wanted());
        }
        client.close();
        await settled();
        expect(client.state.getSnapshot().status).toBe("closed");
        expect(environment.timers).toBe(0);
        expect(world.page.listeners).toBe(0);
        const { dialled } = transport;
        environment.advance(1e9);
        world.page.become(undefined);
        client.reconnectNow();
        await settled();
        expect(transport.dialled).toBe(dialled);
        expect(transport.phase).toBe("none");
      }),
      { numRuns: Math.ceil(total / maxLength) },
    );
    console.log(`${ran} random steps, ${closed} clients closed by a handler`);
  },
  30_000 + total * 3,
);
