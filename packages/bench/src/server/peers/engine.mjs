// @ts-check
import { createServer as createHttpServer } from "node:http";
import { contract } from "@hivewire/contract";
import { validators } from "@hivewire/contract/validators";
import { attachWebSockets, createServer } from "@hivewire/server";
import { portOf } from "./port-of.mjs";
import { serve, taskUpdate } from "./publish.mjs";

/** Deviations from the table of limits, as JSON. */
const limits = JSON.parse(process.env.BENCH_LIMITS ?? "{}");

const server = createServer({ contract, validators, limits }).handle({
  request_data: ({ data_type }) => ({ type: "data_error", data_type, error: "nothing here" }),
});
const http = createHttpServer();
attachWebSockets(server, http, { routes: [{ path: "/ws", topics: ["tasks"] }] });
serve(await portOf(http), () => {
  server.publish("tasks", taskUpdate()).catch((cause) => {
    process.stderr.write(`${cause}\n`);
    process.exit(1);
  });
});
