import type { Problem } from "../errors/problem.ts";
import type { Catalog } from "../manifest/catalog.ts";
import { manifestHash } from "../manifest/canonical.ts";
import { editManifest } from "../manifest/edit/edit-manifest.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { candidateOf, type Candidate, type HostFacts } from "./candidate.ts";
import { blockersOf, warningsOf } from "./checks/checks.ts";
import { unverifiedSlugs } from "./checks/descriptors.ts";
import { compose } from "./compose.ts";
import type { Composition, ModulesDelta } from "./composition.ts";
import { defaultEnabledAfter, incompleteDefaults } from "./default-enabled.ts";
import { modulesDelta } from "./delta.ts";
import { editsBetween } from "./manifest-edits.ts";
import { dependencyOrder } from "./order.ts";
import type { Change, DescriptorReading, Plan } from "./plan.ts";
import { planHash } from "./plan-hash.ts";
import { situationOf } from "./situation.ts";
import { wantModules } from "./wanted.ts";

/** Everything that a plan is made of. The host's facts make it more exact. */
export interface PlanInput extends HostFacts {
  /** The text of modules.toml, of which `manifest` is the value. */
  readonly manifestText: string;
  readonly manifest: Manifest;
  readonly change: Change;
  /** In order of precedence. */
  readonly catalogs: readonly Catalog[];
  /** By slug; see `descriptorsNeeded` for which, and at which spec. */
  readonly descriptors: ReadonlyMap<string, DescriptorReading>;
}

/**
 * What a change would do to the composition, and whether it may. Pure: equal inputs give equal plans, whatever the
 * order of their maps. A blocked plan still tells as much of its result as can be told.
 */
export function planComposition(input: PlanInput): Plan {
  const situation = situationOf(input);
  const wanted = wantModules(situation);
  const candidate = candidateOf(situation, wanted, input);
  const { order } = dependencyOrder(candidate.graph);
  const defaultEnabled = defaultEnabledAfter(candidate);
  const after = manifestAfter(candidate, defaultEnabled);
  const manifestHashBefore = manifestHash(input.manifest);
  const edits = editsBetween(input.manifest, after);
  const manifestHashAfter = edits.length === 0 ? manifestHashBefore : manifestHash(after);
  const composition = compose(candidate, order, manifestHashAfter, defaultEnabled);
  const identity = { schema: 1, change: input.change, manifestHashBefore, manifestHashAfter, order, delta: deltaOf(candidate, composition) } as const;
  return {
    ...identity,
    planHash: planHash(identity),
    alongInstalled: wanted.alongInstalled,
    alongUninstalled: wanted.alongUninstalled,
    blockers: unlessContradictory(wanted.blockers, () => blockersOf(candidate)),
    warnings: [...wanted.warnings, ...warningsOf(candidate), ...incompleteDefaults(candidate, defaultEnabled)],
    unverified: unverifiedSlugs(candidate),
    composition,
    manifestText: editManifest(input.manifestText, edits),
  };
}

/** A change that contradicts itself is not planned at all: further blockers would speak of something nobody asked for. */
function unlessContradictory(first: readonly Problem[], checks: () => readonly Problem[]): readonly Problem[] {
  return first.some((blocker) => blocker.code === "change_contradictory") ? first : [...first, ...checks()];
}

function manifestAfter({ situation: { manifest }, wanted, packageKind }: Candidate, defaultEnabled: readonly string[]): Manifest {
  const { packageKind: _, ...rest } = manifest;
  const modules = [...wanted.modules.values()];
  // Where nothing says which, the text's editor writes npm packages.
  const kind = modules.length === 0 ? {} : { packageKind: packageKind ?? "npm" };
  return { ...rest, ...kind, modules, settings: { ...manifest.settings, defaultEnabled } };
}

function deltaOf(candidate: Candidate, composition: Composition): ModulesDelta {
  const before = candidate.situation.manifest.modules.map((spec) => ({ slug: spec.slug, version: candidate.versionBefore(spec.slug), spec }));
  return modulesDelta(before, composition.modules);
}
