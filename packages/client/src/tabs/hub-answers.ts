/** Whose request it was, and what the tab calls it. */
interface Asker {
  readonly tab: string;
  readonly id: string;
}

/** Requests of tabs that the server may still answer. */
export interface HubAnswers {
  /** Remembers a request under the identifier that the server sees: tabs may use the same ones. */
  readonly add: (hubId: string, asker: Asker) => void;
  readonly find: (hubId: string) => Asker | undefined;
  readonly remove: (tab: string) => void;
}

/** Most requests that are remembered; the oldest is forgotten first. */
const maxRequests = 4_096;

/** Makes the memory of one hub. */
export function createHubAnswers(): HubAnswers {
  const askers = new Map<string, Asker>();
  return {
    add: (hubId, asker) => {
      askers.set(hubId, asker);
      const [oldest] = askers.keys();
      if (askers.size > maxRequests && oldest !== undefined) askers.delete(oldest);
    },
    find: (hubId) => askers.get(hubId),
    remove: (tab) => {
      for (const [hubId, asker] of askers) if (asker.tab === tab) askers.delete(hubId);
    },
  };
}
