import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerRange } from "./versions.ts";
import type { DescriptorReading, Plan } from "./plan.ts";
import { catalogOf, manifestOf, npmSpec, planOf, readingOf, textOf } from "./plan.fixtures.ts";
import { unwrap } from "../errors/problem.ts";
import { manifestHash } from "../manifest/canonical.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { parseManifest } from "../manifest/parse-manifest.ts";

const slugs = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;

/** A small world: which modules need which (circles allowed), which are installed, which the catalog has. */
interface World {
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly installed: readonly string[];
  readonly offered: readonly string[];
  readonly enabled: readonly string[];
}

const subset = fc.subarray([...slugs]);
const world: fc.Arbitrary<World> = fc
  .record({
    needs: fc.record(Object.fromEntries(slugs.map((slug) => [slug, fc.subarray([...slugs], { maxLength: 3 })]))),
    versions: fc.record(Object.fromEntries(slugs.map((slug) => [slug, fc.constantFrom("1.0.0", "1.5.0", "2.0.0")]))),
    installed: subset,
    offered: subset,
    enabled: subset,
    acyclic: fc.boolean(),
  })
  .map(({ acyclic, needs, enabled, ...rest }) => ({
    ...rest,
    needs: acyclic ? Object.fromEntries(Object.entries(needs).map(([slug, list]) => [slug, list.filter((one) => one < slug)])) : needs,
    enabled: enabled.filter((slug) => rest.installed.includes(slug)),
  }));

const specOf = (slug: string): ModuleSpec => npmSpec(slug, { dependsOn: [] });

function descriptorsOf({ needs, versions }: World, order: readonly string[] = slugs): ReadonlyMap<string, DescriptorReading> {
  return new Map(
    order.map((slug) => {
      const dependencies = Object.fromEntries((needs[slug] ?? []).map((one) => [one, "^1.0.0"]));
      return [slug, readingOf(slug, { version: versions[slug] ?? "1.0.0", dependencies })];
    }),
  );
}

function planIn(one: World, change: NonNullable<Parameters<typeof planOf>[0]["change"]>, facts: Parameters<typeof planOf>[0] = {}): Plan {
  return planOf({ manifest: manifestOf(one.installed.map(specOf), one.enabled), catalogs: [catalogOf(...one.offered.map(specOf))], descriptors: descriptorsOf(one), ...facts, change });
}

const change = fc.record({ install: subset.map((list) => list.map((slug) => ({ slug }))), uninstall: subset, cascade: fc.boolean() });

describe("every plan", () => {
  it("without blockers has all dependencies, in versions that fit, before their dependents", () => {
    let free = 0;
    fc.assert(
      fc.property(world, change, (one, asked) => {
        const plan = planIn(one, asked);
        if (plan.blockers.length > 0) return;
        free++;
        for (const [index, slug] of plan.order.entries()) {
          for (const needed of one.needs[slug] ?? []) {
            expect(plan.order.indexOf(needed)).toBeGreaterThanOrEqual(0);
            expect(plan.order.indexOf(needed)).toBeLessThan(index);
            expect(answerRange(one.versions[needed] ?? "", "^1.0.0")).toBe("inside");
          }
        }
      }),
      { numRuns: 2000 },
    );
    expect(free).toBeGreaterThan(50);
  });

  it("is the same whatever the order of catalogs' entries, descriptors and requests", () => {
    fc.assert(
      fc.property(world, change, fc.shuffledSubarray([...slugs], { minLength: slugs.length }), (one, asked, shuffled) => {
        const inOrder = (list: readonly string[]): string[] => shuffled.filter((slug) => list.includes(slug));
        const again = planIn(one, asked, {
          catalogs: [catalogOf(...inOrder(one.offered).map(specOf))],
          descriptors: descriptorsOf(one, shuffled),
        });
        expect(again).toEqual(planIn(one, asked));
      }),
    );
  });

  it("of an install is undone by the plan of the uninstall", () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...slugs), fc.boolean(), (one, slug, enable) => {
        const there = planIn(one, { install: [{ slug, enable }] });
        // A manifest that lacks what it needs is mended by the install; only a whole one is given back.
        fc.pre(planIn(one, {}).blockers.length === 0 && there.blockers.length === 0 && there.delta.added.length > 0);
        const manifest = manifestOf(there.composition.modules.map((module) => module.spec), there.composition.defaultEnabled);
        const back = planIn(one, { uninstall: [slug, ...there.alongInstalled] }, { manifest, manifestText: there.manifestText });
        expect(back.blockers).toEqual([]);
        // What an install enables beyond the new modules stays enabled: it was a wish of its own.
        if (!enable) expect(back.manifestHashAfter).toBe(there.manifestHashBefore);
        if (!enable) expect(back.manifestText).toBe(textOf(manifestOf(one.installed.map(specOf), one.enabled)));
        expect(back.order.toSorted()).toEqual(one.installed.toSorted());
      }),
    );
  });

  it("has a text that parses to exactly the manifest that it promises", () => {
    fc.assert(
      fc.property(world, change, (one, asked) => {
        const plan = planIn(one, asked);
        expect(manifestHash(unwrap(parseManifest(plan.manifestText, "modules.toml")))).toBe(plan.manifestHashAfter);
      }),
    );
  });

  it("of no change changes nothing, whatever the state of the manifest", () => {
    fc.assert(
      fc.property(world, (one) => {
        const plan = planIn(one, {});
        expect(plan.delta).toEqual({ added: [], removed: [], changed: [] });
        expect(plan.manifestHashAfter).toBe(plan.manifestHashBefore);
      }),
    );
  });

  it("orders every module of the manifest exactly once, circles or not", () => {
    fc.assert(
      fc.property(world, (one) => {
        expect(planIn(one, {}).order.toSorted()).toEqual(one.installed.toSorted());
      }),
    );
  });
});
