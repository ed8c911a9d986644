import { z } from "zod";
import { problem, type Problem } from "../../errors/problem.ts";
import { runTool } from "../shared/run-tool.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import type { DescriptorSource, FoundPackage } from "../toolchain.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmNetworkEnvironment } from "./npm-environment.ts";

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

/** Asks the operator's registry for packages by npm's own client and settings. Problems: registry_unreachable, also where the registry has no search. */
export async function findPackages(text: string, most: number, { cacheDirectory }: DescriptorSource): Promise<readonly FoundPackage[] | Problem> {
  const npm = await findNpm();
  // In the root directory there is no configuration but the operator's.
  const { exitCode, stdout, stderr } = await runTool({ argv: npmCommand(npm, ["search", "--json", "--fetch-retries=0", "--fetch-timeout=15000", `--searchlimit=${most}`, "--", text]), cwd: "/", env: { ...toolEnvironment(), ...npmNetworkEnvironment(npm, cacheDirectory) }, timeoutSeconds: 30 });
  const found = exitCode === 0 ? readSearch(stdout.toString()) : undefined;
  return found?.slice(0, most) ?? unreachable(exitCode, stderr);
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

function unreachable(exitCode: number, stderr: string): Problem {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(stderr)?.[1];
  const why = exitCode === 124 ? "it did not answer in time" : code === "E404" ? "it has no search" : (code ?? "it gave no list");
  return problem("registry_unreachable", `the npm registry cannot be searched: ${why}`, { hint: "Search again later, or install by the package's name: that needs no search." });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
