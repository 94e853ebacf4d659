import type { FastifyInstance } from "fastify";
import type { TSchema } from "typebox";

/** One answer of a route. */
export interface RouteAnswer {
  readonly description: string;
  /** Undefined: it has no body. */
  readonly schema?: TSchema;
  /** @default application/json */
  readonly mediaType?: string;
}

/** What the OpenAPI document says about a route. */
export interface RouteDocument {
  readonly id: string;
  readonly summary: string;
  readonly isForAdministrators?: boolean;
  /** Status → answer. Those of problems, which many routes share, are named in `problems`. */
  readonly answers: Readonly<Record<number, RouteAnswer>>;
  /** Statuses that are answered with problem details. */
  readonly problems?: readonly number[];
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the OpenAPI document says about the route. */
    document?: RouteDocument;
  }
}

/** A route as it was added. */
export interface RouteEntry {
  readonly method: string;
  /** As Fastify spells it: `/a/:id`. */
  readonly path: string;
  readonly document: RouteDocument | undefined;
  readonly params: TSchema | undefined;
  readonly query: TSchema | undefined;
  readonly body: TSchema | undefined;
}

// Schemas of routes are written with TypeBox.
const asSchema = (schema: unknown): TSchema | undefined =>
  typeof schema === "object" && schema !== null ? schema : undefined;

/** Collects every route that is added from now on; `HEAD`, which follows from `GET`, is left out. */
export function collectRoutes(app: FastifyInstance): readonly RouteEntry[] {
  const entries: RouteEntry[] = [];
  app.addHook("onRoute", ({ method, url, schema, config }) => {
    for (const name of [method].flat()) {
      if (name === "HEAD") continue;
      entries.push({
        method: name,
        path: url,
        document: config?.document,
        params: asSchema(schema?.params),
        query: asSchema(schema?.querystring),
        body: asSchema(schema?.body),
      });
    }
  });
  return entries;
}

/** Methods that a path has; none when nothing is there. */
export function methodsAt(path: string, entries: readonly RouteEntry[]): readonly string[] {
  const isAt = (pattern: string): boolean => {
    const wanted = pattern.split("/");
    const given = path.split("/");
    return (
      wanted.length === given.length &&
      wanted.every((part, index) => part === given[index] || (part.startsWith(":") && given[index] !== ""))
    );
  };
  const methods = entries.filter((entry) => isAt(entry.path)).map(({ method }) => method);
  return methods.includes("GET") ? [...methods, "HEAD"] : methods;
}
