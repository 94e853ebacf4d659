import {
  type Contract,
  type ContractTypes,
  createConverterLookup,
  createMessageLookup,
  type Limits,
  resolveLimits,
} from "@hivewire/protocol";
import { Admission } from "./admission.js";
import { createAuthenticate } from "./authenticate.js";
import { createMayRead } from "./authorize.js";
import { Broadcast } from "./broadcast.js";
import { Connection } from "./connection.js";
import type { ConnectionParts } from "./connection-parts.js";
import { type Environment, realEnvironment } from "./environment.js";
import { createGreet } from "./handshake.js";
import { createHandle } from "./inbound-handle.js";
import { Pauses } from "./inbound-pauses.js";
import { silentLog } from "./log.js";
import { MemoryBus } from "./memory-bus.js";
import { Metrics } from "./metrics.js";
import type { EncodeRules } from "./outbound-encode.js";
import { createPublish } from "./publish.js";
import { readGauges } from "./read-gauges.js";
import type { Handlers, Server, ServerOptions, TopicOf } from "./server-types.js";
import type { SessionRules } from "./session-types.js";
import type { Socket, Upgrade } from "./socket.js";
import { handshakeSpan } from "./spans.js";

/** Longest time between two looks at the deadlines of all connections, in milliseconds. */
const maxSweepMs = 1_000;

function clientTypesOf({ messages }: Contract): readonly string[] {
  return Object.keys(messages).filter((type) => messages[type]?.sender === "client");
}

function sweepEvery({ heartbeatMs, pongTimeoutMs, idleMs }: Limits): number {
  return Math.min(maxSweepMs, heartbeatMs / 4, pongTimeoutMs / 4, idleMs / 4);
}

/** Puts the parts of a server together. */
export function buildServer<Types extends ContractTypes, Identity>(
  options: ServerOptions<Types, Identity>,
  initialLimits: Limits,
  handlers: Handlers<Types, Identity>,
): Server<Types> {
  const { contract, validators, authorizeTopic, credentialsExpireAt, credentialKey, tracing } = options;
  const { log = silentLog } = options;
  const environment: Environment = { ...realEnvironment, ...options.environment };
  const metrics = new Metrics();
  const bus = options.bus ?? new MemoryBus({ epoch: environment.uuid(), elapsed: environment.elapsed });
  const lookup = createMessageLookup(contract);
  const connections = new Map<string, Connection>();
  /** Called when the last connection is gone. */
  const emptied = new Set<() => void>();
  let rules: SessionRules = {
    lookup,
    limits: initialLimits,
    topics: new Set(contract.topics),
    clientTypes: clientTypesOf(contract),
    validate: validators.client,
  };
  let closing: Promise<void> | undefined;
  const currentLimits = (): Limits => rules.limits;
  const admission = new Admission(currentLimits);
  const encodeRules: EncodeRules = {
    lookup,
    newest: contract.version,
    conversions: options.converters && {
      lookup: createConverterLookup(options.converters),
      failed: (cause, version, { type, correlation_id }) => {
        metrics.add("conversion_failures_total");
        log.error({ err: cause, type, correlation_id, contract_version: version }, "a conversion failed");
      },
    },
  };
  const broadcast = new Broadcast({ rules: encodeRules, environment, metrics });
  const parts: ConnectionParts = {
    contract,
    limits: currentLimits,
    metrics,
    log,
    tracing,
    environment,
    encodeRules,
    broadcast,
    bus,
    rules: () => rules,
    validateReply: validators.server,
    pauses: new Pauses(environment, (connection) => connection.endPause()),
    gone: (connection) => {
      admission.leave(connection.visitor);
      if (connection.credential !== undefined) admission.leaveAs(connection.credential);
      connections.delete(connection.id);
      if (connections.size === 0) for (const tell of emptied) tell();
    },
    head: (topic) => bus.head(topic),
    handle: createHandle(handlers),
    authenticate: createAuthenticate(options, environment, log),
    // Identities come from `authenticate`, and topics are held against the contract first.
    credentialsEndAt: (identity) =>
      identity === undefined ? undefined : credentialsExpireAt?.(identity as Identity),
    mayRead: createMayRead(
      authorizeTopic &&
        ((identity, topic) => authorizeTopic(identity as Identity | undefined, topic as TopicOf<Types>)),
      log,
    ),
  };
  const greet = createGreet({
    ...parts,
    admission,
    needsCredentials: options.authenticate !== undefined,
    credentialKey: (identity) => (identity === undefined ? undefined : credentialKey?.(identity as Identity)),
  });

  const stopListening = bus.subscribe((frame) => broadcast.publish(frame));
  const sweep = (): void => {
    const nowMs = environment.elapsed();
    for (const connection of connections.values()) connection.tick(nowMs);
  };
  let stopSweeping = environment.repeat(sweep, sweepEvery(rules.limits));

  const publish = createPublish({
    contract,
    lookup,
    bus,
    validate: validators.server,
    stamps: environment,
    subscribers: (topic) => broadcast.size(topic),
    isClosing: () => closing !== undefined,
    tracing,
    failed: (cause) => {
      metrics.add("bus_failures_total");
      log.error({ err: cause }, "a publication failed");
    },
  });

  /** Apart from `begin`, so that nothing that lives as long as the connection holds its upgrade request. */
  function enter(socket: Socket, remoteAddress: string | undefined): Connection {
    const visitor = admission.enter(remoteAddress, environment.elapsed());
    const connection = new Connection(socket, parts, { remoteAddress, visitor });
    connections.set(connection.id, connection);
    if (closing) connection.dispatch({ type: "end", close: "restart" });
    return connection;
  }

  function begin(connection: Connection, upgrade: Upgrade): void {
    const start = (): Promise<void> => greet(connection, upgrade);
    const started = tracing ? tracing.run(handshakeSpan(connection.id, upgrade.traceparent), start) : start();
    started.catch((cause: unknown) => {
      log.error({ err: cause, connection_id: connection.id }, "a handshake failed");
      connection.refuse("internal", "internal_error");
    });
  }

  async function shutDown(graceMs: number): Promise<void> {
    stopSweeping();
    broadcast.flush();
    const reconnectAfterMs = options.reconnectSpreadMs ?? 5_000;
    const last = { type: "end", close: "restart", notice: "server_shutdown", reconnectAfterMs } as const;
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
      return rules.limits;
    },
    changeLimits: (changes) => {
      rules = { ...rules, limits: resolveLimits({ ...rules.limits, ...changes }) };
      if (!closing) {
        stopSweeping();
        stopSweeping = environment.repeat(sweep, sweepEvery(rules.limits));
      }
      return rules.limits;
    },
    connections: () => [...connections.values()].flatMap((connection) => connection.info() ?? []),
    busHealth: () => bus.health(),
    isClosing: () => closing !== undefined,
    publish,
    publishUnknown: publish,
    stats: () => {
      const gauges = readGauges(connections.values(), broadcast);
      return {
        activeConnections: gauges.connections_active,
        subscriptions: Object.fromEntries(contract.topics.map((topic) => [topic, broadcast.size(topic)])),
        counts: metrics.snapshot(),
        gauges,
        histograms: metrics.histograms(),
      };
    },
    originDenied: () => metrics.add("origin_denied_total"),
    disconnect: (connectionId, reason) => {
      const connection = connections.get(connectionId);
      connection?.dispatch({ type: "end", close: "replaced", notice: reason });
      return connection !== undefined;
    },
    admit: (remoteAddress) => {
      const refusal = admission.judge(remoteAddress, environment.elapsed());
      if (refusal) metrics.add("connections_refused_total");
      return refusal;
    },
    accept: (socket, upgrade) => {
      const connection = enter(socket, upgrade.remoteAddress);
      begin(connection, upgrade);
      return connection;
    },
    close: (graceMs = 5_000) => {
      closing ??= shutDown(graceMs);
      return closing;
    },
  };
}
