import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { browserPage } from "../src/page-events.js";

let target = new EventTarget();
const page = { visibilityState: "visible" };
const network = { onLine: true };
const added: string[] = [];

beforeEach(() => {
  target = new EventTarget();
  page.visibilityState = "visible";
  network.onLine = true;
  added.length = 0;
  vi.stubGlobal("document", page);
  vi.stubGlobal("navigator", network);
  vi.stubGlobal("addEventListener", (type: string, hear: () => void, isCapture: boolean) => {
    added.push(type);
    target.addEventListener(type, hear, isCapture);
  });
  vi.stubGlobal("removeEventListener", (type: string, hear: () => void, isCapture: boolean) => {
    added.splice(added.indexOf(type), 1);
    target.removeEventListener(type, hear, isCapture);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** What happens to a page, and what it says then. */
const stories: readonly [
  title: string,
  events: readonly string[],
  woke: boolean,
  blocked: string | undefined,
][] = [
  ["is frozen when it goes into the back/forward cache", ["pagehide", "hide"], false, "frozen"],
  ["is back when it returns from there", ["pagehide", "hide", "show", "pageshow"], true, undefined],
  ["is frozen by the browser", ["hide", "freeze"], false, "frozen"],
  ["thaws in the background", ["hide", "freeze", "resume"], false, "hidden"],
  ["thaws and comes to the front", ["hide", "freeze", "resume", "show"], true, undefined],
  ["is hidden", ["hide"], false, "hidden"],
  ["is shown again", ["hide", "show"], true, undefined],
  ["is cut off", ["offline"], false, "offline"],
  ["is online again", ["offline", "online"], true, undefined],
  ["is online again in the background", ["offline", "hide", "online"], false, "hidden"],
];

describe("browserPage", () => {
  it.each(stories)("%s", (_title, events, wantWoke, wantBlocked) => {
    const { blocked, watch } = browserPage();
    let last: boolean | undefined;
    const stop = watch((woke) => {
      last = woke;
    });
    for (const event of events) {
      if (event === "hide") page.visibilityState = "hidden";
      if (event === "show") page.visibilityState = "visible";
      if (event === "offline") network.onLine = false;
      if (event === "online") network.onLine = true;
      const type = event === "hide" || event === "show" ? "visibilitychange" : event;
      target.dispatchEvent(new Event(type));
    }
    expect(last).toBe(wantWoke);
    expect(blocked()).toBe(wantBlocked);
    stop();
    expect(added).toEqual([]);
  });

  it("has nothing to say where there is no page", () => {
    vi.unstubAllGlobals();
    const { blocked, watch } = browserPage();
    expect(blocked()).toBeUndefined();
    watch(() => {})();
  });
});
