"use client";

export { ClientProvider, type ClientProviderProps, useContextClient } from "./react/client-context.js";
export { useClient } from "./react/use-client.js";
export { type Connection, useConnection } from "./react/use-connection.js";
export { useGap } from "./react/use-gap.js";
export { type RequestState, type UseRequestOptions, useRequest } from "./react/use-request.js";
export { useTopic } from "./react/use-topic.js";
