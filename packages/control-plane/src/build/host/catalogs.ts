import { ModyardError, problem, unwrap, type Problem } from "../../errors/problem.ts";
import type { Catalog } from "../../manifest/catalog.ts";
import { parseCatalog } from "../../manifest/parse-catalog.ts";
import { redact } from "../../telemetry/redact.ts";
import type { HostRepository } from "./repository.ts";

/** The catalogs of a host in order of precedence, and what could not be read. */
export interface CatalogReadings {
  readonly catalogs: readonly Catalog[];
  readonly problems: readonly Problem[];
}

const maxBytes = 5 * 1024 * 1024;

/** Reads every catalog: a path inside the host at the commit, or an HTTP(S) address. One that fails does not hide the others. */
export async function readCatalogs(repository: HostRepository, commit: string, addresses: readonly string[]): Promise<CatalogReadings> {
  const outcomes = await Promise.allSettled(addresses.map((address) => readCatalog(repository, commit, address)));
  const catalogs = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const problems = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? problemsOf(outcome.reason) : []));
  return { catalogs, problems };
}

async function readCatalog(repository: HostRepository, commit: string, address: string): Promise<Catalog> {
  const text = /^https?:\/\//.test(address) ? await download(address) : await repository.readFile(commit, address);
  if (text === undefined) throw new ModyardError(problem("catalog_unreadable", `the host has no file ${redact(address)}`));
  return unwrap(parseCatalog(text, address));
}

async function download(address: string): Promise<string> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(10_000), redirect: "follow" });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    return await textWithin(response.body);
  } catch (error) {
    // Who reads of the problem is not to learn the password that the address may hold.
    throw new ModyardError(problem("catalog_unreadable", redact(`${address}: ${error instanceof Error ? error.message : String(error)}`)), { cause: error });
  }
}

/** Stops reading when there is too much: whoever serves a catalog must not fill the memory. */
async function textWithin(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function problemsOf(reason: unknown): readonly Problem[] {
  return reason instanceof ModyardError ? reason.problems : [problem("catalog_unreadable", String(reason))];
}
