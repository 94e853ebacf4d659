import type { Contract, ContractTypes } from "@hivewire/protocol";
import { checkNumber } from "./check-options.js";
import { ClientError, failure } from "./client-error.js";
import { type ClientOptions, resolveOptions } from "./client-options.js";
import type { Client } from "./client-types.js";
import type { ConnectionState } from "./connection-state.js";
import type { CreateOutbox, Delivery } from "./outbox-types.js";
import { post, request } from "./post.js";
import { createSession } from "./session.js";
import type { CreateTransport } from "./transport.js";

/** A frame, or a name, under the type that the contract gives it. The server is trusted to keep the contract. */
function trusted<T>(value: unknown): T {
  return value as T;
}

/**
 * A client on some transport.
 * @throws ClientError `unsupported-contract`, `invalid-option`
 */
export function buildClient<Types extends ContractTypes>(
  contract: Contract<Types>,
  options: ClientOptions,
  createTransport: CreateTransport,
  outbox: CreateOutbox,
): Client<Types> {
  const { name, discriminator, topics } = contract;
  if (discriminator !== "type") {
    const why = `its messages are told apart by ${discriminator}`;
    throw failure(
      "unsupported-contract",
      `create a client for "${name}"`,
      why,
      'name the discriminator "type"',
    );
  }
  const settings = resolveOptions(options, outbox);
  const session = createSession(contract, settings, createTransport);
  const { listeners, lifecycle, start, topicsChanged } = session;
  const getSnapshot = (): ConnectionState => lifecycle.machine().state;
  const { add } = listeners;
  return {
    state: { getSnapshot, subscribe: (listener) => add("state", () => listener()) },
    get contractVersion() {
      const state = getSnapshot();
      return state.status === "ready" ? state.contractVersion : undefined;
    },
    connect: () => {
      start("connect");
      const ready = new Promise<void>((resolve, reject) => {
        const check = (): void => {
          const state = getSnapshot();
          if (state.status === "ready") resolve();
          else if (state.status === "closed") reject(state.cause);
          else return;
          stopWatching();
        };
        const stopWatching = add("state", check);
        check();
      });
      // The state tells the same: who calls connect() only to start it has nothing left to handle.
      ready.catch(() => {});
      return ready;
    },
    reconnectNow: () => start("reconnect"),
    close: () =>
      lifecycle.dispatch("stop", failure("closed", "go on", "close() was called", "create a new client")),
    subscribe: (topic, handler) => {
      if (!topics.includes(topic)) {
        const why = "the contract has no such topic";
        throw failure("unknown-topic", `subscribe to "${topic}"`, why, `use one of ${topics.join(", ")}`);
      }
      const remove = add(`topic ${topic}`, (frame) => handler(trusted(frame)));
      topicsChanged();
      return () => {
        remove();
        topicsChanged();
      };
    },
    on: (type, handler) => add(`type ${type}`, (frame) => handler(trusted(frame))),
    onFrame: (handler) => add("frame", (frame) => handler(trusted(frame))),
    onGap: (listener) => add("gap", (gap) => listener(trusted(gap))),
    onFault: (listener) => add("fault", listener),
    onHeartbeat: (listener) => add("heartbeat", listener),
    request: async (type, fields, options = {}) => {
      const { timeoutMs = settings.times.requestTimeoutMs } = options;
      checkNumber("timeoutMs", timeoutMs, 1);
      const id = settings.environment.uuid();
      const frame = { ...trusted<object>(fields), type, correlation_id: id };
      const replies = contract.messages[type]?.replies ?? [];
      const { schedule } = settings.environment;
      return trusted(await request(session, frame, replies, id, timeoutMs, options, schedule));
    },
    send: (frame, options = {}) => {
      let settle = (_delivery: Delivery): void => {};
      const delivery = new Promise<Delivery>((resolve) => {
        settle = resolve;
      });
      const posted = post(session, trusted(frame), options, settle);
      return posted instanceof ClientError
        ? { status: "dropped", cause: posted }
        : { status: posted.status, delivery };
    },
  };
}
