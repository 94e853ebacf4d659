import type { DashboardTypes, RequestData } from "@hivewire/contract";
import type { HandlerResult } from "@hivewire/server";
import { summarize } from "../live/fleet.js";
import type { LiveData } from "../live/live-data.js";

/** Share of frames that keep the rules, below which coordination counts as degraded. */
const healthyRate = 0.9;

/** Mean event-loop delay above which the process counts as degraded, in milliseconds. */
export const healthyDelayMs = 100;

type Answer = (live: LiveData) => Readonly<Record<string, unknown>>;

/** The table of data types that `request_data` may ask for. */
const answers: Readonly<Record<string, Answer>> = {
  agent_status: (live) => ({ agents: live.agents(), summary: summarize(live.agents()) }),
  coordination_metrics: (live) => ({ ...live.traffic() }),
  system_health: (live) => {
    const components = {
      event_loop: live.load().event_loop.delay_ms_mean <= healthyDelayMs ? "healthy" : "degraded",
      traffic: live.traffic().success_rate >= healthyRate ? "healthy" : "degraded",
    };
    const isHealthy = Object.values(components).every((status) => status === "healthy");
    return { overall_status: isHealthy ? "healthy" : "degraded", components };
  },
};

/** Answers `request_data`, an unknown data type with `data_error` (PROTOCOL.md, "Errors"). */
export function answerRequestData(
  message: RequestData,
  live: LiveData,
): HandlerResult<DashboardTypes, "request_data"> {
  const { data_type } = message;
  const answer = Object.hasOwn(answers, data_type) ? answers[data_type] : undefined;
  if (!answer) return { type: "data_error", data_type, error: `Unknown data type: ${data_type}` };
  return { type: "data_response", data_type, data: { ...answer(live) } };
}
