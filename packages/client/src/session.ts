import { type Contract, createMessageLookup } from "@hivewire/protocol";
import { ClientError, failure, type ServerFault } from "./client-error.js";
import type { Settings } from "./client-options.js";
import { ask, createCredentials } from "./credentials.js";
import { handshakeUrl } from "./handshake-url.js";
import { createLifecycle, type Lifecycle } from "./lifecycle.js";
import { createListeners, type Listeners } from "./listeners.js";
import type { Effect } from "./machine.js";
import type { Outbox } from "./outbox-types.js";
import { type Frame, malformed, readFrame } from "./read-frame.js";
import { socketFactory } from "./socket-source.js";
import { createTopicPositions } from "./topic-positions.js";
import { createTopicSync } from "./topic-sync.js";
import type { CreateTransport } from "./transport.js";

/** The parts of a client, wired together; knows frames but not the types of a contract. */
export interface Session {
  readonly listeners: Listeners;
  readonly lifecycle: Lifecycle;
  readonly outbox: Outbox;
  /** What is called with the frames that answer a request, by `correlation_id`, and when nothing will answer any more. */
  readonly requests: Map<string, (reply: Frame | ClientError) => void>;
  /** Notes that topics have other handlers now. */
  readonly topicsChanged: () => void;
  /** Begins, or tries at once. */
  readonly start: (type: "connect" | "reconnect") => void;
}

/** Makes the session of one client. */
export function createSession(
  contract: Contract,
  settings: Settings,
  createTransport: CreateTransport,
): Session {
  const { environment, policy, times, accessToken, url, page, validate } = settings;
  const { supportedVersions } = contract;
  const { now, uuid } = environment;
  const listeners = createListeners();
  const { report, emit } = listeners;
  const lookup = createMessageLookup(contract);
  const requests = new Map<string, (reply: Frame | ClientError) => void>();
  const canRefresh = typeof accessToken === "function" || typeof url === "function";
  const positions = createTopicPositions(
    (type) => !!lookup(type)?.coalesce,
    (gap) => emit("gap", gap),
  );
  let stopWatching = (): void => {};
  let pingId = "";
  let pingMs = 0;
  let pongMs = 0;
  let heardMs = 0;
  let live: readonly string[] = [];
  let fault: ServerFault | undefined;

  /** Sends a frame of the client's own, now. */
  const sendOwn = (frame: object, id?: string): void => {
    if (transport.send(JSON.stringify(frame))) outbox.passed(id);
  };
  const ping = (): void => {
    pingId = uuid();
    pingMs = now();
    sendOwn({ type: "ping", correlation_id: pingId }, pingId);
  };
  const outbox = settings.outbox({
    ...environment,
    write: (text) => transport.send(text),
    probe: ping,
  });
  const credentials = createCredentials({
    accessToken,
    refreshMarginMs: times.refreshMarginMs,
    environment,
    authenticate: (access_token) => sendOwn({ type: "authenticate", access_token }),
    report,
  });
  const isReady = (): boolean => lifecycle.machine().state.status === "ready";
  const wanted = (): ReadonlySet<string> =>
    new Set(contract.topics.filter((topic) => listeners.has(`topic ${topic}`)));
  const topics = createTopicSync({
    wanted,
    isReady,
    positions,
    send: sendOwn,
  });

  const fail = (reason: unknown): void => {
    const error = ClientError.from(
      reason,
      "invalid-url",
      "Failed to connect: no socket. Please see the cause.",
    );
    lifecycle.dispatch(error.code === "provider-failed" ? "failed" : "stop", error);
  };
  const dial = async (): Promise<void> => {
    const { state } = lifecycle.machine();
    const isCurrent = (): boolean => lifecycle.machine().state === state;
    try {
      fault = undefined;
      const [base, token] = await Promise.all([ask("url", url), credentials.token()]);
      const subscriptions = topics.first();
      const target = handshakeUrl(base, {
        contractVersions: supportedVersions,
        subscriptions,
        accessToken: token,
      });
      if (isCurrent()) transport.dial(target);
    } catch (error) {
      if (isCurrent()) fail(error);
    }
  };
  const perform = (effect: Effect): void => {
    if (effect === "dial") void dial();
    else if (effect === "ping") ping();
    else if (effect === "hang-up") transport.hangUp();
    else if (effect === "greet") {
      topics.greet(live);
      outbox.flush();
    } else {
      const { state, cause } = lifecycle.machine();
      const isFinal = state.status === "closed";
      credentials.forget();
      if (isFinal) stopWatching();
      if (!cause) return;
      outbox.lost(cause, isFinal);
      for (const tell of requests.values()) tell(cause);
    }
  };
  const lifecycle = createLifecycle({
    environment,
    around: () => ({
      ...times,
      policy,
      supportedVersions,
      canRefresh,
      blocked: page.blocked(),
      heardMs,
      pongMs,
    }),
    perform,
    changed: () => emit("state", undefined),
  });

  /** Reads `connection_established`. */
  const greeted = (frame: Frame): void => {
    const { connection_id = "", contract_version = "1.0.0", subscriptions = [], heartbeat_ms } = frame;
    live = subscriptions;
    positions.keepOnly(wanted());
    positions.asked(live);
    positions.answered(frame);
    credentials.read(frame);
    lifecycle.dispatch("established", connection_id, contract_version, heartbeat_ms);
  };
  /** What the client itself reads of a frame. */
  const heed = (frame: Frame): void => {
    const { type, correlation_id: id, reconnect_after_ms: spreadMs, retry_after_ms: floorMs } = frame;
    if (type === "disconnect_notice" && spreadMs) lifecycle.dispatch("hinted", { spreadMs });
    if (type === "error") {
      fault = { message: "", ...frame };
      if (floorMs) lifecycle.dispatch("hinted", { floorMs });
      if (frame.code === "rate_limited") {
        outbox.doubt(failure("rate-limited", "send", "the server drops frames", "send less"));
      }
    }
    if (type === "subscription_updated") positions.answered(frame);
    if (type === "authenticated") credentials.read(frame);
    if (id === undefined) return;
    const answer = requests.get(id);
    if (id === pingId) {
      pongMs = now();
      emit("heartbeat", pongMs - pingMs);
    }
    if (answer || id === pingId) outbox.proven(id);
    answer?.(frame);
  };
  const isValid = (frame: Frame): boolean => {
    const result = validate?.server(frame);
    if (!result || result.ok) return true;
    const { issue } = result;
    const why = `${issue.pointer} ${issue.message}`;
    report(
      failure("refused-frame", `take "${frame.type}"`, why, issue.hint ?? "check the server", { issue }),
    );
    return false;
  };
  const take = (frame: Frame): void => {
    const { type, subscription = "" } = frame;
    if (!isReady()) {
      if (type === "connection_established") greeted(frame);
      else if (type !== "error" && type !== "disconnect_notice") {
        const why = "it came before connection_established";
        report(failure("early-frame", `take "${type}"`, why, "check the server"));
        return;
      }
      if (lifecycle.machine().state.status === "closed") return;
    }
    heed(frame);
    const info = lookup(type);
    const topic = contract.topics.includes(subscription) ? subscription : info?.topic;
    if (topic && !positions.take(topic, frame)) return;
    if (info?.sender !== "server" || !isValid(frame)) return;
    emit("frame", frame);
    emit(`type ${type}`, frame);
    if (topic) emit(`topic ${topic}`, frame);
  };
  const receive = (data: unknown): void => {
    heardMs = now();
    const frame = readFrame(data);
    if (frame instanceof ClientError) {
      report(frame);
      return;
    }
    try {
      take(frame);
    } catch (error) {
      report(malformed(error));
    }
  };

  const transport = createTransport((target) => socketFactory(settings.WebSocket)(target), {
    opened: () => lifecycle.dispatch("opened"),
    received: receive,
    closed: (code, reason) => lifecycle.dispatch("closed", code, reason, fault),
    refused: fail,
  });
  // A listener like any other: what it throws is reported.
  listeners.add("state", () => {
    const { state } = lifecycle.machine();
    if (state.status !== "closed" || state.cause.code !== "version-mismatch") return;
    settings.onVersionMismatch?.(state.cause);
  });
  const start = (type: "connect" | "reconnect"): void => {
    if (lifecycle.machine().state.status === "idle")
      stopWatching = page.watch((woke) => lifecycle.dispatch("page", woke));
    lifecycle.dispatch(type);
  };
  return { listeners, lifecycle, outbox, requests, topicsChanged: topics.changed, start };
}
