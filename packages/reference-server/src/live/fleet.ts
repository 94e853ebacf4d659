import type { Agent, AgentSummary } from "@hivewire/contract";

const names = ["Indexer", "Planner", "Reviewer", "Tester", "Writer"] as const;
const statuses = ["idle", "busy", "busy", "offline", "error"] as const;

/** Number of agents of the demonstration. */
export const fleetSize = 12;

/** Simulated agents, each a function of the step alone: the same steps show the same fleet. */
export function demoFleet(step: number): Agent[] {
  return Array.from({ length: fleetSize }, (_, index) => {
    const status = statuses[(index * 7 + step * (index % 3)) % statuses.length] ?? "idle";
    const agent: Agent = { id: `demo-${index + 1}`, name: names[index % names.length] ?? "Agent", status };
    return status === "busy" ? { ...agent, current_task: `demo-task-${index + step}` } : agent;
  });
}

/** Agents by status. */
export function summarize(agents: readonly Agent[]): AgentSummary {
  const count = (status: Agent["status"]): number => agents.filter((agent) => agent.status === status).length;
  return {
    total: agents.length,
    idle: count("idle"),
    busy: count("busy"),
    offline: count("offline"),
    error: count("error"),
  };
}
