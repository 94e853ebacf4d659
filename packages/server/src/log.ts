/** What a log line says beside its sentence. Never credentials. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where log lines go: pino and its like fit as they are. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** Goes nowhere. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
