import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import { serve } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { expect } from "vitest";

/** An HTTP server of some framework, with `GET /hello` and `POST /echo`. */
export interface Host {
  readonly http: HttpServer;
  /** Listens on a free port and resolves to it; WebSockets are attached before or after. */
  readonly listen: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** What every host answers `GET /hello` with. */
export const hello = { hello: "world" };

async function portOf(http: HttpServer): Promise<number> {
  if (!http.listening) await once(http, "listening");
  const address = http.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function closed(http: HttpServer): Promise<void> {
  return new Promise((resolve, reject) => http.close((error) => (error ? reject(error) : resolve())));
}

function plain(http: HttpServer): Host {
  const listen = (): Promise<number> => {
    http.listen(0, "127.0.0.1");
    return portOf(http);
  };
  return { http, listen, close: () => closed(http) };
}

function bareHost(): Host {
  return plain(
    createServer((request, response) => {
      response.setHeader("Content-Type", "application/json");
      if (request.url === "/hello") response.end(JSON.stringify(hello));
      else if (request.url === "/echo") request.pipe(response);
      else response.writeHead(404).end("{}");
    }),
  );
}

function fastifyHost(): Host {
  const app = Fastify();
  app.get("/hello", async () => hello);
  app.post("/echo", async (request) => request.body);
  const listen = async (): Promise<number> => {
    await app.listen({ host: "127.0.0.1", port: 0 });
    return portOf(app.server);
  };
  return { http: app.server, listen, close: async () => void (await app.close()) };
}

function expressHost(): Host {
  const app = express();
  app.use(express.json());
  app.get("/hello", (_request, response) => void response.json(hello));
  app.post("/echo", (request, response) => void response.json(request.body));
  return plain(createServer(app));
}

async function honoHost(): Promise<Host> {
  const app = new Hono();
  app.get("/hello", (context) => context.json(hello));
  app.post("/echo", async (context) => context.json(await context.req.json()));
  // It listens at once.
  const http = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0, createServer });
  if (!(http instanceof Object && "closeAllConnections" in http)) expect.fail("Hono made no HTTP/1.1 server");
  return { http, listen: () => portOf(http), close: () => closed(http) };
}

/** The table of hosts. */
export const hosts: readonly { readonly name: string; readonly start: () => Host | Promise<Host> }[] = [
  { name: "node:http", start: bareHost },
  { name: "Fastify", start: fastifyHost },
  { name: "Express", start: expressHost },
  { name: "Hono", start: honoHost },
];
