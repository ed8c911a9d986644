import { slugsNamed, withoutModules } from "../composition/change.ts";
import type { ComposedModule } from "../composition/composition.ts";
import type { Change } from "../composition/plan.ts";
import type { Build } from "./store.ts";

/** What is left of a change without the modules that a build of it failed by. */
interface Rest {
  /** Slugs that are left out, in the change's order. */
  readonly without: readonly string[];
  readonly change: Change;
}

/**
 * The rest of a failed build's change: without the modules that its problems name, and without those that need them. Undefined where
 * the change brought none of them, where nothing is left, or where it says exactly which modules are wanted: there to leave one out is
 * to uninstall it.
 */
export function restOf({ change, error, modulesDelta, composition }: Pick<Build, "change" | "error" | "modulesDelta" | "composition">): Rest | undefined {
  if (error === null || change.modules !== undefined) return undefined;
  const brought = new Set([...modulesDelta.added, ...modulesDelta.changed].map(({ slug }) => slug));
  const guilty = error.problems.flatMap(({ module }) => (module !== undefined && brought.has(module) ? [module] : []));
  const left = withDependents(guilty, composition?.modules ?? []);
  const without = slugsNamed(change).filter((slug) => left.has(slug));
  const rest = withoutModules(change, new Set(without));
  return without.length === 0 || slugsNamed(rest).length === 0 ? undefined : { without, change: rest };
}

/** The modules and whatever needs them. `modules` stand in the order of their dependencies. */
function withDependents(slugs: readonly string[], modules: readonly ComposedModule[]): ReadonlySet<string> {
  const found = new Set(slugs);
  for (const { slug, dependsOn } of modules) if (dependsOn.some((each) => found.has(each))) found.add(slug);
  return found;
}
