import { problem, type Problem } from "../../errors/problem.ts";
import { ofEachModule, type Candidate } from "../candidate.ts";
import { listed } from "../situation.ts";
import { answerRange } from "../versions.ts";

/** Every module must allow the host's version. */
export function hostCompatibility(candidate: Candidate): Problem[] {
  const { hostVersion } = candidate;
  if (hostVersion === undefined) return [];
  return ofEachModule(candidate, (slug) => {
    const range = candidate.reading(slug)?.descriptor.compat.server;
    if (range === undefined) return [];
    const answer = answerRange(hostVersion, range, candidate.packageKind);
    if (answer === "invalid") return [problem("version_range_invalid", `\`${slug}\` states \`${range}\` as the host versions that it fits, which is no version range`, { module: slug })];
    if (answer !== "outside") return [];
    return [problem("host_incompatible", `\`${slug}\` needs a host of version ${range}, and this one is ${hostVersion}`, { module: slug, details: { range, version: hostVersion } })];
  });
}

/** One warning for all modules that state what they fit, when the host does not say what it is. */
export function unknownHostVersion(candidate: Candidate): Problem[] {
  if (candidate.hostVersion !== undefined) return [];
  const asking = ofEachModule(candidate, (slug) => (candidate.reading(slug)?.descriptor.compat.server === undefined ? [] : [slug]));
  return asking.length === 0 ? [] : [problem("host_version_unknown", `The host's version is not known, so it cannot be checked against what ${listed(asking)} fit`)];
}
