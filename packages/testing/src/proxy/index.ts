export type { Direction, Fault } from "./fault.js";
export type { FaultProxy, FaultProxyEvents } from "./fault-proxy.js";
export type { Schedule } from "./lane.js";
export type { FaultProxyOptions } from "./proxy-options.js";
export { startFaultProxy } from "./start-fault-proxy.js";
