import { fail, ModyardError, problem, unwrap, type Problem } from "../../errors/problem.ts";
import type { Catalog } from "../../manifest/catalog.ts";
import { parseCatalog } from "../../manifest/parse-catalog.ts";
import { redact } from "../../telemetry/redact.ts";
import { pinRevision, readFileAt } from "../../toolchains/shared/git-mirror.ts";
import type { HostRepository } from "./repository.ts";

/** The catalogs of a host in order of precedence, and what could not be read. */
export interface CatalogReadings {
  readonly catalogs: readonly Catalog[];
  readonly problems: readonly Problem[];
}

/** What the file is called in a repository of its own. */
const catalogFile = "marketplace.toml";

const maxBytes = 5 * 1024 * 1024;

/** Where catalogs are read from. */
export interface CatalogSources {
  readonly repository: HostRepository;
  readonly commit: string;
  /** Holds the mirrors of git repositories. */
  readonly cacheDirectory: string;
}

/** Reads every catalog: a path inside the host at the commit, an HTTP(S) address, or a git repository. One that fails does not hide the others. */
export async function readCatalogs(sources: CatalogSources, addresses: readonly string[]): Promise<CatalogReadings> {
  const outcomes = await Promise.allSettled(addresses.map((address) => readCatalog(sources, address)));
  const catalogs = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const problems = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? problemsOf(outcome.reason) : []));
  return { catalogs, problems };
}

async function readCatalog(sources: CatalogSources, address: string): Promise<Catalog> {
  const text = isGit(address) ? await fromGit(address, sources.cacheDirectory) : /^https?:\/\//.test(address) ? await download(address) : await fromHost(address, sources);
  return unwrap(parseCatalog(text, address));
}

async function fromHost(path: string, { repository, commit }: CatalogSources): Promise<string> {
  return (await repository.readFile(commit, path)) ?? fail("catalog_unreadable", `the host has no file ${redact(path)}`);
}

/** `ssh://…`, `git@host:path`, or an HTTP(S) address that ends in `.git`; a branch, tag or commit may stand behind a `#`. */
function isGit(address: string): boolean {
  return /^ssh:\/\/|^[^/]+@[^/]+:(?!\/\/)|^https?:\/\/[^#?]+\.git(#|$)/.test(address);
}

async function fromGit(address: string, cacheDirectory: string): Promise<string> {
  const [repository = "", rev = "HEAD"] = address.split("#");
  const pinned = await pinRevision(repository, rev, cacheDirectory);
  if (!pinned.ok) return fail("catalog_unreadable", pinned.problems[0]?.message ?? `${redact(repository)} cannot be read`, { ...(pinned.problems[0] !== undefined && { hint: pinned.problems[0].hint }) });
  return (await readFileAt(pinned.value, catalogFile)) ?? fail("catalog_unreadable", `${redact(repository)} has no ${catalogFile} at ${rev}`);
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
