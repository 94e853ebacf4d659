import type { TSchema } from "typebox";
import { ProblemDetails, problemType } from "./problem.js";
import type { RouteAnswer, RouteDocument, RouteEntry } from "./route-table.js";

/** What the document says about the server. */
export interface OpenApiFacts {
  /** Version of the contract. */
  readonly version: string;
  /** Whether administrators may present a JSON Web Token. */
  readonly hasJwt: boolean;
}

type Part = Readonly<Record<string, unknown>>;

const titles: Readonly<Record<number, string>> = {
  400: "The request breaks its schema or the contract",
  401: "No administrator's credentials",
  403: "Not for you",
  404: "There is no such thing",
  413: "The body is too large",
  415: "The body is not JSON",
  503: "Not now",
};

const problem = (description: string): Part => ({
  description,
  content: { [problemType]: { schema: { $ref: "#/components/schemas/Problem" } } },
});

const answer = ({ description, schema, mediaType = "application/json" }: RouteAnswer): Part =>
  schema === undefined ? { description } : { description, content: { [mediaType]: { schema } } };

function parametersOf(place: "path" | "query", schema: TSchema | undefined): readonly Part[] {
  const { properties = {}, required = [] }: Record<string, unknown> = { ...schema };
  const needed = new Set(Array.isArray(required) ? required : []);
  return Object.entries(Object(properties)).map(([name, part]) => {
    const { description, ...rest }: Record<string, unknown> = { ...Object(part) };
    const said = typeof description === "string" ? { description } : {};
    return { name, in: place, required: needed.has(name), schema: rest, ...said };
  });
}

/** A route that says nothing about itself. */
function bare({ method, path }: RouteEntry): RouteDocument {
  return { id: `${method} ${path}`, summary: path, answers: { 200: { description: "An answer" } } };
}

function operation(entry: RouteEntry): Part {
  const { id, summary, isForAdministrators, answers, problems = [] } = entry.document ?? bare(entry);
  const parameters = [...parametersOf("path", entry.params), ...parametersOf("query", entry.query)];
  const responses = {
    ...Object.fromEntries(Object.entries(answers).map(([status, row]) => [status, answer(row)])),
    ...Object.fromEntries(problems.map((status) => [status, problem(titles[status] ?? "Refused")])),
    default: problem("What else can go wrong"),
  };
  return {
    operationId: id,
    summary,
    ...(isForAdministrators ? { security: [{ administrator: [] }, {}] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(entry.body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: entry.body } } } }),
    responses,
  };
}

/** Fastify's `/a/:id` as OpenAPI's `/a/{id}`. */
const templateOf = (path: string): string => path.replace(/:([A-Za-z_]+)/g, "{$1}");

/** The OpenAPI 3.1 document of routes, from the very schemas that requests are held against. */
export function openApiDocument(routes: readonly RouteEntry[], { version, hasJwt }: OpenApiFacts): Part {
  const paths: Record<string, Record<string, Part>> = {};
  for (const entry of routes) {
    const path = templateOf(entry.path);
    paths[path] = { ...paths[path], [entry.method.toLowerCase()]: operation(entry) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "hivewire reference server",
      version,
      description:
        "The HTTP side of the dashboard contract. Administrators are served without credentials on the server's own machine while WS_ADMIN_TOKEN is not set.",
      license: { name: "MIT", identifier: "MIT" },
    },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    paths,
    components: {
      schemas: { Problem: ProblemDetails },
      securitySchemes: {
        administrator: {
          type: "http",
          scheme: "bearer",
          description: hasJwt
            ? "WS_ADMIN_TOKEN, or a JSON Web Token with the administrators' role"
            : "WS_ADMIN_TOKEN",
          ...(hasJwt ? { bearerFormat: "JWT" } : {}),
        },
      },
    },
  };
}
