import { toPublicId } from "../database/identifiers.ts";
import { ModyardError } from "../errors/problem.ts";
import type { Release } from "../release/store.ts";
import type { Environment } from "./environment.ts";
import { smoke } from "./smoke.ts";
import type { ObservedRelease } from "./targets/target.ts";

/** Asks a release that was started for proof that it is the one that was built; throws what is missing. */
export async function smokeRelease(release: Release, environment: Environment, started: ObservedRelease, signal: AbortSignal): Promise<void> {
  const server = release.surfaces.find((surface) => surface.name === "server");
  const outcome = await smoke({
    address: started.address ?? "",
    healthPath: server?.health ?? "/health",
    modulesHealthPath: server?.modulesHealth ?? "/health/modules",
    expected: {
      buildId: toPublicId("bld", release.buildId),
      releaseId: release.id,
      modules: release.composition.modules.map(({ slug, version }) => ({ slug, version })),
    },
    timeoutSeconds: environment.settings.startTimeoutSeconds,
    observe: () => environment.target.check(release.id),
    signal,
  });
  if (!outcome.ok) throw new ModyardError(outcome.problems);
}
