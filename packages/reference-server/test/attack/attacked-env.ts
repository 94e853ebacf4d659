/** What a server under attack runs with, beside its tokens. */
export const attackedEnv: Readonly<Record<string, string>> = {
  WS_AUTH_REQUIRED: "true",
  WS_ALLOWED_ORIGINS: "https://good.example",
  // Attackers share a token, as those who stole one do.
  WS_MAX_CONNECTIONS_PER_CREDENTIAL: "100000",
  // Patient attackers are found out within the time that the suite has.
  WS_HEARTBEAT_MS: "1000",
  WS_PONG_TIMEOUT_MS: "2000",
  WS_INVALID_MESSAGES_BEFORE_CLOSE: "30",
};
