import { problem, type Problem, type ProblemFacts } from "../../errors/problem.ts";
import { gitDenied, isGitDenied } from "../shared/git-denied.ts";
import { lockfileName } from "./lockfile.ts";
import { isRegistryDenied, registryDenied } from "./registry-denied.ts";
import { allOf, type CargoFailure, chainOf, type FailureContext, moduleAmong } from "./cargo-failure.ts";

/** Failures to get what the lockfile says: disk, lockfile, checksums, git, registries. */
export function sourceProblem(failure: CargoFailure, context: FailureContext): Problem | undefined {
  return fullDisk(failure) ?? badLockfile(failure) ?? changedPackage(failure, context) ?? gitFailure(failure, context) ?? unreachable(failure, context);
}

function fullDisk({ everything }: CargoFailure): Problem | undefined {
  return /No space left on device|disk is full/i.test(everything) ? problem("disk_full", "cargo found no space left on the disk") : undefined;
}

function badLockfile({ text }: CargoFailure): Problem | undefined {
  const location = { file: lockfileName };
  if (/failed to parse lock file/.test(text)) {
    const why = text.split("Caused by:").at(-1)?.trim().split("\n").at(-1)?.trim();
    return problem("lockfile_out_of_date", `${lockfileName} cannot be read${why === undefined ? "" : `: ${why}`}`, { location });
  }
  return /the lock file .* (needs to be updated|because --locked was passed)|because --(locked|frozen) was passed/.test(text) ? problem("lockfile_out_of_date", `${lockfileName} does not fit the Cargo.toml files`, { location }) : undefined;
}

function changedPackage({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  const [, name, version] = /checksum for `([^ `]+) v([^ `]+)` (?:changed|was not previously|could not be)/.exec(text) ?? /failed to verify the checksum of `([^ `]+) v([^ `]+)/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const against = text.includes("failed to verify") ? "what the registry's index says" : `what ${lockfileName} says`;
  return problem("integrity_mismatch", `The registry's ${name} ${version} has another checksum than ${against}`, moduleAmong(context, [name]));
}

function gitFailure({ text, everything }: CargoFailure, context: FailureContext): Problem | undefined {
  if (!/Updating git (repository|submodule)|unable to update (?!registry)|failed to (clone|fetch) into/.test(everything)) return undefined;
  if (!/failed to (get|load|clone|fetch|update|find)|unable to update/.test(text)) return undefined;
  const [address = "the repository"] = [...allOf(text, /unable to update ([^\s?#]+)/g), ...allOf(everything, /Updating git (?:repository|submodule) `([^`?#]+)/g)];
  const facts = moduleOfGit(text, address, context);
  const [said] = allOf(everything, /^(?:fatal|remote|ssh|error): (?!failed to get)(.+)$/gm);
  const isAway = /could not resolve host|unable to access|failed to connect|connection (refused|reset|timed out)|could not read|authentication|terminal prompts disabled|permission denied|repository '.*' not found|timed out/i.test(everything);
  const [rev] = [...allOf(text, /(?:revspec|revision) '?([^' ]+)'? not found/g), ...allOf(everything, /couldn't find remote ref (?:refs\/(?:heads|tags)\/)?(\S+)/g), ...allOf(text, /failed to find (?:branch|tag) `([^`]+)`/g)];
  if (rev !== undefined && !isAway) return problem("git_rev_not_found", `${address} has no commit, tag or branch "${rev}"`, facts);
  if (isGitDenied(everything)) return gitDenied(address, said ?? "", facts);
  return problem("git_unreachable", `${address} cannot be fetched${said === undefined ? "" : `: ${said}`}`, facts);
}

function moduleOfGit(text: string, address: string, context: FailureContext): Pick<ProblemFacts, "module"> {
  const named = moduleAmong(context, [...allOf(text, /failed to get `([^`]+)`/g), ...chainOf(text)]);
  if (named.module !== undefined) return named;
  const spec = context.modules.find(({ git }) => git !== undefined && git.replace(/\/\/[^/@]*@/, "//") === address);
  return spec === undefined ? {} : { module: spec.slug };
}

function unreachable({ text, everything }: CargoFailure, context: FailureContext): Problem | undefined {
  const names = [...allOf(text, /failed to get `([^`]+)`/g), ...chainOf(text)];
  const unknown = /registry index was not found in any configuration: `([^`]+)`/.exec(text)?.[1];
  if (unknown !== undefined) return problem("registry_unreachable", `No registry "${unknown}" is set up`, { hint: `Add [registries.${unknown}] with its index to .cargo/config.toml of the host, or to cargo's configuration of the control plane's user.` });
  if (isRegistryDenied(text)) return registryDenied(everything, moduleAmong(context, names));
  if (!/failed to download|download of .* failed|failed to (fetch|query|load source|get `)|unable to update registry|\[\d+\] |HTTP response code|attempting to make an HTTP request/i.test(text)) return undefined;
  const [address] = allOf(text, /from `([^`]+)`/g);
  const why = /^\s+(\[\d+\] .*)$/m.exec(text)?.[1]?.replace(/^\[\d+\] /, "") ?? text.trim().split("\n").at(-1)?.trim() ?? "";
  return problem("registry_unreachable", `${address ?? "The registry"} does not answer: ${why}`, moduleAmong(context, names));
}
