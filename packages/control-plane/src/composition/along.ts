import type { ModuleSpec } from "../manifest/manifest.ts";
import { dependenciesOf } from "./dependencies.ts";
import type { Situation } from "./situation.ts";

/**
 * What the changed modules need and the manifest does not have, taken from the catalogs, and what those need in turn.
 * What no catalog has is left out; the checks name it. Modules that the change does not touch bring nothing along:
 * a rebuild must not install.
 */
export function addAlong(situation: Situation, changed: ReadonlyMap<string, ModuleSpec>): ReadonlyMap<string, ModuleSpec> {
  const along = new Map<string, ModuleSpec>();
  const waiting = [...changed.values()];
  for (let spec = waiting.pop(); spec !== undefined; spec = waiting.pop()) {
    for (const slug of dependenciesOf(spec, situation.descriptors.get(spec.slug))) {
      if (situation.current.has(slug) || changed.has(slug) || along.has(slug)) continue;
      const offered = situation.catalog.get(slug)?.[0].spec;
      if (offered === undefined) continue;
      along.set(slug, offered);
      waiting.push(offered);
    }
  }
  return along;
}
