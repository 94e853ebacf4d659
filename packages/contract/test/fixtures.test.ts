import { readdirSync, readFileSync } from "node:fs";
import { contract } from "@hivewire/contract";
import { schema } from "@hivewire/contract/schema";
import { validators } from "@hivewire/contract/validators";
import { createMessageLookup, downConvert, errorCodes } from "@hivewire/protocol";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

interface Frame {
  readonly type: string;
}

interface Refused {
  readonly sender: "client" | "server";
  readonly blame: string;
  readonly frame: Frame;
}

const schemas = new URL("../../../schemas/", import.meta.url);

function fixtures<T>(folder: "valid" | "invalid"): readonly (readonly [name: string, value: T])[] {
  const url = new URL(`fixtures/${folder}/`, schemas);
  return readdirSync(url).map(
    (name) => [name, JSON.parse(readFileSync(new URL(name, url), "utf8"))] as const,
  );
}

const lookup = createMessageLookup(contract);
const valid = fixtures<Frame>("valid");
const invalid = fixtures<Refused>("invalid");

function senderOf(frame: Frame): "client" | "server" {
  const info = lookup(frame.type);
  if (!info) throw new Error(`no message has the type ${frame.type}`);
  return info.sender;
}

describe("valid fixtures", () => {
  it.each(valid)("%s is accepted", (_name, frame) => {
    expect(validators[senderOf(frame)](frame)).toEqual({ ok: true, value: frame });
  });

  it.each(valid)("%s is refused from the other side", (_name, frame) => {
    const other = senderOf(frame) === "client" ? "server" : "client";
    expect(validators[other](frame)).toMatchObject({ ok: false, issue: { pointer: "/type" } });
  });
});

describe("invalid fixtures", () => {
  it.each(invalid)("%s is refused at its place", (_name, { sender, frame, blame }) => {
    expect(validators[sender](frame)).toMatchObject({ ok: false, issue: { pointer: blame } });
  });
});

describe("the fixtures", () => {
  const names = [...Object.values(contract.messages), ...contract.patterns].map(({ name }) => name);
  const count = (frames: readonly Frame[], name: string): number =>
    frames.filter(({ type }) => lookup(type)?.name === name).length;

  it.each(names)("show %s at least twice valid and twice invalid", (name) => {
    expect(
      count(
        valid.map(([, frame]) => frame),
        name,
      ),
    ).toBeGreaterThanOrEqual(2);
    expect(
      count(
        invalid.map(([, { frame }]) => frame),
        name,
      ),
    ).toBeGreaterThanOrEqual(2);
  });
});

describe("the schema", () => {
  const definitions = Object.entries(
    schema.$defs as Record<string, { examples?: Frame[]; title?: string; description?: string }>,
  );
  const messages = definitions.filter(([, definition]) => "x-sender" in definition);

  it.each(messages)(
    "has title, description and valid examples on %s",
    (_name, { title, description, examples }) => {
      expect(title).toBeTruthy();
      expect(description).toBeTruthy();
      expect(examples?.length).toBeGreaterThan(0);
      for (const example of examples ?? []) expect(validators[senderOf(example)](example).ok).toBe(true);
    },
  );

  it("knows the same error codes as the protocol's table", () => {
    const { ErrorCode } = schema.$defs as Record<string, { enum?: string[] }>;
    expect(ErrorCode?.enum).toEqual(Object.keys(errorCodes));
  });
});

describe("the 1.0.0 snapshot", () => {
  const snapshot = JSON.parse(
    readFileSync(new URL("versions/1.0.0/ws_messages.schema.json", schemas), "utf8"),
  );
  const ajv = new Ajv2020.default({ strict: false, strictNumbers: true, validateFormats: false });
  const accepts = ajv.compile(snapshot);
  const properties = (frame: Frame): readonly string[] => {
    const name = lookup(frame.type)?.name ?? "";
    return Object.keys(snapshot.$defs[name].properties);
  };
  const converted = valid.flatMap(([name, frame]) => {
    const info = lookup(frame.type);
    const older = info && downConvert(frame, info, "1.0.0");
    return older && info.sender === "server" ? [[name, older as Frame] as const] : [];
  });

  it.each(converted)("accepts %s after conversion, without a property it does not know", (name, frame) => {
    expect(accepts(frame)).toBe(true);
    if (name.includes("unknown-field")) return;
    expect(properties(frame)).toEqual(expect.arrayContaining(Object.keys(frame)));
  });

  it("lacks exactly the messages that came later", () => {
    const later = [...Object.entries(contract.messages)]
      .filter(([, { since }]) => since)
      .map(([type]) => type);
    expect(later).toEqual(["authenticate", "authenticated"]);
    expect(later.some((type) => JSON.stringify(snapshot).includes(`"const":"${type}"`))).toBe(false);
  });
});
