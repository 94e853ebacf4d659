// @vitest-environment happy-dom
import { type Client, ClientError, type ConnectionState } from "@hivewire/client";
import {
  ClientProvider,
  useClient,
  useConnection,
  useContextClient,
  useGap,
  useRequest,
  useTopic,
} from "@hivewire/client/react";
import { createElement, type ReactNode, StrictMode, useState } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ChatTypes, chat } from "./support/chat.js";
import { ReactBench } from "./support/react-bench.js";

const message = (text: string, offset = 0) => ({
  type: "room_message",
  subscription: "rooms",
  data: { room: "r", text },
  ...(offset > 0 && { position: { epoch: "e", offset } }),
});

let bench: ReactBench;
let refetch = (): void => {};

function App(): string {
  const client = useClient(() => bench.create());
  return useConnection(client).state.status;
}

function Status({ client }: { readonly client: Client<ChatTypes> }): string {
  const { state, retryInSeconds } = useConnection(client);
  return retryInSeconds === undefined ? state.status : `reconnecting in ${retryInSeconds} s`;
}

function Latest({
  client,
  topic = "rooms",
}: {
  client: Client<ChatTypes>;
  topic?: "rooms" | "people";
}): string {
  const frame = useTopic(client, topic);
  return frame?.type === "room_message" ? frame.data.text : "nothing";
}

function All({ client }: { readonly client: Client<ChatTypes> }): string {
  return useTopic(
    client,
    "rooms",
    (texts: readonly string[], frame) =>
      frame.type === "room_message" ? [...texts, frame.data.text] : texts,
    [],
  ).join();
}

function Fragile({ client }: { readonly client: Client<ChatTypes> }): string {
  return useTopic(
    client,
    "rooms",
    (count, frame) => {
      if (frame.type === "room_message" && frame.data.text === "bad") throw new Error("bad");
      return count + 1;
    },
    0,
  ).toString();
}

function Watch({
  client,
  onGap,
}: {
  readonly client: Client<ChatTypes>;
  readonly onGap: (offset: number | undefined) => void;
}): ReactNode {
  useGap(client, "rooms", (gap) => onGap(gap.to?.offset));
  return createElement(All, { client });
}

function History({
  client,
  room = "r",
  enabled,
}: {
  client: Client<ChatTypes>;
  room?: string;
  enabled?: boolean;
}): string {
  const reply = useRequest(client, "get_history", { room }, { enabled });
  refetch = reply.refetch;
  const { status, data, error } = reply;
  const text = data?.type === "history" ? data.messages.join() : (data?.type ?? "-");
  return `${status} ${text}${error ? ` ${error.code}` : ""}`;
}

function Inner(): string {
  return useConnection(useContextClient(chat)).state.status;
}

function Page(): string {
  const client = useClient(() => bench.create());
  const { state, retryInSeconds } = useConnection(client);
  const latest = useTopic(client, "rooms");
  const count = useTopic(client, "rooms", (n) => n + 1, 0);
  const { status } = useRequest(client, "get_history", { room: "r" });
  const [own] = useState("own");
  return [state.status, retryInSeconds, latest, count, status, own].map(String).join(" ");
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  bench = new ReactBench();
});
afterEach(async () => {
  vi.useRealTimers();
  await bench.unmount();
  for (const client of bench.clients) client.close();
  vi.unstubAllGlobals();
});

const openSockets = (): number =>
  bench.sockets.filter(({ readyState, closeCalls }) => readyState < 2 && closeCalls.length === 0).length;

describe("useClient", () => {
  it("keeps one socket under StrictMode", async () => {
    await bench.render(createElement(App));
    expect(bench.sockets).toHaveLength(1);
    await bench.do(() => bench.socket.greet());
    expect(bench.text).toBe("ready");
  });

  it("closes it after the unmount", async () => {
    await bench.render(createElement(App));
    await bench.do(() => bench.socket.greet());
    await bench.unmount();
    expect(openSockets()).toBe(0);
    expect(bench.clients.map(({ state }) => state.getSnapshot().status).sort()).toEqual(["closed", "idle"]);
  });

  it("does not connect again when the component renders again", async () => {
    await bench.render(createElement(App));
    await bench.render(createElement(App));
    expect(bench.sockets).toHaveLength(1);
  });

  it("begins anew under another key, and never has two sockets for long", async () => {
    await bench.render(createElement(App, { key: "a" }));
    await bench.render(createElement(App, { key: "b" }));
    expect(bench.sockets).toHaveLength(2);
    expect(openSockets()).toBe(1);
  });
});

describe("useConnection", () => {
  it("counts down to the next attempt", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
    const client = bench.create();
    await bench.render(createElement(Status, { client }));
    expect(bench.text).toBe("idle");
    await bench.do(() => {
      client.connect();
    });
    expect(bench.text).toBe("connecting");
    await bench.do(() => bench.socket.greet());
    vi.useFakeTimers({ now: 1_000_000 });
    const { act } = await import("react");
    await act(async () => bench.socket.end(1012));
    expect(bench.text).toBe("reconnecting in 5 s");
    await act(async () => vi.advanceTimersByTime(1_000));
    expect(bench.text).toBe("reconnecting in 4 s");
    await act(async () => vi.advanceTimersByTime(3_500));
    expect(bench.text).toBe("reconnecting in 1 s");
    await act(async () => vi.advanceTimersByTimeAsync(500));
    expect(bench.text).toBe("connecting");
  });
});

describe("useTopic", () => {
  const ready = async (): Promise<Client<ChatTypes>> => {
    const client = bench.create();
    await bench.do(() => {
      client.connect();
    });
    await bench.do(() => bench.socket.greet());
    return client;
  };

  it("shows the latest frame, and subscribes once under StrictMode", async () => {
    const client = await ready();
    await bench.render(createElement(Latest, { client }));
    expect(bench.text).toBe("nothing");
    await bench.do(() => bench.socket.say(message("one")));
    await bench.do(() => bench.socket.say(message("two")));
    expect(bench.text).toBe("two");
    expect(bench.socket.got("subscribe")).toHaveLength(1);
    await bench.unmount();
    expect(bench.socket.got("unsubscribe")).toHaveLength(1);
  });

  it("takes every frame once, also those between two renders", async () => {
    const client = await ready();
    await bench.render(createElement(All, { client }));
    await bench.do(() => {
      for (const text of ["a", "b", "c"]) bench.socket.say(message(text));
    });
    expect(bench.text).toBe("a,b,c");
  });

  it("begins anew with another topic", async () => {
    const client = await ready();
    await bench.render(createElement(Latest, { client }));
    await bench.do(() => bench.socket.say(message("one")));
    await bench.render(createElement(Latest, { client, topic: "people" }));
    expect(bench.text).toBe("nothing");
    expect(bench.socket.got("unsubscribe")).toMatchObject([{ subscriptions: ["rooms"] }]);
    expect(bench.socket.got("subscribe").at(-1)).toMatchObject({ subscriptions: ["people"] });
  });

  it("survives a reduce that throws", async () => {
    const client = await ready();
    const faults: string[] = [];
    client.onFault(({ code }) => faults.push(code));
    await bench.render(createElement(Fragile, { client }));
    await bench.do(() => {
      for (const text of ["a", "bad", "b"]) bench.socket.say(message(text));
    });
    expect(bench.text).toBe("2");
    expect(faults).toEqual(["handler-failed"]);
  });

  it("lets useGap tell of missing frames of its own topic", async () => {
    const client = await ready();
    const gaps: unknown[] = [];
    client.subscribe("people", () => {});
    await bench.render(createElement(Watch, { client, onGap: (offset) => gaps.push(offset) }));
    await bench.do(() => {
      bench.socket.say({
        type: "subscription_updated",
        subscriptions: ["people", "rooms"],
        positions: { rooms: { epoch: "e", offset: 0 }, people: { epoch: "e", offset: 0 } },
      });
      bench.socket.say(message("a", 1));
      bench.socket.say(message("b", 5));
      bench.socket.say({ type: "presence_update", position: { epoch: "e", offset: 9 } });
    });
    expect(gaps).toEqual([5]);
  });
});

describe("useRequest", () => {
  const answer = (messages: readonly string[]): void => {
    const { correlation_id } = bench.socket.got("get_history").at(-1) ?? {};
    bench.socket.say({ type: "history", messages, correlation_id });
  };
  const ready = async (props: { readonly enabled?: boolean } = {}): Promise<Client<ChatTypes>> => {
    const client = bench.create();
    await bench.render(createElement(History, { client, ...props }));
    await bench.do(() => {
      client.connect();
    });
    await bench.do(() => bench.socket.greet());
    return client;
  };

  it("asks once when the client is ready, also under StrictMode, and shows the reply", async () => {
    await ready();
    expect(bench.text).toBe("pending -");
    expect(bench.socket.got("get_history")).toHaveLength(1);
    await bench.do(() => answer(["one"]));
    expect(bench.text).toBe("done one");
  });

  it("asks once when it is mounted under StrictMode while the client is ready", async () => {
    const client = bench.create();
    await bench.do(() => {
      client.connect();
    });
    await bench.do(() => bench.socket.greet());
    await bench.render(createElement(History, { client }));
    expect(bench.socket.got("get_history")).toHaveLength(1);
  });

  it("asks anew for other fields, without the old reply, and not for equal ones", async () => {
    const client = await ready();
    await bench.do(() => answer(["one"]));
    await bench.render(createElement(History, { client }));
    expect(bench.socket.got("get_history")).toHaveLength(1);
    await bench.render(createElement(History, { client, room: "s" }));
    expect(bench.text).toBe("pending -");
    expect(bench.socket.got("get_history").at(-1)).toMatchObject({ room: "s" });
  });

  it("keeps the reply while it is fetched again, and ignores the one before", async () => {
    await ready();
    await bench.do(() => answer(["one"]));
    await bench.do(() => refetch());
    expect(bench.text).toBe("pending one");
    const [, late] = bench.socket.got("get_history");
    await bench.do(() => refetch());
    await bench.do(() =>
      bench.socket.say({ type: "history", messages: ["late"], correlation_id: late?.correlation_id }),
    );
    expect(bench.text).toBe("pending one");
    await bench.do(() => answer(["three"]));
    expect(bench.text).toBe("done three");
  });

  it("fails with the typed cause, and asks again only when told", async () => {
    await ready();
    await bench.do(() => bench.socket.end(1012));
    expect(bench.text).toBe("failed - connection-lost");
    expect(bench.socket.got("get_history")).toHaveLength(1);
  });

  it("fails when the client is closed for good", async () => {
    const client = bench.create();
    await bench.render(createElement(History, { client }));
    await bench.do(() => client.close());
    expect(bench.text).toBe("failed - closed");
  });

  it("aborts with the unmount", async () => {
    const client = await ready();
    const request = vi.spyOn(client, "request");
    await bench.do(() => refetch());
    const { signal } = request.mock.calls[0]?.[2] ?? {};
    expect(signal?.aborted).toBe(false);
    await bench.unmount();
    expect(signal?.aborted).toBe(true);
  });

  it("asks nothing while it is off", async () => {
    await ready({ enabled: false });
    expect(bench.text).toBe("off -");
    expect(bench.socket.got("get_history")).toEqual([]);
  });
});

describe("ClientProvider", () => {
  it("gives its client to the tree below, and owns one socket", async () => {
    const create = (): Client<ChatTypes> => bench.create();
    await bench.render(
      createElement(ClientProvider<ChatTypes>, { contract: chat, create }, createElement(Inner)),
    );
    await bench.do(() => bench.socket.greet());
    expect(bench.text).toBe("ready");
    expect(bench.sockets).toHaveLength(1);
  });

  it("is asked for by contract: another one's client is never handed out", () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const other = { ...chat, name: "other" };
    const tree = createElement(
      ClientProvider<ChatTypes>,
      { contract: other, create: () => bench.create() },
      createElement(Inner),
    );
    expect(() => renderToString(tree)).toThrow(
      expect.objectContaining({
        code: "no-provider",
        message: expect.stringContaining("Please put one around"),
      }),
    );
    vi.restoreAllMocks();
  });
});

describe("on a server", () => {
  it("renders the first state of everything and opens nothing", () => {
    expect(renderToString(createElement(StrictMode, null, createElement(Page)))).toBe(
      "idle undefined undefined 0 pending own",
    );
    expect(bench.sockets).toEqual([]);
    const states = bench.clients.map(({ state }): ConnectionState => state.getSnapshot());
    expect(states.every(({ status }) => status === "idle")).toBe(true);
    expect(ClientError).toBeDefined();
  });
});
