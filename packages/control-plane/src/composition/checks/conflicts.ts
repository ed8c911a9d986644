import { problem, type Problem } from "../../errors/problem.ts";
import { ofEachModule, type Candidate } from "../candidate.ts";
import { answerRange } from "../versions.ts";

/** No two modules of which one says that it cannot live with the other's version. */
export function conflicts(candidate: Candidate): Problem[] {
  const told = new Set<string>();
  return ofEachModule(candidate, (slug) =>
    Object.entries(candidate.reading(slug)?.descriptor.conflicts ?? {})
      .toSorted()
      .flatMap(([other, range]) => {
        // Both sides may state it; one problem names both.
        const pair = [slug, other].toSorted().join(" ");
        const found = other === slug || told.has(pair) ? [] : conflict(candidate, slug, other, range);
        if (found.length > 0) told.add(pair);
        return found;
      }),
  );
}

function conflict(candidate: Candidate, slug: string, other: string, range: string): Problem[] {
  if (!candidate.wanted.modules.has(other)) return [];
  const version = candidate.versionOf(other);
  const answer = answerRange(version, range, candidate.packageKind);
  if (answer === "invalid") return [problem("version_range_invalid", `\`${slug}\` states \`${range}\` as the versions of \`${other}\` that it conflicts with, which is no version range`, { module: slug })];
  // A version that says too little to be sure must not block; the build's own tests decide then.
  if (answer !== "inside") return [];
  return [problem("modules_conflict", `\`${slug}\` cannot live with \`${other}\` ${range}, and it would be ${version}`, { module: slug, details: { other, range, version } })];
}
