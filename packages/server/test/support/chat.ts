import type { Contract, Validators } from "@hivewire/protocol";

/** Somebody says something. */
export interface Say {
  readonly type: "say";
  readonly text: string;
  readonly mood?: string;
  readonly correlation_id?: string;
}

/** Asks for the members of the room. */
interface Who {
  readonly type: "who";
  readonly correlation_id?: string;
}

/** The members of the room. */
interface Members {
  readonly type: "members";
  readonly names: readonly string[];
  readonly timestamp: string;
  readonly correlation_id: string;
}

/** Somebody said something. */
interface Said {
  readonly type: "said";
  readonly subscription: "room";
  readonly data: { readonly text: string };
  readonly position?: { readonly epoch: string; readonly offset: number };
  readonly timestamp: string;
  readonly correlation_id: string;
}

/** The types of the test contract. */
export interface ChatTypes {
  readonly client: Say | Who;
  readonly server: Said | Members;
  readonly messages: { readonly say: Say; readonly who: Who; readonly said: Said; readonly members: Members };
  readonly patterns: object;
  readonly topics: { readonly room: Said; readonly lobby: never };
  readonly replies: { readonly who: Members };
}

/** A contract of four messages, none of them the protocol's own. */
export const chat: Contract<ChatTypes> = {
  name: "chat",
  version: "1.1.0",
  supportedVersions: ["1.1.0", "1.0.0"],
  identity: "0".repeat(64),
  discriminator: "type",
  topics: ["room", "lobby"],
  messages: {
    say: { name: "Say", sender: "client", added: { mood: "1.1.0" } },
    who: { name: "Who", sender: "client", replies: ["members"], since: "1.1.0" },
    said: { name: "Said", sender: "server", topic: "room", added: { position: "1.1.0" } },
    members: { name: "Members", sender: "server", since: "1.1.0" },
  },
  patterns: [],
};

function refused(pointer: string, message: string) {
  const facts = { keyword: "type", expected: message.slice("must be ".length), received: "something else" };
  const issue = { pointer, ...facts, message, hint: `mend ${pointer}` };
  return { ok: false as const, issue, issues: [issue] };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Validators in the shape of generated ones. */
export const chatValidators: Validators<ChatTypes> = {
  client: (value) => {
    const { type, text, mood } = record(value);
    if (type === "say" && typeof text !== "string") return refused("/text", "must be string");
    if (mood !== undefined && typeof mood !== "string") return refused("/mood", "must be string");
    return { ok: true, value: value as Say | Who };
  },
  server: (value) => {
    const { type, data, names } = record(value);
    if (type === "said" && typeof record(data).text !== "string")
      return refused("/data/text", "must be string");
    if (type === "members" && !Array.isArray(names)) return refused("/names", "must be array");
    if (type !== "said" && type !== "members") return refused("/type", "must name a message");
    return { ok: true, value: value as Said | Members };
  },
};
