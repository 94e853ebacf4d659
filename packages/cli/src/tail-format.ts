import type { ConnectionState } from "@hivewire/client";
import type { Colors } from "./io.js";

/** Longest part of a frame that is shown on a line, in characters; `--json` shows all of it. */
const maxShownLength = 160;

/** Control characters, which could move a terminal's cursor or change its colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g;

function safe(text: string): string {
  return text.replace(controlCharacters, "\u00b7");
}

function shortened(text: string): string {
  return text.length <= maxShownLength ? text : `${text.slice(0, maxShownLength)}…`;
}

/** `10:15:30.250` in UTC, from milliseconds since the Unix epoch. */
export function clockText(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(11, 23);
}

/** One frame on one line: time, type, topic, and what the type's own fields say. */
export function frameLine(frame: Readonly<Record<string, unknown>>, nowMs: number, colors: Colors): string {
  const {
    type,
    subscription,
    timestamp: _timestamp,
    correlation_id: _correlationId,
    position: _position,
    ...rest
  } = frame;
  const fields = "data" in rest && Object.keys(rest).length === 1 ? rest.data : rest;
  const name = safe(typeof type === "string" ? type : "?");
  const topic = typeof subscription === "string" ? ` ${colors.dim(safe(subscription))}` : "";
  const paint = name === "error" || name === "data_error" ? colors.red : colors.cyan;
  const text = shortened(safe(JSON.stringify(fields) ?? ""));
  return `${colors.dim(clockText(nowMs))} ${paint(name)}${topic} ${text}`;
}

/** The state of the connection on one line, for a person who waits. */
export function stateLine(state: ConnectionState, url: URL, nowMs: number): string {
  const time = clockText(nowMs);
  switch (state.status) {
    case "idle":
      return `${time} idle`;
    case "connecting":
      return `${time} connecting to ${url.host}${url.pathname}${state.attempt === 0 ? "" : `, attempt ${state.attempt}`}`;
    case "negotiating":
      return `${time} connected, waiting for the handshake`;
    case "ready":
      return `${time} ready: connection ${safe(state.connectionId)}, contract ${safe(state.contractVersion)}`;
    case "waiting":
      return `${time} ${safe(state.cause.message)} Attempt ${state.attempt} in ${((state.untilMs - nowMs) / 1000).toFixed(1)} s.`;
    case "suspended":
      return `${time} suspended: ${state.reason}`;
    case "closed":
      return `${time} ${state.cause.code === "closed" ? "closed" : `stopped: ${safe(state.cause.message)}`}`;
  }
}
