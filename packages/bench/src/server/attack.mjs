// @ts-check
import { argsOf } from "./load.mjs";
import { startProgram } from "./program.mjs";
import { loadCore } from "./start-server.mjs";

/** What an attacker did (`c/attack.c`): bytes that it got rid of, connections that it opened and that were closed on it. @typedef {{ readonly bytes: number, readonly opened: number, readonly closed: number }} AttackReport */

/**
 * Starts an attacker and waits until it begins; `over` resolves to its report.
 * @param {string} program compiled `attack.c`
 * @param {number} port
 * @param {import("./contenders.mjs").Contender} contender
 * @param {Readonly<Record<string, string | number>>} values `role`, `seconds` and what the role takes
 */
export async function attack(program, port, { path, request }, values) {
  const message = request('"correlation_id":"flood"');
  const started = await startProgram(program, argsOf({ core: loadCore, port, path, message, ...values }));
  await started.line(/^go$/);
  return {
    /** @returns {Promise<AttackReport>} */
    over: async () => {
      const [text] = await started.line(/^\{.*$/);
      await started.exited;
      return JSON.parse(text);
    },
    stop: started.stop,
  };
}
