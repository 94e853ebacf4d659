import { Parser } from "@asyncapi/parser";
import { describe, expect, test } from "vitest";
import { emitAsyncApi } from "../src/emit/emit-asyncapi.js";
import { type Json, valueAt } from "../src/json.js";
import { modelOf, ownSchemaText } from "./support/evaluate.js";
import { hostile, inheriting, shapes } from "./support/odd-schemas.js";

const ownSchema: object = JSON.parse(ownSchemaText);

function documentOf(schema: object): Json {
  const document: Json = JSON.parse(emitAsyncApi(modelOf(schema)));
  return document;
}

describe("the emitted AsyncAPI document", () => {
  test.each([
    { title: "our own contract", schema: ownSchema },
    { title: "a contract that inherits and recurses", schema: inheriting },
    { title: "frames that are tuples and maps", schema: shapes },
    { title: "a contract full of markup", schema: hostile },
    { title: "a contract of booleans", schema: { oneOf: [true, false], $defs: { Any: true } } },
  ])("has no error for $title", async ({ schema }) => {
    const { document, diagnostics } = await new Parser().parse(emitAsyncApi(modelOf(schema)));
    const errors = diagnostics.filter(({ severity }) => Number(severity) === 0);
    expect(errors.map(({ message, path }) => `${path.join("/")}: ${message}`)).toEqual([]);
    expect(document?.version()).toBe("3.0.0");
  });

  test("has both directions, and the answers of a request", async () => {
    const { document } = await new Parser().parse(emitAsyncApi(modelOf(ownSchema)));
    const operations = (document?.operations().all() ?? []).map((operation) => ({
      id: operation.id(),
      action: operation.action(),
      messages: operation
        .messages()
        .all()
        .map((message) => message.name()),
      reply: operation
        .reply()
        ?.messages()
        .all()
        .map((message) => message.name()),
    }));
    expect(operations.filter(({ action }) => action === "receive")).toEqual([
      { id: "receivePing", action: "receive", messages: ["Ping"], reply: ["Pong"] },
      {
        id: "receiveSubscribe",
        action: "receive",
        messages: ["Subscribe"],
        reply: ["SubscriptionUpdated", "ErrorMessage"],
      },
      {
        id: "receiveUnsubscribe",
        action: "receive",
        messages: ["Unsubscribe"],
        reply: ["SubscriptionUpdated", "ErrorMessage"],
      },
      {
        id: "receiveRequestData",
        action: "receive",
        messages: ["RequestData"],
        reply: ["DataResponse", "DataError"],
      },
      {
        id: "receiveAuthenticate",
        action: "receive",
        messages: ["Authenticate"],
        reply: ["Authenticated", "ErrorMessage"],
      },
    ]);
    const sends = operations.filter(({ action }) => action === "send");
    expect(sends).toHaveLength(18);
    expect(sends).toContainEqual({
      id: "sendAgentUpdate",
      action: "send",
      messages: ["AgentUpdate"],
      reply: undefined,
    });
  });

  test.each<{
    readonly title: string;
    readonly schema: object;
    readonly pointer: string;
    readonly want: unknown;
  }>([
    {
      title: "name, version and description",
      schema: inheriting,
      pointer: "/info",
      want: { title: "tree", version: "2.0.0" },
    },
    { title: "the binding", schema: ownSchema, pointer: "/channels/socket/bindings/ws/method", want: "GET" },
    { title: "topics", schema: ownSchema, pointer: "/channels/socket/x-topics/0", want: "agents" },
    {
      title: "the topic of a message",
      schema: ownSchema,
      pointer: "/components/messages/TaskUpdate/x-topic",
      want: "tasks",
    },
    {
      title: "descriptions",
      schema: ownSchema,
      pointer: "/components/messages/Unsubscribe/description",
      want: "Removes topics from this connection.",
    },
    {
      title: "examples",
      schema: ownSchema,
      pointer: "/components/messages/Ping/examples/0",
      want: { payload: { type: "ping" } },
    },
    {
      title: "an example where the schema has none",
      schema: inheriting,
      pointer: "/components/messages/Cut/examples/0",
      want: { payload: { op: "cut", id: 5, kinds: ["a", "b", "c"] } },
    },
    {
      title: "deprecation",
      schema: inheriting,
      pointer: "/components/messages/Cut/x-deprecated",
      want: true,
    },
    {
      title: "a reference with its siblings, which draft-07 would pass over",
      schema: inheriting,
      pointer: "/components/schemas/Grow/allOf/1/properties/root",
      want: { description: "The root.", allOf: [{ $ref: "#/components/schemas/Node" }] },
    },
    {
      title: "references into definitions and to the root",
      schema: shapes,
      pointer: "/components/schemas/Anything/properties/deep",
      want: { $ref: "#/components/schemas/Root" },
    },
    {
      title: "tuples as draft-07 writes them",
      schema: shapes,
      pointer: "/components/schemas/Pair",
      want: {
        title: "Pair",
        type: "array",
        items: [{ const: "pair" }, { type: "number" }],
        additionalItems: false,
        minItems: 2,
      },
    },
    {
      title: "dependencies as draft-07 writes them",
      schema: shapes,
      pointer: "/components/schemas/Anything/dependencies",
      want: { one: ["two"] },
    },
    {
      title: "no definition inside a schema",
      schema: shapes,
      pointer: "/components/schemas/Root/$defs",
      want: undefined,
    },
  ])("carries $title", ({ schema, pointer, want }) => {
    expect(valueAt(documentOf(schema), pointer)).toEqual(want);
  });

  test("needs both kinds of dependencies of one name", () => {
    const schema = {
      type: "object",
      dependentRequired: { a: ["b"], c: ["d"] },
      dependentSchemas: { a: { minProperties: 3 } },
    };
    expect(valueAt(documentOf(schema), "/components/schemas/Frame/dependencies")).toEqual({
      a: { required: ["b"], allOf: [{ minProperties: 3 }] },
      c: ["d"],
    });
  });

  test("is the same text on every run, with a line break at its end", () => {
    const text = emitAsyncApi(modelOf(ownSchema));
    expect(emitAsyncApi(modelOf(ownSchema))).toBe(text);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });
});
