import type { Contract, ContractTypes } from "@hivewire/protocol";
import { ClientError } from "./client-error.js";
import { type ClientOptions, checkMs, resolveOptions } from "./client-options.js";
import type { Client } from "./client-types.js";
import type { Lifecycle } from "./lifecycle.js";
import { aborted } from "./pending-requests.js";
import type { Frame } from "./read-frame.js";
import { Session } from "./session.js";
import type { CreateTransport } from "./transport.js";

/** A frame under the type that the contract gives it. The server is trusted to keep the contract. */
function trusted<T>(frame: Frame): T {
  return frame as T;
}

function checkContract(contract: Contract): void {
  if (contract.discriminator === "type") return;
  const found = contract.discriminator === null ? "no property" : `"${contract.discriminator}"`;
  const sentence = `Failed to create a client for "${contract.name}": its messages are told apart by ${found}, but the wire protocol needs "type". Please name the discriminator "type" in the schema.`;
  throw new ClientError("unsupported-contract", sentence);
}

function whenReady(lifecycle: Lifecycle): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    const check = (): void => {
      const state = lifecycle.getSnapshot();
      if (state.status === "ready") resolve();
      else if (state.status === "closed") reject(state.cause);
      else return;
      stopWatching();
    };
    const stopWatching = lifecycle.subscribe(check);
    check();
  });
  // The state tells the same: who calls connect() only to start it has nothing left to handle.
  ready.catch(() => {});
  return ready;
}

/**
 * A client on some transport.
 * @throws ClientError `unsupported-contract`, `invalid-option`
 */
export function buildClient<Types extends ContractTypes>(
  contract: Contract<Types>,
  options: ClientOptions,
  createTransport: CreateTransport,
): Client<Types> {
  checkContract(contract);
  const settings = resolveOptions(options);
  const session = new Session(contract, settings, createTransport);
  const { lifecycle, dispatcher, pending, topics, faults } = session;
  return {
    state: {
      getSnapshot: () => lifecycle.getSnapshot(),
      subscribe: (listener) => lifecycle.subscribe(() => listener()),
    },
    get contractVersion() {
      const state = lifecycle.getSnapshot();
      return state.status === "ready" ? state.contractVersion : undefined;
    },
    connect: () => {
      lifecycle.dispatch({ type: "connect" });
      return whenReady(lifecycle);
    },
    close: () => {
      const sentence = "Failed to go on: close() was called. Please create a new client to connect again.";
      lifecycle.dispatch({ type: "stop", error: new ClientError("closed", sentence) });
    },
    subscribe: (topic, handler) => {
      if (!contract.topics.includes(topic)) {
        const sentence = `Failed to subscribe to "${topic}": the contract has no such topic. Please use one of ${contract.topics.join(", ")}.`;
        throw new ClientError("unknown-topic", sentence);
      }
      const remove = dispatcher.onTopic(topic, (frame) => handler(trusted(frame)));
      topics.changed();
      return () => {
        remove();
        topics.changed();
      };
    },
    on: (type, handler) => dispatcher.onType(type, (frame) => handler(trusted(frame))),
    onFrame: (handler) => dispatcher.onEvery((frame) => handler(trusted(frame))),
    onFault: (listener) => faults.add(listener),
    request: async (type, fields, { timeoutMs = settings.requestTimeoutMs, signal } = {}) => {
      checkMs("timeoutMs", timeoutMs, 1);
      if (signal?.aborted) throw aborted(type, signal);
      const id = settings.environment.uuid();
      const replies = contract.messages[type]?.replies ?? [];
      const reply = pending.wait({ id, type, replies, timeoutMs, signal });
      const failure = session.send(Object.assign({}, fields, { type, correlation_id: id }));
      if (failure) pending.reject(id, failure);
      return trusted(await reply);
    },
    send: (frame) => {
      const cause = session.send(frame);
      return cause ? { status: "dropped", cause } : { status: "sent" };
    },
  };
}
