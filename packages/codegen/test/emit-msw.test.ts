import type { WebSocketHandler } from "msw";
import { setupServer } from "msw/node";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emitMsw } from "../src/emit/emit-msw.js";
import { emitTypes } from "../src/emit/emit-types.js";
import { sampleValue } from "../src/emit/sample-value.js";
import type { MessageModel } from "../src/model.js";
import { createAjv } from "./support/ajv.js";
import { diagnosticsOf, load } from "./support/emitted.js";
import { modelOf, ownSchemaText } from "./support/evaluate.js";
import { hostile, inheriting, shapes } from "./support/odd-schemas.js";

const ownSchema: object = JSON.parse(ownSchemaText);
const msw = { msw: "../../node_modules/msw/lib/core/index.mjs" };

type Handle = (frame: unknown, send: (frame: unknown) => void) => unknown;
interface Emitted {
  readonly samples: Readonly<Record<string, unknown>>;
  createHandlers(
    url: string,
    handlers: Readonly<Record<string, Handle>>,
    onConnection?: (send: (frame: unknown) => void) => void,
  ): readonly WebSocketHandler[];
}

function isEmitted(module: unknown): module is Emitted {
  return typeof module === "object" && module !== null && "samples" in module && "createHandlers" in module;
}

async function emitted(schema: object): Promise<Emitted> {
  const module = await load(emitMsw(modelOf(schema)), msw);
  if (!isEmitted(module)) throw new TypeError("The module lacks an export.");
  return module;
}

const schemas = [
  { title: "our own contract", schema: ownSchema, count: 23 },
  { title: "a contract that inherits and recurses", schema: inheriting, count: 3 },
  { title: "frames that are tuples and maps", schema: shapes, count: 5 },
  { title: "a contract full of markup", schema: hostile, count: 1 },
];

describe("the emitted samples", () => {
  test.each(schemas)("are valid for $title", async ({ schema, count }) => {
    const { samples } = await emitted(schema);
    const ajv = createAjv();
    ajv.addSchema(schema, "root");
    const faults = modelOf(schema).messages.filter(
      ({ name, pointer }) => !ajv.validate({ $ref: `root#${encodeURI(pointer)}` }, samples[name]),
    );
    expect(faults.map(({ name }) => [name, samples[name]])).toEqual([]);
    expect(Object.keys(samples)).toHaveLength(count);
  });

  test("come from the schema's own examples", async () => {
    expect((await emitted(ownSchema)).samples.RequestData).toMatchObject({ data_type: "agent_status" });
  });

  test("are valid when they are made from the schema alone", () => {
    const ajv = createAjv();
    ajv.addSchema(ownSchema, "root");
    const made = modelOf(ownSchema).messages.map(({ name, pointer }) => ({
      name,
      pointer,
      value: sampleValue(modelOf(ownSchema).schema, pointer),
    }));
    expect(made.filter(({ pointer, value }) => !ajv.validate({ $ref: `root#${pointer}` }, value))).toEqual(
      [],
    );
  });
});

describe("the emitted handlers", () => {
  const url = "ws://localhost/socket";
  let server: ReturnType<typeof setupServer> | undefined;

  // Node 20 has no WebSocket for msw to replace.
  beforeEach(() => vi.stubGlobal("WebSocket", globalThis.WebSocket ?? class {}));
  afterEach(() => {
    server?.close();
    vi.unstubAllGlobals();
  });

  /** Sends texts to a mocked server, and gives back what came until a frame says `last`. */
  async function talk(
    handlers: readonly WebSocketHandler[],
    texts: readonly (string | Uint8Array<ArrayBuffer>)[],
    last: string,
  ): Promise<readonly unknown[]> {
    server = setupServer(...handlers);
    server.listen({ onUnhandledRequest: "error" });
    const socket = new WebSocket(url);
    const frames: unknown[] = [];
    const done = new Promise<void>((resolve) => {
      socket.addEventListener("message", ({ data }) => {
        const frame: unknown = JSON.parse(String(data));
        frames.push(frame);
        if (JSON.stringify(frame).includes(last)) resolve();
      });
    });
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    for (const text of texts) socket.send(text);
    await done;
    socket.close();
    return frames;
  }

  const inherited = (name: string): object => ({ op: "cut", id: 5, kinds: [name] });

  test("find the handler by the discriminator and send what it returns", async () => {
    const { createHandlers, samples } = await emitted(ownSchema);
    const seen: unknown[] = [];
    const handlers = createHandlers(url, {
      ping: (frame) => {
        seen.push(frame);
        return samples.Pong;
      },
      subscribe: (_frame, send) => {
        send(samples.AgentUpdate);
        return [samples.SubscriptionUpdated, { ...Object(samples.ErrorMessage), message: "the last" }];
      },
    });
    const frames = await talk(
      handlers,
      ['{"type":"ping"}', '{"type":"subscribe","subscriptions":[]}'],
      "the last",
    );
    expect(seen).toEqual([{ type: "ping" }]);
    expect(frames).toEqual([
      samples.AgentUpdate,
      samples.Pong,
      samples.SubscriptionUpdated,
      { ...Object(samples.ErrorMessage), message: "the last" },
    ]);
  });

  test("greet a client, wait for promises and pass over frames that nobody handles", async () => {
    const { createHandlers, samples } = await emitted(ownSchema);
    const handlers = createHandlers(
      url,
      { ping: async () => Promise.resolve({ ...Object(samples.Pong), correlation_id: "the last" }) },
      (send) => send(samples.ConnectionEstablished),
    );
    const texts = [
      "no json",
      new Uint8Array([1]),
      "null",
      "5",
      '{"type":"constructor"}',
      '{"type":"authenticate"}',
      '{"type":"ping"}',
    ];
    expect(await talk(handlers, texts, "the last")).toEqual([
      samples.ConnectionEstablished,
      { ...Object(samples.Pong), correlation_id: "the last" },
    ]);
  });

  test("give what no handler takes to *", async () => {
    const { createHandlers } = await emitted(shapes);
    const handlers = createHandlers(url, {
      "*": (frame) => [
        ["pair", 1],
        ["open", frame],
      ],
    });
    expect(await talk(handlers, ["no json", '{"deep":7}'], "open")).toEqual([
      ["pair", 1],
      ["open", { deep: 7 }],
    ]);
  });

  test("recognise patterns after constants", async () => {
    const constant = (op: unknown): object => ({
      type: "object",
      "x-sender": "client",
      properties: { op },
      required: ["op"],
    });
    const schema = {
      oneOf: [
        constant({ const: "a_b" }),
        constant({ type: "string", pattern: "_b$", not: { const: "a_b" } }),
      ],
    };
    const { createHandlers } = await emitted(schema);
    const handlers = createHandlers(url, {
      a_b: () => inherited("constant"),
      _b$: () => inherited("pattern"),
    });
    const frames = await talk(handlers, ['{"op":"a_b"}', '{"op":"x_c"}', '{"op":"c_b"}'], "pattern");
    expect(frames).toEqual([inherited("constant"), inherited("pattern")]);
  });

  test("tell 1 from its text, and two levels apart", async () => {
    const model = modelOf(inheriting);
    const [first] = model.messages;
    if (!first) throw new TypeError("The contract has no message.");
    const matched = (match: MessageModel["match"]): MessageModel => ({ ...first, match });
    const messages = [
      matched({ kind: "constant", values: [1] }),
      matched({ kind: "constant", values: ["e"], within: { key: "k", values: ["x", true] } }),
    ];
    const module = await load(emitMsw({ ...model, messages }), msw);
    if (!isEmitted(module)) throw new TypeError("The module lacks an export.");
    const handlers = module.createHandlers(url, {
      1: () => inherited("number"),
      "e/x": () => inherited("inner"),
      "e/true": () => inherited("last"),
    });
    const texts = [
      '{"op":"1"}',
      '{"op":1}',
      '{"op":"e"}',
      '{"op":"e","k":"true"}',
      '{"op":"e","k":"x"}',
      '{"op":"e","k":true}',
    ];
    expect(await talk(handlers, texts, "last")).toEqual(["number", "inner", "last"].map(inherited));
  });

  test("compile under tsc --strict and know their frames", async () => {
    const use = `import { createHandlers, samples } from "./msw.js";
export const handlers = createHandlers("ws://localhost", {
  ping: (frame) => ({ ...samples.Pong, correlation_id: frame.correlation_id ?? "" }),
  subscribe: async (frame, send) => {
    send(samples.AgentUpdate);
    return { ...samples.SubscriptionUpdated, correlation_id: frame.subscriptions.join() };
  },
  // @ts-expect-error a pong does not answer a request for data
  request_data: () => samples.Pong,
  "*": () => undefined,
});
// @ts-expect-error no client sends it
createHandlers("ws://localhost", { pong: () => samples.Pong });
`;
    expect(
      diagnosticsOf({
        "msw.ts": emitMsw(modelOf(ownSchema)),
        "types.ts": await emitTypes(modelOf(ownSchema)),
        "use.ts": use,
      }),
    ).toEqual([]);
  });

  test.each(schemas)("compile under tsc --strict for $title", async ({ schema }) => {
    const model = modelOf(schema);
    expect(diagnosticsOf({ "msw.ts": emitMsw(model), "types.ts": await emitTypes(model) })).toEqual([]);
  });
});
