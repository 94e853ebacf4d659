// @ts-check
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { portOf } from "./port-of.mjs";
import { serve, wholeUpdate } from "./publish.mjs";

const http = createServer();
const wss = new WebSocketServer({ server: http });
wss.on("connection", (ws) => {
  ws.on("error", () => {});
  ws.on("message", (data) => {
    const { correlation_id } = JSON.parse(data.toString());
    ws.send(JSON.stringify({ type: "pong", timestamp: new Date().toISOString(), correlation_id }));
  });
});
serve(await portOf(http), (offset) => {
  const frame = wholeUpdate(offset);
  for (const ws of wss.clients) ws.send(JSON.stringify(frame));
});
