import { problem, type Problem } from "../../errors/problem.ts";
import { ofEachModule, type Candidate } from "../candidate.ts";
import { answerRange } from "../versions.ts";

/** Every dependency must have a version that the dependent allows. */
export function dependencyVersions(candidate: Candidate): Problem[] {
  return ofEachModule(candidate, (slug) => {
    const dependencies = Object.entries(candidate.reading(slug)?.descriptor.dependencies ?? {});
    return dependencies.toSorted().flatMap(([dependency, range]) => (candidate.wanted.modules.has(dependency) ? unmet(candidate, slug, dependency, range) : []));
  });
}

function unmet(candidate: Candidate, slug: string, dependency: string, range: string): Problem[] {
  const version = candidate.versionOf(dependency);
  const answer = answerRange(version, range, candidate.packageKind);
  if (answer === "invalid") return [problem("version_range_invalid", `\`${slug}\` states \`${range}\` as the versions of \`${dependency}\` that it needs, which is no version range`, { module: slug })];
  if (answer !== "outside") return [];
  return [problem("dependency_version", `\`${slug}\` needs \`${dependency}\` ${range}, but it would be ${version}`, { module: slug, details: { dependency, range, version } })];
}
