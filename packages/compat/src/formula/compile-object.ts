import { isStringArray, own } from "@hivewire/codegen";
import type { Compiler, Site } from "./compile.js";
import { countOf } from "./compile-value.js";
import { mapOf } from "./document.js";
import type { Formulas } from "./formulas.js";
import { type Item, not } from "./node.js";

/** The names that `properties` and `patternProperties` of a schema speak of. */
export function namedBy(formulas: Formulas, schema: Site["schema"]): Item {
  const keys = mapOf(schema, "properties").map(([key]) => key);
  const patterns = mapOf(schema, "patternProperties").map(([source]) =>
    formulas.make({ kind: "pattern", source }),
  );
  return formulas.any([formulas.among(keys), ...patterns]);
}

/** The value is an object and has the key. */
export function hasKey(formulas: Formulas, key: string): Item {
  return formulas.all([formulas.types(["object"]), formulas.make({ kind: "has", key })]);
}

/** What a schema says about objects: JSON Schema Validation 2020-12, section 6.5, and Core, section 10.3.2. */
export function compileObject(compiler: Compiler, site: Site): readonly Item[] {
  const { formulas } = compiler;
  const { schema } = site;
  const least = Math.ceil(countOf(schema, "minProperties") ?? 0);
  const most = Math.floor(countOf(schema, "maxProperties") ?? Number.POSITIVE_INFINITY);
  const items = [...formulas.between("minProperties", "object", least, most)];
  const required = own(schema, "required");
  for (const key of isStringArray(required) ? required : []) items.push(formulas.make({ kind: "has", key }));
  for (const [key] of mapOf(schema, "properties"))
    items.push(formulas.member(formulas.among([key]), compiler.inside(site, ["properties", key])));
  for (const [source] of mapOf(schema, "patternProperties")) {
    const names = formulas.make({ kind: "pattern", source });
    items.push(formulas.member(names, compiler.inside(site, ["patternProperties", source])));
  }
  const hasRest = own(schema, "additionalProperties") !== undefined;
  if (hasRest) {
    const value = compiler.inside(site, ["additionalProperties"]);
    items.push(formulas.member(not(namedBy(formulas, schema)), value));
  }
  if (own(schema, "propertyNames") !== undefined)
    items.push(formulas.member(not(compiler.plain(site, ["propertyNames"])), formulas.never));
  return [...items, ...compileDependent(compiler, site), ...(site.sender ? declared(compiler, site) : [])];
}

function compileDependent(compiler: Compiler, site: Site): readonly Item[] {
  const { formulas } = compiler;
  const names = mapOf(site.schema, "dependentRequired").map(([key, others]) => {
    const needed = (isStringArray(others) ? others : []).map((other) =>
      formulas.make({ kind: "has", key: other }),
    );
    return formulas.any([not(hasKey(formulas, key)), formulas.all(needed)]);
  });
  const schemas = mapOf(site.schema, "dependentSchemas").map(([key]) =>
    formulas.any([not(hasKey(formulas, key)), compiler.inPlace(site, ["dependentSchemas", key])]),
  );
  return [...names, ...schemas];
}

/** Keys that a schema asks for, whether or not it says what they hold. */
function askedFor({ formulas }: Compiler, { schema }: Site): Item {
  const required = own(schema, "required");
  const dependent = mapOf(schema, "dependentRequired").map(([, others]) => others);
  return formulas.among(
    [required ?? null, ...dependent].flatMap((keys) => (isStringArray(keys) ? keys : [])),
  );
}

/** What a sender may send of an object: the declared names, or any where the schema describes others too. */
function declared(compiler: Compiler, site: Site): readonly Item[] {
  const { formulas } = compiler;
  const rest = ["additionalProperties", "unevaluatedProperties"].map((keyword) => own(site.schema, keyword));
  if (rest.some((value) => value !== undefined && value !== false))
    return [formulas.make({ kind: "declares", names: formulas.always, closes: true })];
  const names = namedBy(formulas, site.schema);
  const asked = askedFor(compiler, site);
  return [
    ...(formulas.isNever(names) ? [] : [formulas.make({ kind: "declares", names, closes: true })]),
    ...(formulas.isNever(asked) ? [] : [formulas.make({ kind: "declares", names: asked, closes: false })]),
  ];
}
