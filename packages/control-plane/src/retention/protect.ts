import type { BuildFact, KeptItem, ReleaseFact, RetentionFacts } from "./facts.ts";

/** Pure: why the item must stay, whatever the budget says; undefined when it may go. */
export type Protect = (item: KeptItem) => string | undefined;

/** Pure: what nothing may remove. */
export function protection({ releases, builds }: Pick<RetentionFacts, "releases" | "builds">, keptReleases: number): Protect {
  const needed = releases.flatMap((release) => {
    const why = whyReleaseStays(release, keptReleases);
    return why === undefined ? [] : [{ release, why }];
  });
  const byDigest = new Map([...builds.flatMap(digestNeed), ...needed.map(({ release, why }) => [release.digest, why] as const)]);
  const byPlace = new Map(needed.map(({ release, why }) => [`${release.environment} ${release.digest}`, why]));
  const byOwner = new Map([...builds.map(buildNeed), ...needed.flatMap(({ release, why }) => [[release.id, why] as const, [release.buildId, why] as const])]);
  return (item) => {
    if (item.busy === true) return "in use";
    if (item.kind === "artifact") return byDigest.get(item.digest ?? "");
    if (item.kind === "unpacked") return byPlace.get(`${item.environment ?? ""} ${item.digest ?? ""}`);
    return item.owner === undefined ? undefined : byOwner.get(item.owner);
  };
}

function whyReleaseStays(release: ReleaseFact, keptReleases: number): string | undefined {
  const { id, environment } = release;
  if (release.status === "active") return `${id} is the active release of ${environment}`;
  if (release.isRunning) return `${id} runs in ${environment}`;
  if (release.isInFlight || release.status === "deploying" || release.status === "pending") return `a deployment of ${environment} is about ${id}`;
  if (release.isPredecessor) return `${id} is what ${environment} goes back to`;
  const isRecent = release.ranSince !== undefined && release.ranSince < keptReleases;
  return isRecent ? `${id} is one of the last ${keptReleases} releases that ran in ${environment}` : undefined;
}

function digestNeed(build: BuildFact): readonly (readonly [string, string])[] {
  return build.digest === undefined ? [] : [[build.digest, needText(build)]];
}

function buildNeed(build: BuildFact): readonly [string, string] {
  return [build.id, needText(build)];
}

function needText({ id, need }: BuildFact): string {
  return need === "in_flight" ? `${id} is under way` : `${id} is the newest successful build of its branch`;
}
