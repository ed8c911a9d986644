import { problem, type Problem } from "../errors/problem.ts";
import type { Candidate } from "./candidate.ts";
import { isCore } from "./dependencies.ts";
import { listed } from "./situation.ts";
import { sortedUnique } from "./text-order.ts";

/**
 * `default_enabled` after the change, in the manifest's order with additions behind, sorted.
 * Uninstalled modules leave it; installed ones enter it only when the request says so; and what an enabled module
 * newly needs because of this change enters with it. Core modules need no entry: they are always on.
 */
export function defaultEnabledAfter(candidate: Candidate): readonly string[] {
  const { manifest, change } = candidate.situation;
  const { modules, removed } = candidate.wanted;
  const kept = manifest.settings.defaultEnabled.filter((slug) => !removed.has(slug));
  const asked = change.install.filter((request) => request.enable === true && modules.has(request.slug)).map((request) => request.slug);
  const listedNow = new Set([...kept, ...asked]);
  const needed = neededBy(candidate, asked, () => true).concat(neededBy(candidate, kept, (slug) => candidate.wanted.touched.has(slug)));
  const added = sortedUnique([...asked, ...needed]).filter((slug) => !kept.includes(slug) && (asked.includes(slug) || !listedNow.has(slug)));
  return [...kept, ...added];
}

/** What these modules need, by however many steps, and is not core. Only steps out of a module that `follows` are taken. */
function neededBy(candidate: Candidate, slugs: readonly string[], follows: (slug: string) => boolean): string[] {
  const seen = new Set<string>();
  const waiting = [...slugs];
  for (let slug = waiting.pop(); slug !== undefined; slug = waiting.pop()) {
    if (!follows(slug)) continue;
    for (const dependency of candidate.graph.get(slug) ?? []) {
      if (seen.has(dependency) || !candidate.wanted.modules.has(dependency)) continue;
      seen.add(dependency);
      waiting.push(dependency);
    }
  }
  return [...seen].filter((slug) => !isCoreWanted(candidate, slug));
}

function isCoreWanted(candidate: Candidate, slug: string): boolean {
  const spec = candidate.wanted.modules.get(slug);
  return spec !== undefined && isCore(spec, candidate.reading(slug));
}

/** Default modules whose dependencies a new tenant would not have: the manifest's own state, not made by this change. */
export function incompleteDefaults(candidate: Candidate, defaultEnabled: readonly string[]): Problem[] {
  const enabled = new Set(defaultEnabled);
  return sortedUnique(enabled).flatMap((slug) => {
    const missing = (candidate.graph.get(slug) ?? []).filter((dependency) => !enabled.has(dependency) && candidate.wanted.modules.has(dependency) && !isCoreWanted(candidate, dependency));
    if (missing.length === 0) return [];
    return [problem("default_enabled_incomplete", `\`${slug}\` is in default_enabled, but ${listed(missing)}, which it needs, ${missing.length === 1 ? "is" : "are"} not`, { module: slug, path: "settings.default_enabled" })];
  });
}
