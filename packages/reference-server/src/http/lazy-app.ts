import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "@hivewire/server";
import type { App } from "./app.js";
import { problemOf, writeProblem } from "./problem.js";

/**
 * An application that is made when the first request comes: a server that only carries WebSockets never pays for it.
 * A request is answered with 500 when it cannot be made; the next one tries again.
 */
export function lazyApp(create: () => Promise<App>, log: Log): App {
  let made: Promise<App> | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      made ??= create();
      const app = await made;
      app.answer(request, response);
    } catch (cause) {
      made = undefined;
      log.error({ err: cause }, "a request could not be answered");
      if (!response.headersSent) writeProblem(response, problemOf(500));
    }
  };
  return {
    answer: (request, response) => void answer(request, response),
    close: async () => {
      const app = await made?.catch(() => undefined);
      await app?.close();
    },
  };
}
