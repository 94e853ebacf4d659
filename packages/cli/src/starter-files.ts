/** A contract to begin with: one question and its answer. */
export const starterSchema = `${JSON.stringify(
  {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Messages",
    description: "Every message that clients and servers exchange over one WebSocket.",
    "x-contract": { name: "messages", version: "1.0.0", topics: [] },
    oneOf: [{ $ref: "#/$defs/Ping" }, { $ref: "#/$defs/Pong" }],
    $defs: {
      Ping: {
        title: "Ping",
        description: "Asks for a pong.",
        "x-sender": "client",
        "x-replies": ["pong"],
        type: "object",
        properties: {
          type: { const: "ping" },
          id: { description: "Comes back in the answer.", type: "integer", minimum: 0 },
        },
        required: ["type", "id"],
        examples: [{ type: "ping", id: 1 }],
      },
      Pong: {
        title: "Pong",
        description: "Answers a ping.",
        "x-sender": "server",
        type: "object",
        properties: {
          type: { const: "pong" },
          id: { description: "The id of the ping.", type: "integer", minimum: 0 },
        },
        required: ["type", "id"],
        examples: [{ type: "pong", id: 1 }],
      },
    },
  },
  undefined,
  2,
)}\n`;

/** A workflow that fails when generated files drift from the schema, annotates what the rules find, and says who a change breaks. */
export function workflow(version: string): string {
  return `name: hivewire
on:
  push:
  pull_request:
permissions:
  contents: read
jobs:
  contract:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npx --yes @hivewire/cli@${version} check --format github
      - run: npx --yes @hivewire/cli@${version} lint --format github
      - run: npx --yes @hivewire/cli@${version} diff --format github
`;
}
