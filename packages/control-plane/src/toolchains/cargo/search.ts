import { problem, type Problem } from "../../errors/problem.ts";
import { runTool } from "../shared/run-tool.ts";
import type { DescriptorSource, FoundPackage } from "../toolchain.ts";
import { cargoForReading } from "./crate-info.ts";
import { isRegistryDenied, registryDenied } from "./registry-denied.ts";
import { searchedRegistry } from "./searched-registry.ts";

const line = /^(?<name>[A-Za-z][\w-]*) = "(?<version>[^"]+)"\s*(?:# (?<description>.*))?$/;

/** Asks the operator's registry for crates by cargo's own client and settings. Problems: registry_denied, registry_unreachable, also where the registry has no search, and those of `findRustTools`. */
export async function findPackages(text: string, most: number, source: DescriptorSource): Promise<readonly FoundPackage[] | Problem> {
  const cargo = await cargoForReading(source);
  if (!cargo.ok) return cargo.problems[0] ?? unreachable(1);
  const registry = await searchedRegistry();
  if (registry === undefined) return unreachable(1);
  const { exitCode, stdout, stderr } = await runTool({ argv: [cargo.value.program, "search", "--quiet", ...registry, "--limit", String(most), "--", text], cwd: "/", env: cargo.value.env, timeoutSeconds: 30 });
  if (exitCode !== 0) return isRegistryDenied(stderr) ? registryDenied(stderr, {}) : unreachable(exitCode);
  return readSearch(stdout.toString());
}

/** What `cargo search` printed: `name = "1.2.3"    # description`, a crate a line; what there is more of, it says in lines of its own. */
export function readSearch(text: string): readonly FoundPackage[] {
  return text.split("\n").flatMap((each) => {
    const { name, version, description = "" } = line.exec(each.trim())?.groups ?? {};
    return name === undefined || version === undefined ? [] : [{ name, version, description, keywords: [] }];
  });
}

function unreachable(exitCode: number): Problem {
  return problem("registry_unreachable", `the crate registry cannot be searched: ${exitCode === 124 ? "it did not answer in time" : "it does not answer, or has no search"}`, { hint: "Search again later, or install by the crate's name: that needs no search." });
}
