import type { ContractTypes } from "@hivewire/protocol";
import type { Client } from "../client-types.js";

/**
 * Resolves once the client is ready, or never after the signal.
 * @throws ClientError (as a rejection) why the client is closed
 */
export function whenReady<Types extends ContractTypes>(
  { state }: Client<Types>,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      const now = state.getSnapshot();
      if (now.status === "ready") resolve();
      else if (now.status === "closed") reject(now.cause);
      else return;
      stop();
    };
    const stop = state.subscribe(check);
    signal.addEventListener("abort", stop);
    check();
  });
}
