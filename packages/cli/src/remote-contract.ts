import { contractValue, readModel } from "@hivewire/codegen";
import type { Contract, ContractTypes } from "@hivewire/protocol";
import { CliError } from "./cli-error.js";
import { findProject, type ProjectFlags } from "./config.js";
import { readContract } from "./expected-files.js";
import { exists, maxFileBytes } from "./files.js";

/** Types of a contract that is known only at run time: any topic, any frame. */
interface AnyTypes extends ContractTypes {
  readonly server: Readonly<Record<string, unknown>>;
  readonly topics: Readonly<Record<string, unknown>>;
}

/** A contract that is known only at run time. */
export type AnyContract = Contract<AnyTypes>;

/** Longest wait for a server's answer over HTTP, in milliseconds. */
const httpTimeoutMs = 5_000;

/** Where a server that speaks at `…/ws/<name>` publishes its schema (PROTOCOL.md, "HTTP"). */
export function schemaUrlOf(url: URL): URL {
  const base = url.pathname.replace(/\/ws(\/[^/]*)?$/, "");
  const http = new URL(`${base}/websocket/contract/schema`, url);
  http.protocol = url.protocol === "wss:" ? "https:" : "http:";
  http.search = "";
  return http;
}

async function fetchText(url: URL): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(httpTimeoutMs), redirect: "error" });
  if (!response.ok) throw new CliError("no_contract", `it answers ${response.status}`);
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = "";
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > maxFileBytes)
      throw new CliError("no_contract", `its schema is over ${maxFileBytes} bytes`);
  }
  return text;
}

/**
 * The contract of a live server: from `--schema`, else the project's schema, else what the server publishes.
 * @throws CliError `no_contract`, CodegenError for a broken schema
 */
export async function contractFor(url: URL, flags: ProjectFlags, cwd: string): Promise<AnyContract> {
  const project = await findProject(cwd, flags);
  if (flags.schema !== undefined || (await exists(project.schemaPath))) {
    return contractValue((await readContract(project)).model);
  }
  const source = schemaUrlOf(url);
  try {
    return contractValue(readModel({ text: await fetchText(source), file: source.href }));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/^\[\w+\] /, "") : String(cause);
    throw new CliError(
      "no_contract",
      `Failed to read the server's contract at ${source.href}: ${why}. Please give its schema with --schema.`,
      { cause },
    );
  }
}
