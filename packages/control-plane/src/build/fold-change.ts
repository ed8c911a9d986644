import { slugsNamed, withoutModules } from "../composition/change.ts";
import type { Change } from "../composition/plan.ts";

/**
 * Two changes that wait as one: everything that either asks for, and of what they disagree about the later one's word.
 * `installed` are the slugs that the manifest has now. Undefined: they cannot be one change, because the earlier one says
 * exactly which modules there shall be.
 */
export function foldChanges(earlier: Change, later: Change, installed: ReadonlySet<string>): Change | undefined {
  if (later.modules !== undefined) return later;
  if (earlier.modules !== undefined) return undefined;
  const kept = withoutModules(earlier, new Set(slugsNamed(later)));
  const undone = new Set(earlier.install.map(({ slug }) => slug));
  return {
    install: [...kept.install, ...later.install],
    // What was only going to be installed is simply not installed.
    uninstall: [...kept.uninstall, ...later.uninstall.filter((slug) => installed.has(slug) || !undone.has(slug))],
    upgrade: [...kept.upgrade, ...later.upgrade],
    cascade: earlier.cascade || later.cascade,
  };
}
