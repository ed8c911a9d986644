import type { ManifestEdit } from "../manifest/edit/edit-manifest.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { isSameSpec } from "./spec.ts";

/** The edits that make one manifest's text the other's: what goes, what changes, what comes, what is enabled. */
export function editsBetween(before: Manifest, after: Manifest): ManifestEdit[] {
  const old = new Map(before.modules.map((spec) => [spec.slug, spec]));
  const fresh = new Set(after.modules.map((spec) => spec.slug));
  const removed = before.modules.filter((spec) => !fresh.has(spec.slug)).map(({ slug }): ManifestEdit => ({ kind: "remove", slug }));
  const others = after.modules.flatMap((spec): ManifestEdit[] => {
    const was = old.get(spec.slug);
    if (was === undefined) return [{ kind: "add", spec, ...(after.packageKind === undefined ? {} : { packageKind: after.packageKind }) }];
    return isSameSpec(was, spec) ? [] : [{ kind: "change", spec }];
  });
  return [...removed, ...others, ...defaultsBetween(before, after, fresh)];
}

/** Removing a module already takes it out of `default_enabled`. */
function defaultsBetween(before: Manifest, after: Manifest, present: ReadonlySet<string>): ManifestEdit[] {
  const wanted = after.settings.defaultEnabled;
  const left = before.settings.defaultEnabled.filter((slug) => present.has(slug));
  const isLeft = wanted.length === left.length && wanted.every((slug, index) => slug === left[index]);
  return isLeft ? [] : [{ kind: "default_enabled", slugs: wanted }];
}
