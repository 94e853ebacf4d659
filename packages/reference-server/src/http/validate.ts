import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Check, Convert, Errors } from "typebox/value";
import type { Problem } from "./problem.js";

/** A request that breaks the schema of its route. */
export class InvalidRequest extends Error {
  override readonly name = "InvalidRequest";
  readonly problem: Problem;

  constructor(detail: string, pointer?: string) {
    super(detail);
    this.problem = { status: 400, detail, pointer };
  }
}

const parts: Readonly<Record<string, string>> = {
  body: "body",
  querystring: "query",
  params: "path",
};

/**
 * Holds parts of a request against the schemas of its route, without code made at run time. Texts of a query become the
 * numbers that they spell. What is wrong is told by the schema's words; the value is never repeated.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = "body" }) => {
  const where = parts[httpPart] ?? httpPart;
  return (data: unknown) => {
    const value = httpPart === "querystring" ? Convert(schema, { ...Object(data) }) : data;
    if (Check(schema, value)) return { value };
    const found = Errors(schema, value).find(({ keyword }) => keyword !== "boolean");
    const pointer = found?.instancePath ?? "";
    const message = found?.message ?? "is not what it has to be";
    if (httpPart === "body") return { error: new InvalidRequest(`The body ${message}.`, pointer) };
    const name = Object.keys("properties" in schema ? Object(schema.properties) : {}).find(
      (key) => pointer === `/${key}`,
    );
    return {
      error: new InvalidRequest(
        name === undefined ? `The ${where} ${message}.` : `"${name}" in the ${where} ${message}.`,
      ),
    };
  };
};
