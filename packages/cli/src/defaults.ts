/** Where a schema and its output are looked for when nothing says otherwise. */
export const defaults = { schema: "schemas/ws_messages.schema.json", out: "src/gen" } as const;
