import { z } from "zod";
import { problem, type Problem } from "../../errors/problem.ts";
import { runTool } from "../shared/run-tool.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import type { DescriptorSource, FoundPackage } from "../toolchain.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmNetworkEnvironment } from "./npm-environment.ts";

const answer = z.array(z.object({ name: z.string(), version: z.string(), description: z.string().nullish(), keywords: z.array(z.string()).nullish(), date: z.union([z.string(), z.number()]).nullish() }));

/** Asks the operator's registry for packages by npm's own client and settings. Problems: registry_unreachable, also where the registry has no search. */
export async function findPackages(text: string, most: number, { cacheDirectory }: DescriptorSource): Promise<readonly FoundPackage[] | Problem> {
  const npm = await findNpm();
  // In the root directory there is no configuration but the operator's.
  const { exitCode, stdout, stderr } = await runTool({ argv: npmCommand(npm, ["search", "--json", "--fetch-retries=0", "--fetch-timeout=15000", `--searchlimit=${most}`, "--", text]), cwd: "/", env: { ...toolEnvironment(), ...npmNetworkEnvironment(npm, cacheDirectory) }, timeoutSeconds: 30 });
  const found = answer.safeParse(exitCode === 0 ? parseJson(stdout.toString()) : undefined);
  if (!found.success) return unreachable(exitCode, stderr);
  return found.data.slice(0, most).map(({ name, version, description, keywords, date }) => ({ name, version, description: description ?? "", keywords: keywords ?? [], ...(date === undefined || date === null ? {} : { publishedAt: new Date(date).toISOString() }) }));
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
