import type { Change, InstallRequest, UpgradeRequest } from "../composition/plan.ts";

/**
 * Two changes that wait as one: everything that either asks for, and of what they disagree about the later one's word.
 * `installed` are the slugs that the manifest has now. Undefined: they cannot be one change, because the earlier one says
 * exactly which modules there shall be.
 */
export function foldChanges(earlier: Change, later: Change, installed: ReadonlySet<string>): Change | undefined {
  if (later.modules !== undefined) return later;
  if (earlier.modules !== undefined) return undefined;
  const named = new Set([...later.install, ...later.upgrade].map(({ slug }) => slug).concat(later.uninstall));
  const kept = <T extends InstallRequest | UpgradeRequest>(requests: readonly T[]): readonly T[] => requests.filter(({ slug }) => !named.has(slug));
  const undone = new Set(earlier.install.map(({ slug }) => slug));
  return {
    install: [...kept(earlier.install), ...later.install],
    // What was only going to be installed is simply not installed.
    uninstall: [...earlier.uninstall.filter((slug) => !named.has(slug)), ...later.uninstall.filter((slug) => installed.has(slug) || !undone.has(slug))],
    upgrade: [...kept(earlier.upgrade), ...later.upgrade],
    cascade: earlier.cascade || later.cascade,
  };
}
