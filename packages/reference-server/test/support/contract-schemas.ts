import { existsSync, readFileSync } from "node:fs";
import { contract } from "@hivewire/contract";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";

/** A frame that arrived. */
export type Got = Readonly<Record<string, unknown>> & { readonly type: string };

type Schema = Readonly<Record<string, unknown>>;

const schemas = new URL("../../../../schemas/", import.meta.url);

/** The schema of a version: its snapshot, or the working copy of one that is not released. */
export function schemaOf(version: string): Schema {
  const released = new URL(`versions/${version}/ws_messages.schema.json`, schemas);
  const file = existsSync(released) ? released : new URL("ws_messages.schema.json", schemas);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The server's own name of a version: patch numbers of clients may differ. */
function ownName(version: string): string {
  const [major, minor] = version.split(".");
  return contract.supportedVersions.find((own) => own.startsWith(`${major}.${minor}.`)) ?? contract.version;
}

interface Judge {
  readonly validate: ValidateFunction;
  /** Names that the message of a type declares; undefined for types that only a pattern recognises. */
  readonly declared: ReadonlyMap<string, ReadonlySet<string>>;
}

function isRecord(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function declaredBy(schema: Schema): Judge["declared"] {
  const definitions = isRecord(schema.$defs) ? Object.values(schema.$defs) : [];
  return new Map(
    definitions.flatMap((definition) => {
      const properties = isRecord(definition) && isRecord(definition.properties) ? definition.properties : {};
      const type = isRecord(properties.type) ? properties.type.const : undefined;
      return typeof type === "string" ? [[type, new Set(Object.keys(properties))] as const] : [];
    }),
  );
}

const judges = new Map<string, Judge>();

function judgeOf(version: string): Judge {
  const known = judges.get(version);
  if (known) return known;
  const schema = schemaOf(version);
  const ajv = new Ajv2020.default({
    strict: false,
    strictNumbers: true,
    validateFormats: false,
    logger: false,
  });
  const judge = { validate: ajv.compile(schema), declared: declaredBy(schema) };
  judges.set(version, judge);
  return judge;
}

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function faultOf(frame: unknown, version: string): string | undefined {
  if (!isRecord(frame) || typeof frame.type !== "string") return "is no object with a type";
  const { validate, declared } = judgeOf(version);
  if (!validate(frame)) return `breaks the schema of ${version}: ${JSON.stringify(validate.errors?.[0])}`;
  if (typeof frame.timestamp !== "string" || !timestamp.test(frame.timestamp)) return "has no timestamp";
  if (typeof frame.correlation_id !== "string") return "has no correlation_id";
  const names = declared.get(frame.type);
  const extra = names && Object.keys(frame).find((name) => !names.has(name));
  return extra === undefined ? undefined : `carries "${extra}", which ${version} does not declare`;
}

/** Topic frames that were found in order lately: one for many subscribers is judged once. */
const passed = new Map<string, Got>();

function remember(key: string, frame: Got): void {
  if (passed.size >= 256) passed.clear();
  passed.set(key, frame);
}

/** Holds every frame of one connection against the schema of the version that the connection speaks. */
export class FrameJudge {
  #version = contract.version;
  readonly #violated: (sentence: string) => void;

  /** @param violated - called with a sentence for each frame that breaks the contract */
  constructor(violated: (sentence: string) => void) {
    this.#violated = violated;
  }

  /** The frame, judged; undefined when it is none. */
  read(text: string): Got | undefined {
    const key = `${this.#version} ${text}`;
    const known = passed.get(key);
    if (known) return known;
    let frame: Got;
    try {
      frame = JSON.parse(text);
    } catch {
      this.#violated(`the server sent what is no JSON: ${text.slice(0, 500)}`);
      return undefined;
    }
    if (frame.type === "connection_established") this.#version = ownName(String(frame.contract_version));
    const fault = faultOf(frame, this.#version);
    if (fault !== undefined) this.#violated(`a frame of the server ${fault}: ${text.slice(0, 500)}`);
    else if (frame.position !== undefined) remember(key, frame);
    return frame;
  }
}
