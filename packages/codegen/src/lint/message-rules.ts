import { ajvOptions, loadAjv } from "../ajv.js";
import { isObject, type Json, type JsonObject, own, pointerOf, valueAt } from "../json.js";
import type { MessageModel, Model, Route } from "../model.js";
import { conjuncts } from "../read/references.js";
import type { Rule, RuleFinding } from "./rule.js";

/** The first value of a keyword over a message and what it inherits. */
function keywordOf(model: Model, { pointer }: MessageModel, keyword: string): Json | undefined {
  const place = { pointer, schema: valueAt(model.schema, pointer) ?? true };
  for (const { schema } of conjuncts(model.schema, place)) {
    const value = isObject(schema) ? own(schema, keyword) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

function* without(
  model: Model,
  keyword: string,
  finding: Omit<RuleFinding, "pointer">,
): Generator<RuleFinding> {
  for (const message of model.messages) {
    if (keywordOf(model, message, keyword) !== undefined) continue;
    yield { pointer: message.pointer, message: `${message.name} ${finding.message}`, fix: finding.fix };
  }
}

/** Groups of messages that no look at a frame tells apart. */
function groupsOf(route: Route): readonly (readonly number[])[] {
  if (route.kind === "messages") return route.indexes.length > 1 ? [route.indexes] : [];
  const { cases, rest, absent } = route.dispatch;
  return [...cases.map(({ to }) => to), rest, absent].flatMap(groupsOf);
}

function* ambiguous(model: Model): Generator<RuleFinding> {
  const seen = new Set<string>();
  for (const group of groupsOf(model.route)) {
    const messages = group.flatMap((index) => model.messages[index] ?? []);
    const names = messages.map(({ name }) => name).join(", ");
    const [first] = messages;
    if (!first || seen.has(names)) continue;
    seen.add(names);
    yield {
      pointer: first.pointer,
      message: `No property tells ${names} apart: each frame that could be one of them is held against all.`,
      fix: 'Give each a required property with a constant of its own, such as "type": { "const": "…" }.',
    };
  }
}

function* overlapping(model: Model): Generator<RuleFinding> {
  if (model.union !== "one" || model.exact) return;
  for (const { match, name, pointer } of model.messages) {
    if (match.kind !== "pattern" || match.overlaps.length === 0) continue;
    const constants = match.overlaps.map((value) => JSON.stringify(value)).join(", ");
    yield {
      pointer,
      message: `The pattern of ${name} also matches ${constants}, which name other messages: under oneOf such frames are refused.`,
      fix: `Add "not": { "enum": [${constants}] } beside the pattern.`,
    };
  }
}

function* invalidExamples(model: Model): Generator<RuleFinding> {
  const ajv = new (loadAjv())({ ...ajvOptions });
  ajv.addSchema({ ...model.schema, $id: "contract:" });
  for (const { name, pointer } of model.messages) {
    const schema = valueAt(model.schema, pointer);
    const examples = isObject(schema) ? own(schema, "examples") : undefined;
    const validate = ajv.compile({ $ref: `contract:#${encodeURI(pointer)}` });
    for (const [index, example] of (Array.isArray(examples) ? examples : []).entries()) {
      if (validate(example)) continue;
      const [error] = validate.errors ?? [];
      yield {
        pointer: pointer + pointerOf(["examples", index]),
        message: `Example ${index + 1} of ${name} is not valid: ${error?.instancePath || "it"} ${error?.message ?? "does not match"}.`,
        fix: "Mend the example, or the schema if the example is right.",
      };
    }
  }
}

function* missingContract(model: Model): Generator<RuleFinding> {
  const header = own(model.schema, "x-contract");
  const said: JsonObject = isObject(header) ? header : {};
  for (const key of ["name", "version"]) {
    if (own(said, key) !== undefined) continue;
    yield {
      pointer: "",
      message: `The contract does not say its ${key}; "${key === "name" ? model.name : model.version}" is assumed.`,
      fix: `Add "x-contract": { "name": "${model.name}", "version": "1.0.0" } to the root.`,
    };
  }
}

/** Rules about messages. */
export const messageRules: readonly Rule[] = [
  {
    name: "missing-contract",
    level: "warning",
    about: "Clients and servers negotiate by the contract's name and version.",
    check: missingContract,
  },
  {
    name: "missing-sender",
    level: "warning",
    about:
      "Without a sender a message counts as the server's, and both directions are checked against too much.",
    check: (model) =>
      without(model, "x-sender", {
        message: "does not say who sends it; the server is assumed.",
        fix: 'Add "x-sender": "client" or "x-sender": "server".',
      }),
  },
  {
    name: "missing-description",
    level: "warning",
    about: "Types, references and editors show what the description says.",
    check: (model) =>
      without(model, "description", {
        message: "has no description.",
        fix: 'Say in "description" what it means and when it is sent.',
      }),
  },
  {
    name: "missing-example",
    level: "warning",
    about: "Examples become mocks, documents and tests.",
    check: (model) =>
      without(model, "examples", { message: "has no example.", fix: 'Add one valid frame to "examples".' }),
  },
  {
    name: "invalid-example",
    level: "error",
    about: "An example that the schema refuses misleads whoever reads it.",
    check: invalidExamples,
  },
  {
    name: "ambiguous-discriminator",
    level: "warning",
    about: "Messages that nothing tells apart are slow to validate, hard to narrow, and get vague errors.",
    check: ambiguous,
  },
  {
    name: "pattern-overlaps-constant",
    level: "error",
    about: "oneOf refuses what two branches accept.",
    check: overlapping,
  },
];
