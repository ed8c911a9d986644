import { describe, expect, it } from "vitest";
import type { Manifest } from "../manifest/manifest.ts";
import type { DescriptorReading, Plan } from "./plan.ts";
import { catalogOf, codes, manifestOf, npmSpec, planOf, readingOf, readings } from "./plan.fixtures.ts";

const content = npmSpec("content");
const catalog = catalogOf(content, npmSpec("blog"), npmSpec("forum", { version: "^1.2.0" }));
const described = readings(
  readingOf("content"),
  readingOf("blog", { dependencies: { content: "^1.0.0" } }),
  readingOf("forum", { version: "1.2.3", dependencies: { content: ">=1.0, <2" } }),
);

/** The version that the plan writes for forum. */
const written = (plan: Plan): unknown => plan.composition.modules.find((module) => module.slug === "forum")?.spec.version;

/** An upgrade of the crate forum from 1.0.0, where the catalog offers 1.0 and the registry 1.1.0. */
const upgradeOfCrate = (version: string): Plan =>
  planOf({
    manifest: { ...manifestOf([npmSpec("forum", { source: "crates-io", version })]), packageKind: "cargo" },
    catalogs: [catalogOf(npmSpec("forum", { source: "crates-io", version: "1.0" }))],
    descriptors: readings({ ...readingOf("forum", { version: "1.1.0" }), resolvedVersion: "1.1.0" }),
    installedVersions: new Map([["forum", "1.0.0"]]),
    change: { upgrade: [{ slug: "forum" }] },
  });

describe("install", () => {
  it("takes the catalog's spec and puts the module behind what it needs", () => {
    const plan = planOf({ manifest: manifestOf([content]), catalogs: [catalog], descriptors: described, change: { install: [{ slug: "forum" }] } });
    expect(plan.blockers).toEqual([]);
    expect(plan.order).toEqual(["content", "forum"]);
    expect(plan.delta).toEqual({ added: [{ slug: "forum", version: "1.2.3" }], removed: [], changed: [] });
    expect(plan.composition.modules.at(-1)).toMatchObject({ slug: "forum", spec: { version: "^1.2.0" }, dependsOn: ["content"], kind: "optional" });
    expect(plan.manifestHashAfter).not.toBe(plan.manifestHashBefore);
  });

  it("takes the first catalog that has the slug", () => {
    const first = catalogOf(npmSpec("forum", { packageName: "@first/forum" }));
    const plan = planOf({ manifest: manifestOf([content]), catalogs: [first, catalog], descriptors: described, change: { install: [{ slug: "forum" }] } });
    expect(plan.composition.modules.find((module) => module.slug === "forum")?.spec.packageName).toBe("@first/forum");
  });

  it("lets the request override the catalog's version, or bring a spec of its own", () => {
    const versioned = planOf({ catalogs: [catalog], descriptors: described, change: { install: [{ slug: "content", version: "1.0.0" }] } });
    expect(versioned.composition.modules[0]?.spec.version).toBe("1.0.0");
    const own = planOf({ descriptors: readings(readingOf("mine")), change: { install: [{ slug: "mine", spec: npmSpec("mine", { source: "path", path: "modules/mine" }) }] } });
    expect(own.blockers).toEqual([]);
    expect(own.composition.modules[0]?.spec.path).toBe("modules/mine");
  });

  it("brings along what the module needs, transitively, and says so", () => {
    const descriptors = readings(readingOf("a", { dependencies: { b: "*" } }), readingOf("b"), readingOf("c"));
    const specs = [npmSpec("a"), npmSpec("b", { dependsOn: ["c"] }), npmSpec("c")];
    const plan = planOf({ catalogs: [catalogOf(...specs)], descriptors, change: { install: [{ slug: "a" }] } });
    expect(plan.alongInstalled).toEqual(["b", "c"]);
    expect(plan.order).toEqual(["c", "b", "a"]);
  });

  it("does nothing for what is installed, and warns", () => {
    const plan = planOf({ manifest: manifestOf([content]), catalogs: [catalog], descriptors: described, change: { install: [{ slug: "content" }, { slug: "content" }] } });
    expect(plan.delta).toEqual({ added: [], removed: [], changed: [] });
    expect(plan.manifestHashAfter).toBe(plan.manifestHashBefore);
    expect(codes(plan.warnings)).toEqual(["module_already_installed"]);
  });

  it("blocks an unknown slug and guesses what was meant", () => {
    const plan = planOf({ catalogs: [catalog], change: { install: [{ slug: "fourm" }] } });
    expect(codes(plan.blockers)).toEqual(["module_unknown"]);
    expect(plan.blockers[0]?.message).toContain("Did you mean `forum`?");
  });

  it("knows a package by its name, and says what the module is called", () => {
    const plan = planOf({ catalogs: [catalog], change: { install: [{ slug: "@test/forum" }] } });
    expect(plan.blockers.map(({ code, message }) => [code, message])).toEqual([["module_unknown", "No catalog has a module `@test/forum`. That is the package of `forum`: modules are named by their slugs."]]);
  });

  it("names all who need a module that no catalog has", () => {
    const descriptors = readings(readingOf("blog", { dependencies: { media: "*" } }), readingOf("forum", { dependencies: { media: "*" } }));
    const plan = planOf({ catalogs: [catalog], descriptors, change: { install: [{ slug: "blog" }, { slug: "forum" }] } });
    expect(codes(plan.blockers)).toEqual(["dependency_missing"]);
    expect(plan.blockers[0]?.message).toContain("`blog` and `forum` need `media`");
  });

  it("refuses a version for a source that has none", () => {
    const path = catalogOf(npmSpec("local", { source: "path", path: "modules/local" }));
    const plan = planOf({ catalogs: [path], change: { install: [{ slug: "local", version: "2" }] } });
    expect(codes(plan.blockers)).toEqual(["version_not_applicable"]);
  });

  it("enables by default only when asked, and then also what the module needs", () => {
    const facts = { catalogs: [catalog], descriptors: described };
    expect(planOf({ ...facts, change: { install: [{ slug: "forum" }] } }).composition.defaultEnabled).toEqual([]);
    expect(planOf({ ...facts, change: { install: [{ slug: "forum", enable: true }] } }).composition.defaultEnabled).toEqual(["content", "forum"]);
  });
});

describe("uninstall", () => {
  const both = manifestOf([content, npmSpec("blog"), npmSpec("forum")], ["content", "forum"]);

  it("takes the module out of the manifest and of default_enabled", () => {
    const plan = planOf({ manifest: both, descriptors: described, change: { uninstall: ["forum"] } });
    expect(plan.blockers).toEqual([]);
    expect(plan.order).toEqual(["content", "blog"]);
    expect(plan.composition.defaultEnabled).toEqual(["content"]);
    expect(plan.delta.removed).toEqual([{ slug: "forum", version: "1.2.3" }]);
  });

  it("is blocked by all who need the module", () => {
    const plan = planOf({ manifest: both, descriptors: described, change: { uninstall: ["content"] } });
    expect(codes(plan.blockers)).toEqual(["module_needed"]);
    expect(plan.blockers[0]?.message).toBe("`content` cannot be uninstalled: `blog` and `forum` need it");
  });

  it("takes them along when asked", () => {
    const plan = planOf({ manifest: both, descriptors: described, change: { uninstall: ["content"], cascade: true } });
    expect(plan.blockers).toEqual([]);
    expect(plan.alongUninstalled).toEqual(["blog", "forum"]);
    expect(plan.order).toEqual([]);
  });

  it("never removes a core module: not by name, not by cascade, not by a descriptor's word", () => {
    const manifest = manifestOf([content, npmSpec("blog", { required: true })]);
    expect(codes(planOf({ manifest, descriptors: described, change: { uninstall: ["blog"] } }).blockers)).toEqual(["core_module"]);
    const cascade = planOf({ manifest, descriptors: described, change: { uninstall: ["content"], cascade: true } });
    expect(codes(cascade.blockers)).toEqual(["module_needed"]);
    expect(cascade.blockers[0]?.hint).toContain("`blog` cannot be uninstalled");
    const descriptors = readings(readingOf("content", { kind: "core" }));
    expect(codes(planOf({ manifest: manifestOf([content]), descriptors, change: { uninstall: ["content"] } }).blockers)).toEqual(["core_module"]);
  });

  it("warns of a module that is gone already and blocks one that never was", () => {
    const plan = planOf({ manifest: manifestOf([content]), catalogs: [catalog], descriptors: described, change: { uninstall: ["forum", "contnet"] } });
    expect(codes(plan.warnings)).toEqual(["module_already_absent"]);
    expect(codes(plan.blockers)).toEqual(["module_not_installed"]);
    expect(plan.blockers[0]?.message).toContain("Did you mean `content`?");
  });

  it("does not take along what the same change installs", () => {
    const plan = planOf({ manifest: manifestOf([content]), catalogs: [catalog], descriptors: described, change: { install: [{ slug: "forum" }], uninstall: ["content"], cascade: true } });
    expect(codes(plan.blockers)).toEqual(["module_needed"]);
    expect(plan.blockers[0]?.hint).toContain("leave `forum` out");
  });
});

describe("upgrade", () => {
  const manifest = manifestOf([content, npmSpec("forum", { version: "^1.0.0", features: ["comments"] })]);

  it("takes the catalogs' newest and keeps everything else of the module", () => {
    const newer = catalogOf(npmSpec("forum", { version: "^2.0.0" }));
    const descriptors = readings(readingOf("content"), readingOf("forum", { version: "2.0.1" }));
    const plan = planOf({ manifest, catalogs: [catalog, newer], descriptors, change: { upgrade: [{ slug: "forum" }] } });
    expect(plan.composition.modules.find((module) => module.slug === "forum")?.spec).toMatchObject({ version: "^2.0.0", features: ["comments"] });
    expect(plan.delta.changed).toEqual([{ slug: "forum", from: "^1.0.0", to: "2.0.1" }]);
  });

  it("tells the exact version before, where the lockfile knows it", () => {
    const installedVersions = new Map([["forum", "1.0.7"]]);
    const plan = planOf({ manifest, descriptors: described, installedVersions, change: { upgrade: [{ slug: "forum", version: "^1.2.0" }] } });
    expect(plan.delta.changed).toEqual([{ slug: "forum", from: "1.0.7", to: "1.2.3" }]);
  });

  it("warns of a downgrade, and never makes one by itself", () => {
    const installedVersions = new Map([["forum", "1.5.0"]]);
    const named = planOf({ manifest, descriptors: described, installedVersions, change: { upgrade: [{ slug: "forum", version: "~1.2.0" }] } });
    expect(codes(named.warnings)).toEqual(["module_downgraded"]);
    const older = catalogOf(npmSpec("forum", { version: "^0.9.0" }));
    expect(codes(planOf({ manifest, catalogs: [older], descriptors: described, change: { upgrade: [{ slug: "forum" }] } }).warnings)).toEqual(["module_up_to_date"]);
  });

  describe("of what a registry has", () => {
    const pinned = manifestOf([content, npmSpec("forum", { version: "1.0.0" })]);
    const offers = [catalogOf(npmSpec("forum", { version: "^1.0.0" }))];
    const upgradeOf = (facts: { readonly manifest?: Manifest; readonly installed?: string; readonly newest: string; readonly version?: string }) =>
      planOf({
        manifest: facts.manifest ?? manifest,
        catalogs: offers,
        descriptors: readings(readingOf("content"), { ...readingOf("forum", { version: facts.newest }), resolvedVersion: facts.newest }),
        ...(facts.installed === undefined ? {} : { installedVersions: new Map([["forum", facts.installed]]) }),
        change: { upgrade: [{ slug: "forum", ...(facts.version === undefined ? {} : { version: facts.version }) }] },
      });

    it("raises the manifest's own range to the newest in it: the same range would keep what is installed", () => {
      const plan = upgradeOf({ installed: "1.0.0", newest: "1.1.0" });
      expect(written(plan)).toBe("^1.1.0");
      expect(plan.delta.changed).toEqual([{ slug: "forum", from: "1.0.0", to: "1.1.0" }]);
      expect(plan.manifestHashAfter).not.toBe(plan.manifestHashBefore);
    });

    it("leaves a module alone that has the newest, or a newer one", () => {
      for (const installed of ["1.1.0", "1.2.0"]) {
        const plan = upgradeOf({ installed, newest: "1.1.0" });
        expect(plan.warnings).toMatchObject([{ code: "module_up_to_date", message: expect.stringContaining(installed) as string }]);
        expect(plan.manifestHashAfter).toBe(plan.manifestHashBefore);
      }
    });

    it("moves a pinned version within what the catalog offers, and keeps it pinned", () => {
      expect(written(upgradeOf({ manifest: pinned, installed: "1.0.0", newest: "1.1.0" }))).toBe("1.1.0");
    });

    it("keeps a pinned crate pinned in cargo's way, for which a bare version is a range", () => {
      expect(written(upgradeOfCrate("=1.0.0"))).toBe("=1.1.0");
      expect(written(upgradeOfCrate("1.0"))).toBe("1.1.0");
    });

    it("gives a module of any version the newest", () => {
      const { version: _, ...any } = npmSpec("forum");
      expect(written(upgradeOf({ manifest: manifestOf([content, any]), installed: "1.0.0", newest: "2.0.0" }))).toBe("^2.0.0");
    });

    it("writes a version that is named as it is named, and raises a range that is named", () => {
      expect(written(upgradeOf({ installed: "1.0.0", newest: "2.0.0", version: "2.0.0" }))).toBe("2.0.0");
      expect(written(upgradeOf({ installed: "1.0.0", newest: "1.1.0", version: "1" }))).toBe("^1.1.0");
      expect(written(upgradeOf({ installed: "1.1.0", newest: "1.1.0", version: "~1.1.0" }))).toBe("~1.1.0");
    });

    it("needs no catalog, but an answer of the registry", () => {
      const known = readings(readingOf("content"), { ...readingOf("forum", { version: "1.1.0" }), resolvedVersion: "1.1.0" });
      expect(written(planOf({ manifest, descriptors: known, change: { upgrade: [{ slug: "forum" }] } }))).toBe("^1.1.0");
      const unread = new Map([...known, ["forum", { ...readingOf("forum"), verified: false }]]);
      expect(codes(planOf({ manifest, catalogs: offers, descriptors: unread, change: { upgrade: [{ slug: "forum" }] } }).blockers)).toEqual(["upgrade_unknown"]);
    });
  });

  it("blocks what is not installed and what nobody offers", () => {
    const plan = planOf({ manifest, descriptors: described, change: { upgrade: [{ slug: "forums" }, { slug: "content" }] } });
    expect(codes(plan.blockers)).toEqual(["module_not_installed", "upgrade_unknown"]);
  });

  it("moves a git module to the revision named", () => {
    const git = manifestOf([content, npmSpec("forum", { source: "git", git: "https://git.test/forum.git", rev: "v1" })]);
    const plan = planOf({ manifest: git, descriptors: described, change: { upgrade: [{ slug: "forum", rev: "v2" }] } });
    expect(plan.delta.changed).toEqual([{ slug: "forum", from: "v1", to: "1.2.3" }]);
    // By `forum@v2`, as people name it.
    expect(planOf({ manifest: git, descriptors: described, change: { upgrade: [{ slug: "forum", version: "v2" }] } }).manifestText).toBe(plan.manifestText);
    const { version: _, ...offered } = npmSpec("forum", { source: "git", git: "https://git.test/forum.git", rev: "v1" });
    const installed = planOf({ manifest: manifestOf([content]), catalogs: [catalogOf(offered)], descriptors: described, change: { install: [{ slug: "forum", version: "v2" }] } });
    expect(installed.manifestText).toContain('rev = "v2"');
  });

  it("does not take a git module back to a catalog's older revision by itself", () => {
    const address = "https://git.test/forum.git";
    const { version: _, ...forum } = npmSpec("forum", { source: "git", git: address, rev: "v2" });
    const facts = {
      manifest: manifestOf([content, forum]),
      catalogs: [catalogOf({ ...forum, rev: "v1" })],
      descriptors: readings(readingOf("content"), { ...readingOf("forum"), resolvedVersion: "1.0.0" }),
      installedVersions: new Map([["forum", "2.0.0"]]),
    };
    expect(codes(planOf({ ...facts, change: { upgrade: [{ slug: "forum" }] } }).warnings)).toEqual(["module_up_to_date"]);
    expect(planOf({ ...facts, change: { upgrade: [{ slug: "forum", rev: "v1" }] } }).delta.changed).toEqual([{ slug: "forum", from: "2.0.0", to: "1.0.0" }]);
  });
});

describe("exactly these modules", () => {
  it("adds, removes and changes what differs", () => {
    const manifest = manifestOf([content, npmSpec("blog")], ["blog", "content"]);
    const plan = planOf({ manifest, descriptors: described, change: { modules: [npmSpec("forum"), npmSpec("content", { features: ["x"] })] } });
    expect(plan.blockers).toEqual([]);
    expect(plan.delta).toEqual({
      added: [{ slug: "forum", version: "1.2.3" }],
      removed: [{ slug: "blog", version: "1.0.0" }],
      changed: [{ slug: "content", from: "^1.0.0", to: "1.0.0", keys: ["features"] }],
    });
    expect(plan.composition.defaultEnabled).toEqual(["content"]);
  });

  it("keeps what the manifest states of a module, and its core modules", () => {
    const manifest = manifestOf([npmSpec("content", { required: true }), npmSpec("forum", { dependsOn: ["content"] })]);
    const kept = planOf({ manifest, descriptors: described, change: { modules: [npmSpec("forum"), npmSpec("content")] } });
    expect(kept.delta).toEqual({ added: [], removed: [], changed: [] });
    const without = planOf({ manifest, descriptors: described, change: { modules: [npmSpec("forum")] } });
    expect(codes(without.blockers)).toEqual(["core_module"]);
    expect(without.delta.removed).toEqual([]);
  });

  it("brings nothing along: a dependency that is left out blocks", () => {
    const plan = planOf({ manifest: manifestOf([content]), catalogs: [catalog], descriptors: described, change: { modules: [npmSpec("blog")] } });
    expect(codes(plan.blockers)).toEqual(["dependency_missing"]);
    expect(plan.alongInstalled).toEqual([]);
  });
});

describe("what does not fit together", () => {
  const two = [npmSpec("a"), npmSpec("b")];
  const planned = (...list: readonly DescriptorReading[]) => planOf({ manifest: manifestOf(two), descriptors: readings(...list), hostVersion: "1.0.0" });

  it("names a circle in full", () => {
    const plan = planned(readingOf("a", { dependencies: { b: "*" } }), readingOf("b", { dependencies: { a: "*" } }));
    expect(plan.blockers.map((one) => one.message)).toEqual(["Modules depend on each other in a circle: a → b → a"]);
  });

  it("checks version ranges against the versions that would be there", () => {
    const plan = planned(readingOf("a", { dependencies: { b: "^2.0.0" } }), readingOf("b", { version: "1.4.0" }));
    expect(plan.blockers.map((one) => one.message)).toEqual(["`a` needs `b` ^2.0.0, but it would be 1.4.0"]);
  });

  it("tells of a conflict once, though both sides state it", () => {
    const plan = planned(readingOf("a", { conflicts: { b: "*" } }), readingOf("b", { conflicts: { a: "<2" } }));
    expect(codes(plan.blockers)).toEqual(["modules_conflict"]);
    expect(codes(planned(readingOf("a", { conflicts: { b: "<1" } }), readingOf("b")).blockers)).toEqual([]);
  });

  it("checks the host's version, in the seeds' way of writing too", () => {
    const plan = planned(readingOf("a", { compat: { server: ">=0.1,<0.2" } }), readingOf("b", { compat: { server: "^1" } }));
    expect(codes(plan.blockers)).toEqual(["host_incompatible"]);
    const unknown = planOf({ manifest: manifestOf(two), descriptors: readings(readingOf("a", { compat: { server: "^9" } }), readingOf("b")) });
    expect(codes(unknown.blockers)).toEqual([]);
    expect(codes(unknown.warnings)).toEqual(["host_version_unknown"]);
  });

  it("refuses one package under two slugs, and crates among npm packages", () => {
    const shared = planOf({ manifest: manifestOf([npmSpec("a"), npmSpec("b", { packageName: "@test/a" })]), descriptors: readings(readingOf("a"), readingOf("b")) });
    expect(codes(shared.blockers)).toEqual(["package_taken"]);
    const mixed = planOf({ manifest: manifestOf([npmSpec("a")]), descriptors: readings(readingOf("a"), readingOf("b")), change: { install: [{ slug: "b", spec: npmSpec("b", { source: "crates-io" }) }] } });
    expect(codes(mixed.blockers)).toEqual(["package_kind_mixed"]);
  });

  it("refuses crates in an npm host whose manifest is still empty", () => {
    const change = { install: [{ slug: "b", spec: npmSpec("b", { source: "crates-io" }) }] };
    expect(codes(planOf({ toolchain: "npm", descriptors: readings(readingOf("b")), change }).blockers)).toEqual(["package_kind_mixed"]);
  });

  it("refuses a descriptor that names another slug", () => {
    const plan = planOf({ manifest: manifestOf([npmSpec("a")]), descriptors: new Map([["a", readingOf("other")]]) });
    expect(codes(plan.blockers)).toEqual(["descriptor_mismatch"]);
  });

  it("does not plan a change that contradicts itself", () => {
    const plan = planOf({ manifest: manifestOf(two), change: { install: [{ slug: "c" }], uninstall: ["c", "a"], upgrade: [{ slug: "a" }] } });
    expect(plan.blockers.map((one) => one.message)).toEqual(["`a` is to be both uninstalled and upgraded", "`c` is to be both installed and uninstalled"]);
    expect(plan.manifestHashAfter).toBe(plan.manifestHashBefore);
    const twice = planOf({ catalogs: [catalog], change: { install: [{ slug: "forum", version: "1" }, { slug: "forum" }] } });
    expect(codes(twice.blockers)).toEqual(["change_contradictory"]);
    const exact = planOf({ change: { modules: [], uninstall: ["a"] } });
    expect(codes(exact.blockers)).toEqual(["change_contradictory"]);
  });
});

describe("what a plan warns of", () => {
  it("says which descriptors could not be read", () => {
    const plan = planOf({ catalogs: [catalog], change: { install: [{ slug: "forum" }] } });
    expect(plan.unverified).toEqual(["forum"]);
    expect(codes(plan.warnings)).toEqual(["descriptor_unverified"]);
    expect(plan.delta.added).toEqual([{ slug: "forum", version: "^1.2.0" }]);
  });

  it("says when there is no way back, for what the change touches only", () => {
    const descriptors = readings(readingOf("content", { migrations: { policy: "irreversible" } }), readingOf("forum", { migrations: { policy: "irreversible" } }));
    const plan = planOf({ manifest: manifestOf([content]), catalogs: [catalog], descriptors, change: { install: [{ slug: "forum" }] } });
    expect(plan.warnings.map((one) => [one.code, one.module])).toEqual([["migration_irreversible", "forum"]]);
  });

  it("says of what comes from elsewhere without a descriptor that nothing calls it a module; what lies in the host's tree its people know", () => {
    const nameless = ["content", "forum", "blog"].map((slug) => ({ ...readingOf(slug), described: false }));
    const install = [{ slug: "forum", spec: npmSpec("forum") }, { slug: "blog", spec: npmSpec("blog", { source: "path", path: "modules/blog" }) }];
    const plan = planOf({ manifest: manifestOf([npmSpec("content")]), descriptors: readings(...nameless), change: { install } });
    expect(plan.warnings.map((one) => [one.code, one.module])).toEqual([["module_undescribed", "forum"]]);
  });

  it("closes default_enabled over what a change newly makes necessary, and only warns of older gaps", () => {
    const manifest = manifestOf([npmSpec("blog", { version: "^0.9.0" })], ["blog"]);
    const upgraded = planOf({ manifest, catalogs: [catalog], descriptors: described, change: { upgrade: [{ slug: "blog" }] } });
    expect(upgraded.alongInstalled).toEqual(["content"]);
    expect(upgraded.composition.defaultEnabled).toEqual(["blog", "content"]);
    const old = planOf({ manifest: manifestOf([content, npmSpec("blog")], ["blog"]), descriptors: described });
    expect(codes(old.warnings)).toEqual(["default_enabled_incomplete"]);
    expect(old.composition.defaultEnabled).toEqual(["blog"]);
  });
});
