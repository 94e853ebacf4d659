import { sharingVersion } from "./sharing-name.js";

/** What happens on the connection that tabs share, as one of them is told. */
export type HubEvent =
  | { readonly kind: "open" }
  /** A frame, as the server sent it. */
  | { readonly kind: "frame"; readonly text: string }
  /** It is over. `chance`, from 0 to 1, spreads the next attempt of all tabs alike. */
  | { readonly kind: "close"; readonly code: number; readonly reason: string; readonly chance: number };

/** What a tab posts. */
export type TabMessage =
  /** A tab leads from now on: who wants to share says hello. */
  | { readonly kind: "leader"; readonly from: string }
  /** A tab wants to share, and these topics. */
  | { readonly kind: "hello"; readonly from: string; readonly topics: readonly string[] }
  /** A tab wants no more. */
  | { readonly kind: "bye"; readonly from: string }
  /** A frame for the server. */
  | { readonly kind: "send"; readonly from: string; readonly to: readonly string[]; readonly text: string }
  /** The leader takes the tab in, or has no room. */
  | { readonly kind: "welcome" | "full"; readonly from: string; readonly to: readonly string[] }
  | (HubEvent & { readonly from: string; readonly to: readonly string[] });

/** Most tabs that share one connection; more have their own. */
export const maxTabs = 100;

/** Most characters of a frame between tabs. */
export const maxText = 2 ** 24;

const maxName = 64;
const maxTopics = 1_000;
const maxReason = 123;

type Check = (value: unknown) => boolean;

const isShort: Check = (value) => typeof value === "string" && value.length <= maxName;
const isList =
  (max: number, maxLength: number): Check =>
  (value) =>
    Array.isArray(value) &&
    value.length <= max &&
    value.every((entry) => typeof entry === "string" && entry.length <= maxLength);
const isTabs = isList(maxTabs, maxName);
const isText: Check = (value) => typeof value === "string" && value.length <= maxText;

/** What each kind carries beside `from`. */
const shapes: { readonly [K in TabMessage["kind"]]: Readonly<Record<string, Check>> } = {
  leader: {},
  hello: { topics: isList(maxTopics, 256) },
  bye: {},
  send: { to: isTabs, text: isText },
  welcome: { to: isTabs },
  full: { to: isTabs },
  open: { to: isTabs },
  frame: { to: isTabs, text: isText },
  close: {
    to: isTabs,
    code: (value) => Number.isInteger(value) && Number(value) >= 1000 && Number(value) < 5000,
    reason: (value) => typeof value === "string" && value.length <= maxReason,
    chance: (value) => typeof value === "number" && value >= 0 && value <= 1,
  },
};

/** A message as it is posted. */
export function writeTabMessage(message: TabMessage): object {
  return { v: sharingVersion, ...message };
}

/** Reads what came over the channel; undefined for what is no message of this version, or out of bounds. */
export function readTabMessage(data: unknown): TabMessage | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(data));
  const kind = String(fields.get("kind"));
  if (fields.get("v") !== sharingVersion || !isShort(fields.get("from")) || !Object.hasOwn(shapes, kind)) {
    return undefined;
  }
  const shape = shapes[kind as TabMessage["kind"]];
  const fits = Object.entries(shape).every(([name, check]) => check(fields.get(name)));
  // Every field of its kind was looked at.
  return fits ? (data as TabMessage) : undefined;
}
