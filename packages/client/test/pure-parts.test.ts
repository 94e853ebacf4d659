import { closeCodes } from "@hivewire/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientError } from "../src/client-error.js";
import { judgeClose } from "../src/close-verdict.js";
import { realEnvironment } from "../src/environment.js";
import { handshakeUrl } from "../src/handshake-url.js";
import { readFrame } from "../src/read-frame.js";
import { socketFactory } from "../src/socket-source.js";
import type { WebSocketSource } from "../src/transport.js";
import { FakeSocket } from "./support/fake-socket.js";

describe("handshakeUrl", () => {
  const versions = ["2.1.0", "2.0.0"];
  const rows: readonly [
    title: string,
    base: string,
    topics: string[],
    token: string | undefined,
    want: string,
  ][] = [
    [
      "offers versions and topics",
      "ws://h/ws",
      ["a", "b"],
      undefined,
      "ws://h/ws?contract_versions=2.1.0%2C2.0.0&subscriptions=a%2Cb",
    ],
    [
      "says that no topic is wanted, so that the server takes no defaults",
      "ws://h/ws",
      [],
      undefined,
      "ws://h/ws?contract_versions=2.1.0%2C2.0.0&subscriptions=",
    ],
    [
      "escapes the token and keeps other parameters",
      "wss://h/ws?tenant=7",
      [],
      "a&b=c",
      "wss://h/ws?tenant=7&contract_versions=2.1.0%2C2.0.0&subscriptions=&access_token=a%26b%3Dc",
    ],
    [
      "replaces parameters of the same name",
      "ws://h/ws?subscriptions=x&access_token=old",
      ["a"],
      "new",
      "ws://h/ws?subscriptions=a&access_token=new&contract_versions=2.1.0%2C2.0.0",
    ],
    [
      "turns https into wss and drops the fragment",
      "https://h/ws#part",
      [],
      "",
      "wss://h/ws?contract_versions=2.1.0%2C2.0.0&subscriptions=",
    ],
  ];
  it.each(rows)("%s", (_title, base, subscriptions, accessToken, want) => {
    expect(handshakeUrl(base, { contractVersions: versions, subscriptions, accessToken })).toBe(want);
  });

  it("refuses what is no URL without showing the query", () => {
    const handshake = { contractVersions: versions, subscriptions: [], accessToken: "secret" };
    expect(() => handshakeUrl("nowhere?access_token=secret", handshake)).toThrow(
      '[invalid-url] Failed to connect: "nowhere" is no URL.',
    );
  });
});

describe("readFrame", () => {
  const rows: readonly [title: string, data: unknown][] = [
    ["text that is no JSON", "{"],
    ["an empty text", ""],
    ["an array", "[]"],
    ["null", "null"],
    ["an object without a type", '{"a":1}'],
    ["a type that is no text", '{"type":1}'],
    ["a binary frame", new ArrayBuffer(2)],
  ];
  it.each(rows)("takes %s for a fault", (_title, data) => {
    const fault = readFrame(data);
    expect(fault).toBeInstanceOf(ClientError);
    expect(fault).toMatchObject({ code: "malformed-frame" });
  });

  it("never throws, whatever arrives", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (data) => {
        const frame = readFrame(data);
        expect(frame instanceof ClientError || typeof frame.type === "string").toBe(true);
      }),
    );
  });

  it("keeps a hostile property to the frame itself", () => {
    readFrame('{"type":"x","__proto__":{"polluted":true}}');
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("judgeClose", () => {
  it.each(closeCodes)("follows the protocol's rule $reconnect for $code", ({ code, reconnect }) => {
    const want = { never: "stop", backoff: "retry", resume: "retry", refresh_token: "refresh" }[reconnect];
    expect(judgeClose(code, "", undefined, true)).toMatchObject({ next: want, error: { closeCode: code } });
  });

  it("quotes the server's reason", () => {
    expect(judgeClose(4409, "signed in elsewhere", undefined, true).error.message).toContain(
      "signed in elsewhere",
    );
  });
});

describe("socketFactory", () => {
  class UrlSocket extends FakeSocket {
    readonly url: string;
    constructor(url: string) {
      super();
      this.url = url;
    }
  }
  function makeSocket(url: string): UrlSocket {
    return new UrlSocket(url);
  }
  const rows: readonly [kind: string, source: WebSocketSource][] = [
    ["a class", UrlSocket],
    ["an arrow function", (url) => new UrlSocket(url)],
    ["a function", makeSocket],
  ];
  it.each(rows)("makes sockets with %s", (_kind, source) => {
    const socket = socketFactory(source)("ws://chat.test/");
    expect(socket).toBeInstanceOf(UrlSocket);
    expect(socket).toMatchObject({ url: "ws://chat.test/" });
  });
});

describe("realEnvironment", () => {
  it("makes identifiers that differ and that a server takes", () => {
    const ids = Array.from({ length: 1_000 }, () => realEnvironment.uuid());
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-z]{8,40}$/);
  });
});

describe("ClientError", () => {
  it("keeps its own kind and wraps any other with the cause", () => {
    const own = new ClientError("closed", "Failed for the test.");
    expect(ClientError.from(own, "invalid-url", "")).toBe(own);
    const foreign = new TypeError("no");
    const wrapped = ClientError.from(foreign, "invalid-url", "Failed for the test.");
    expect(wrapped.message).toBe("[invalid-url] Failed for the test.");
    expect(wrapped.cause).toBe(foreign);
  });
});
