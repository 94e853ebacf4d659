import type { Tracing } from "@hivewire/server";

/**
 * Tracing through OpenTelemetry, or none; its modules are loaded only when it is wanted. Spans go where the SDK that the
 * process registered sends them (`node --import ./telemetry.mjs`); without one they go nowhere.
 * @param isEnabled - `WS_TRACING_ENABLED`
 */
export async function loadTracing(isEnabled: boolean): Promise<Tracing | undefined> {
  if (!isEnabled) return undefined;
  const { openTelemetry } = await import("@hivewire/server/opentelemetry");
  return openTelemetry();
}
