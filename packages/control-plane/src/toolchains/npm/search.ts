import { z } from "zod";
import { problem, type Problem } from "../../errors/problem.ts";
import { runTool } from "../shared/run-tool.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import type { DescriptorSource, FoundPackage } from "../toolchain.ts";
import { findNpm, npmCommand, type NpmCli } from "./npm-cli.ts";
import { npmNetworkEnvironment } from "./npm-environment.ts";
import { npmProblem } from "./npm-errors.ts";
import { explainDenied } from "./registry-denied.ts";
import { readScopeRegistries } from "./scope-registries.ts";

/** As npm passes it on. Registries of one's own (Verdaccio) tell version and time in other places than npm's. */
const result = z.object({
  name: z.string(),
  version: z.string().nullish(),
  "dist-tags": z.object({ latest: z.string().optional() }).nullish(),
  description: z.string().nullish(),
  keywords: z.array(z.string()).nullish().catch(undefined),
  date: z.union([z.string(), z.number()]).nullish(),
  time: z.object({ modified: z.string().optional() }).nullish(),
});

/**
 * Asks the operator's registry, and those of scopes that the settings name, for packages by npm's own client and settings. A package counts
 * only where it would be installed from. Problems: registry_denied; registry_unreachable, also where the registry has no search; a scope's registry that
 * cannot be searched is left out.
 */
export async function findPackages(text: string, most: number, { cacheDirectory }: DescriptorSource): Promise<readonly FoundPackage[] | Problem> {
  const npm = await findNpm();
  const env = { ...toolEnvironment(), ...npmNetworkEnvironment(npm, cacheDirectory) };
  const search = (...where: readonly string[]): Promise<readonly FoundPackage[] | Problem> => ask(npm, env, [`--searchlimit=${most}`, ...where, "--", text]);
  const [everywhere, [scopes, ofScopes]] = await Promise.all([search(), searchScopes(npm, env, search)]);
  const found = [isProblem(everywhere) ? [] : everywhere.filter(({ name }) => !scopes.has(scopeOf(name))), ...ofScopes];
  const packages = inTurns(found).slice(0, most);
  return packages.length === 0 && isProblem(everywhere) ? explainDenied(everywhere, { packageNames: [], directory: "/", cacheDirectory }) : packages;
}

/** The scopes that have registries of their own, and what each of those registries has of its scopes. */
async function searchScopes(npm: NpmCli, env: Readonly<Record<string, string>>, search: (...where: readonly string[]) => Promise<readonly FoundPackage[] | Problem>): Promise<readonly [ReadonlyMap<string, string>, readonly (readonly FoundPackage[])[]]> {
  const scopes = await readScopeRegistries(npm, env);
  const found = await Promise.all([...new Set(scopes.values())].map(async (registry) => {
    const answer = await search(`--registry=${registry}`);
    return isProblem(answer) ? [] : answer.filter(({ name }) => scopes.get(scopeOf(name)) === registry);
  }));
  return [scopes, found];
}

async function ask(npm: NpmCli, env: Readonly<Record<string, string>>, args: readonly string[]): Promise<readonly FoundPackage[] | Problem> {
  // In the root directory there is no configuration but the operator's.
  const { exitCode, stdout, stderr } = await runTool({ argv: npmCommand(npm, ["search", "--json", "--fetch-retries=0", "--fetch-timeout=15000", ...args]), cwd: "/", env, timeoutSeconds: 30 });
  return (exitCode === 0 ? readSearch(stdout.toString()) : undefined) ?? unsearched(exitCode, stderr);
}

function isProblem(answer: readonly FoundPackage[] | Problem): answer is Problem {
  return "code" in answer;
}

/** `@acme` of `@acme/forum`; nothing of `forum`. */
function scopeOf(name: string): string {
  return name.startsWith("@") ? (name.split("/")[0] ?? "") : "";
}

/** The best of each list, then the second best of each. */
function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, rank) => lists.flatMap((list) => list.slice(rank, rank + 1))).flat();
}

/** What `npm search --json` printed, without what has no version; undefined when it is no such list. */
export function readSearch(text: string): readonly FoundPackage[] | undefined {
  const list = z.array(result).safeParse(parseJson(text));
  return list.success ? list.data.flatMap(asFound) : undefined;
}

function asFound({ name, version, "dist-tags": tags, description, keywords, date, time }: z.output<typeof result>): readonly FoundPackage[] {
  const newest = version ?? tags?.latest;
  if (newest === undefined) return [];
  const published = new Date(date ?? time?.modified ?? Number.NaN);
  return [{ name, version: newest, description: description ?? "", keywords: keywords ?? [], ...(!Number.isNaN(published.getTime()) && { publishedAt: published.toISOString() }) }];
}

function unsearched(exitCode: number, stderr: string): Problem {
  const failure = npmProblem(stderr.split("\n"), []);
  if (failure.code === "registry_denied") return failure;
  const code = failure.details?.["npmCode"];
  const said = typeof code === "string" && code !== "" ? failure.message : "it gave no list";
  const why = exitCode === 124 ? "it did not answer in time" : code === "E404" ? "it has no search" : said;
  return problem("registry_unreachable", `the npm registry cannot be searched: ${why}`, { hint: "Search again later, or install by the package's name: that needs no search." });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
