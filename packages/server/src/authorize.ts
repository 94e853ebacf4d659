import type { Log } from "./log.js";

/** Whether an identity may have a topic live. */
export type MayRead = (identity: unknown, topic: string) => boolean;

/** Asks the application about topics. What throws counts as a denial; the log says why. */
export function createMayRead(authorizeTopic: MayRead | undefined, log: Log): MayRead {
  if (!authorizeTopic) return () => true;
  return (identity, topic) => {
    try {
      return authorizeTopic(identity, topic);
    } catch (cause) {
      log.error({ err: cause, topic }, "authorization failed");
      return false;
    }
  };
}
