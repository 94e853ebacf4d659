import { createProject, type TestProject } from "./project.js";

/** What a version of the greeting contract differs in from 1.0.0. */
export interface GreetingVersion {
  readonly version?: string;
  /** Members beside `type` and `text`. */
  readonly members?: readonly string[];
  /** Those of them that are required. */
  readonly required?: readonly string[];
  readonly description?: string;
  /** Whether the engine is to be in doubt about it. */
  readonly doubt?: boolean;
  readonly retired?: readonly string[];
}

/** A contract of one message that clients send, as text. */
export function greetingContract({
  version = "1.0.0",
  members = [],
  required = [],
  description = "Says hello.",
  doubt = false,
  retired,
}: GreetingVersion = {}): string {
  const added = Object.fromEntries([...members, ...required].map((name) => [name, { type: "string" }]));
  const schema = {
    "x-contract": { name: "greetings", version, ...(retired ? { retired } : {}) },
    oneOf: [{ $ref: "#/$defs/Greeting" }],
    $defs: {
      Greeting: {
        description,
        ...(doubt ? { $comment: "doubt" } : {}),
        "x-sender": "client",
        type: "object",
        properties: { type: { const: "greeting" }, text: { type: "string" }, ...added },
        required: ["type", "text", ...required],
        examples: [
          { type: "greeting", text: "hi", ...Object.fromEntries(required.map((name) => [name, "…"])) },
        ],
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/** A project whose releases stand recorded in `versions/`. */
export async function projectOf(
  newer: GreetingVersion,
  ...releases: readonly GreetingVersion[]
): Promise<TestProject> {
  const project = await createProject(greetingContract(newer));
  for (const release of releases)
    await project.write(`versions/${release.version}/messages.schema.json`, greetingContract(release));
  if (releases.length > 0) await project.run("release", "--record");
  return project;
}
