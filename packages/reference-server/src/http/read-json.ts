import type { FastifyInstance } from "fastify";
import { bounds } from "./bounds.js";
import { problemOf } from "./problem.js";
import { InvalidRequest } from "./validate.js";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Whether arrays and objects are nested deeper than the bound. Brackets in texts do not count. */
export function isTooDeep(text: string, levels: number): boolean {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (isText) {
      if (letter === "\\") index++;
      else if (letter === '"') isText = false;
    } else if (letter === '"') isText = true;
    else if (letter === "{" || letter === "[") {
      depth++;
      if (depth > levels) return true;
    } else if (letter === "}" || letter === "]") depth--;
  }
  return false;
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new InvalidRequest("The body is not UTF-8.");
  }
}

/** A key that would reach the prototype of whatever it is copied into. */
function refuseProto(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new InvalidRequest("The body has a key that is never taken.");
  return value;
}

/**
 * Reads a JSON body (RFC 8259).
 * @throws InvalidRequest
 */
export function readJson(body: Buffer): unknown {
  const text = decode(body);
  if (isTooDeep(text, bounds.nesting)) {
    throw new InvalidRequest(`The body is nested deeper than ${bounds.nesting} levels.`);
  }
  try {
    return JSON.parse(text, refuseProto);
  } catch (cause) {
    if (cause instanceof InvalidRequest) throw cause;
    throw new InvalidRequest("The body is not JSON.");
  }
}

/** Makes JSON the only kind of body that is read, and compressed ones none. */
export function readOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const encoding = request.headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      done(Object.assign(new Error("compressed"), { statusCode: problemOf(415).status }));
      return;
    }
    try {
      done(null, readJson(body));
    } catch (cause) {
      done(cause instanceof Error ? cause : new InvalidRequest("The body cannot be read."));
    }
  });
}
