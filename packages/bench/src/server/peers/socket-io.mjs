// @ts-check
import { createServer } from "node:http";
import { Server } from "socket.io";
import { portOf } from "./port-of.mjs";
import { serve, wholeUpdate } from "./publish.mjs";

const http = createServer((_, response) => response.writeHead(404).end());
const io = new Server(http);
io.on("connection", (socket) => {
  socket.join("tasks");
  socket.on("ping", ({ correlation_id }) => {
    socket.emit("pong", { type: "pong", timestamp: new Date().toISOString(), correlation_id });
  });
});
serve(await portOf(http), (offset) => {
  io.to("tasks").emit("update", wholeUpdate(offset));
});
