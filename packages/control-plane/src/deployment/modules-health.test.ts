import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareModules, type ModulesHealth } from "./modules-health.ts";

const report = (modules: readonly { slug: string; version: string; message?: string }[], more: Partial<ModulesHealth> = {}): ModulesHealth => ({
  status: "ok",
  build_id: "bld_1",
  release_id: "rel_1",
  modules: modules.map(({ slug, version, message }) => ({
    slug, name: slug, version, kind: "optional", dependencies: [], status: message === undefined ? "ok" : "unwell", ...(message === undefined ? {} : { message }),
  })),
  ...more,
});
const expected = { buildId: "bld_1", releaseId: "rel_1", modules: [{ slug: "blog", version: "1.0.0" }, { slug: "content", version: "2.0.0" }] };

describe("compareModules", () => {
  test("names every difference with its module", () => {
    const problems = compareModules(expected, report([{ slug: "content", version: "2.0.1", message: "no index" }, { slug: "forum", version: "1.0.0" }]));
    expect(problems.map((each) => [each.module, each.message])).toEqual([
      ["blog", 'module "blog" 1.0.0 is missing from the running application'],
      ["content", 'module "content" runs in version 2.0.1, not 2.0.0'],
      ["content", 'module "content" is unwell: no index'],
      ["forum", 'module "forum" 1.0.0 runs, but is not in the composition'],
    ]);
  });

  test("another build, another release and a module twice are differences", () => {
    const twice = [...expected.modules, { slug: "blog", version: "1.0.0" }];
    const problems = compareModules(expected, report(twice, { build_id: "bld_0", release_id: "rel_0" }));
    expect(problems.map((each) => each.message)).toEqual([
      "the application says it is build bld_0, not bld_1",
      "the application says it is release rel_0, not rel_1",
      'module "blog" is registered more than once',
    ]);
  });

  test("an application that does not know its release is not blamed for it", () => {
    expect(compareModules(expected, report(expected.modules, { release_id: null }))).toEqual([]);
  });

  const slugs = fc.uniqueArray(fc.record({ slug: fc.stringMatching(/^[a-z]{1,4}$/), version: fc.constantFrom("1.0.0", "1.0.1") }), { selector: (each) => each.slug });
  test("there is no problem exactly when both sides are the same set", () => {
    fc.assert(
      fc.property(slugs, slugs, (wanted, running) => {
        const key = (list: typeof wanted): string => JSON.stringify(list.map((each) => `${each.slug} ${each.version}`).toSorted());
        expect(compareModules({ buildId: "bld_1", modules: wanted }, report(wanted.toReversed()))).toEqual([]);
        expect(compareModules({ buildId: "bld_1", modules: wanted }, report(running)).length === 0).toBe(key(wanted) === key(running));
      }),
    );
  });
});
