import {
  type Contract,
  type ContractTypes,
  createConverterLookup,
  createMessageLookup,
  type Limits,
  type MessageLookup,
  resolveLimits,
} from "@hivewire/protocol";
import { createAuthenticate } from "./authenticate.js";
import { createMayRead } from "./authorize.js";
import type { BusFrame } from "./bus.js";
import { Connection, type Shared } from "./connection.js";
import { type Environment, realEnvironment } from "./environment.js";
import { readHandshake } from "./handshake.js";
import { createHandle } from "./inbound-handle.js";
import { silentLog } from "./log.js";
import { MemoryBus } from "./memory-bus.js";
import { Metrics } from "./metrics.js";
import { type Conversions, encodeFrame } from "./outbound-encode.js";
import { createPublish } from "./publish.js";
import { ServerError } from "./server-error.js";
import type { Handlers, Server, ServerOptions, ServerSetup, TopicOf } from "./server-types.js";
import type { Upgrade } from "./socket.js";
import { TopicIndex } from "./topic-index.js";

/** Longest time between two looks at the deadlines of all connections, in milliseconds. */
const maxSweepMs = 1_000;

function checkContract({ name, discriminator, patterns }: Contract): void {
  if (discriminator !== "type") {
    const found = discriminator === null ? "no property" : `"${discriminator}"`;
    const sentence = `Failed to create a server for "${name}": its messages are told apart by ${found}, but the wire protocol needs "type". Please name the discriminator "type".`;
    throw new ServerError("unsupported_contract", sentence);
  }
  const byPattern = patterns.find(({ sender }) => sender === "client");
  if (!byPattern) return;
  const sentence = `Failed to create a server for "${name}": clients send "${byPattern.name}", which only a pattern recognises, and a handler needs a constant type. Please give it one.`;
  throw new ServerError("unsupported_contract", sentence);
}

/**
 * Prepares the session engine of a contract; `handle` then makes it. It opens no port: an adapter such as
 * `attachWebSockets` brings sockets.
 *
 * Two steps, because TypeScript reads a handler's answer with its literal types only where the contract's types are
 * known already.
 * @throws ServerError `unsupported_contract`; ProtocolError `invalid_limit`
 */
export function createServer<Types extends ContractTypes, Identity = undefined>(
  options: ServerOptions<Types, Identity>,
): ServerSetup<Types, Identity> {
  checkContract(options.contract);
  const limits = resolveLimits(options.limits);
  return { handle: (handlers) => buildServer(options, limits, handlers) };
}

function buildServer<Types extends ContractTypes, Identity>(
  options: ServerOptions<Types, Identity>,
  limits: Limits,
  handlers: Handlers<Types, Identity>,
): Server<Types> {
  const { contract, validators, authorizeTopic, log = silentLog } = options;
  const environment: Environment = { ...realEnvironment, ...options.environment };
  const metrics = new Metrics();
  const bus = options.bus ?? new MemoryBus(environment.uuid());
  const lookup = createMessageLookup(contract);
  const connections = new Map<string, Connection>();
  const index = new TopicIndex<Connection>();
  /** Called when the last connection is gone. */
  const emptied = new Set<() => void>();
  let closing: Promise<void> | undefined;
  const conversions: Conversions | undefined = options.converters && {
    lookup: createConverterLookup(options.converters),
    failed: (cause, version, { type, correlation_id }) => {
      metrics.add("conversion_failures_total");
      log.error({ err: cause, type, correlation_id, contract_version: version }, "a conversion failed");
    },
  };
  const authenticate = createAuthenticate(options, environment, log);

  const shared: Shared = {
    contract,
    limits,
    metrics,
    log,
    environment,
    rules: {
      lookup,
      topics: new Set(contract.topics),
      clientTypes: Object.keys(contract.messages).filter(
        (type) => contract.messages[type]?.sender === "client",
      ),
      validate: validators.client,
    },
    validateReply: validators.server,
    conversions,
    handle: createHandle(handlers),
    authenticate,
    // Identities come from `authenticate`, and topics are held against the contract first.
    mayRead: createMayRead(
      authorizeTopic &&
        ((identity, topic) => authorizeTopic(identity as Identity | undefined, topic as TopicOf<Types>)),
      log,
    ),
    topicsChanged: (connection, topics) => index.set(connection, topics),
  };

  const stopListening = bus.subscribe((published) => deliver(published, index, lookup, conversions));
  const sweepMs = Math.min(maxSweepMs, limits.heartbeatMs / 4, limits.pongTimeoutMs / 4, limits.idleMs / 4);
  const stopSweeping = environment.repeat(() => {
    const nowMs = environment.elapsed();
    for (const connection of connections.values()) connection.dispatch({ type: "tick", nowMs });
  }, sweepMs);

  async function greet(connection: Connection, upgrade: Upgrade): Promise<void> {
    const { negotiation, topics, accessToken } = readHandshake(
      upgrade.query,
      upgrade.authorization,
      contract.supportedVersions,
    );
    if (options.authenticate) {
      const accepted = await authenticate(accessToken);
      if (!accepted) {
        metrics.add("auth_denied_total");
        connection.refuse("unauthorized", "unauthorized");
        return;
      }
      connection.identity = accepted.identity;
    }
    if (negotiation.agreed) {
      connection.open(negotiation.version, negotiation.answer, topics ?? upgrade.defaultTopics);
    } else {
      const about = `this server speaks ${negotiation.supported.join(", ")}`;
      const detail = { about, supportedVersions: negotiation.supported };
      connection.refuse("unsupported_contract_version", "version_mismatch", detail);
    }
  }

  const publish = createPublish({
    contract,
    lookup,
    bus,
    validate: validators.server,
    stamps: environment,
    subscribers: (topic) => index.size(topic),
    isClosing: () => closing !== undefined,
  });

  async function shutDown(graceMs: number): Promise<void> {
    stopSweeping();
    const reconnectAfterMs = options.reconnectSpreadMs ?? 5_000;
    const last = { type: "end", close: "going_away", notice: "server_shutdown", reconnectAfterMs } as const;
    for (const connection of connections.values()) connection.dispatch(last);
    const callOff = environment.schedule(() => {
      for (const connection of connections.values()) connection.terminate();
    }, graceMs);
    if (connections.size > 0) await new Promise<void>((resolve) => emptied.add(resolve));
    callOff();
    stopListening();
  }

  return {
    contract,
    get limits() {
      return shared.limits;
    },
    changeLimits: (changes) => {
      shared.limits = resolveLimits({ ...shared.limits, ...changes });
      return shared.limits;
    },
    connections: () => [...connections.values()].flatMap((connection) => connection.info() ?? []),
    busHealth: () => ({ status: "healthy", kind: "memory" }),
    isClosing: () => closing !== undefined,
    publish,
    publishUnknown: publish,
    stats: () => ({
      activeConnections: connections.size,
      subscriptions: Object.fromEntries(contract.topics.map((topic) => [topic, index.size(topic)])),
      counts: metrics.snapshot(),
      gauges: {
        connections_active: connections.size,
        connections_paused: 0,
        last_broadcast_fanout: 0,
        send_queue_bytes: 0,
        flush_window_seconds: 0,
      },
      histograms: metrics.histograms(),
    }),
    originDenied: () => metrics.add("origin_denied_total"),
    disconnect: (connectionId, reason) => {
      const connection = connections.get(connectionId);
      connection?.dispatch({ type: "end", close: "replaced", notice: reason });
      return connection !== undefined;
    },
    accept: (socket, upgrade) => {
      const connection = new Connection(socket, shared);
      connections.set(connection.id, connection);
      if (closing) connection.dispatch({ type: "end", close: "going_away" });
      greet(connection, upgrade).catch((cause) => {
        log.error({ err: cause, connection_id: connection.id }, "a handshake failed");
        connection.refuse("internal", "internal_error");
      });
      return {
        message: (text, bytes) =>
          connection.dispatch({ type: "frame", text, bytes, nowMs: environment.elapsed() }),
        pong: () => connection.dispatch({ type: "pong" }),
        closed: (code) => {
          connection.dispatch({ type: "gone" });
          index.set(connection, []);
          connections.delete(connection.id);
          log.info({ connection_id: connection.id, code }, "connection closed");
          if (connections.size === 0) for (const tell of emptied) tell();
        },
      };
    },
    close: (graceMs = 5_000) => {
      closing ??= shutDown(graceMs);
      return closing;
    },
  };
}

function deliver(
  { topic, frame, position }: BusFrame,
  index: TopicIndex<Connection>,
  lookup: MessageLookup,
  conversions: Conversions | undefined,
): void {
  const encoded = encodeFrame({ ...frame, position }, lookup(frame.type), conversions);
  for (const connection of [...index.of(topic)]) connection.deliver(encoded);
}
