import { describe, expect, it } from "vitest";
import { changeOf, npmSpec } from "../composition/plan.fixtures.ts";
import type { ComposedModule } from "../composition/composition.ts";
import { problem } from "../errors/problem.ts";
import { restOf } from "./rest.ts";

const composed = (slug: string, ...dependsOn: string[]): ComposedModule => ({ slug, name: slug, spec: npmSpec(slug), version: "1.0.0", kind: "optional", dependsOn, migrationPolicy: "expand" });
const added = (...slugs: string[]) => ({ added: slugs.map((slug) => ({ slug, version: "1.0.0" })), removed: [], changed: [] });
const failure = (...guilty: (string | undefined)[]) => ({
  problems: guilty.map((module) => problem("compile_failed", "wrong", module === undefined ? {} : { module })),
  step: "compile", excerpt: [], deterministic: true,
});
const composition = { app: "test", manifestHash: "", defaultEnabled: [], modules: [composed("content"), composed("blog", "content"), composed("forum"), composed("polls", "forum")] };
const installs = (...slugs: string[]) => slugs.map((slug) => ({ slug }));

describe("the rest of a failed change", () => {
  it("leaves out the module that the problems name, and nothing else", () => {
    const change = changeOf({ install: [{ slug: "blog", version: "^1.0.0" }, { slug: "forum" }], uninstall: ["pages"] });
    const rest = restOf({ change, error: failure("forum", "forum"), modulesDelta: added("blog", "forum"), composition });
    expect(rest).toEqual({ without: ["forum"], change: changeOf({ install: [{ slug: "blog", version: "^1.0.0" }], uninstall: ["pages"] }) });
  });

  it("leaves out with it what needs it, at any distance, also where it only came along", () => {
    const change = changeOf({ install: installs("polls", "blog") });
    expect(restOf({ change, error: failure("forum"), modulesDelta: added("forum", "polls", "blog"), composition })).toEqual({ without: ["polls"], change: changeOf({ install: installs("blog") }) });
  });

  it("takes an upgrade as it takes an install", () => {
    const modulesDelta = { added: [], removed: [], changed: [{ slug: "blog", from: "1.0.0", to: "2.0.0" }, { slug: "forum", from: "v1", to: "v2" }] };
    const change = changeOf({ upgrade: [{ slug: "blog" }, { slug: "forum", rev: "v2" }] });
    expect(restOf({ change, error: failure("blog"), modulesDelta, composition })).toEqual({ without: ["blog"], change: changeOf({ upgrade: [{ slug: "forum", rev: "v2" }] }) });
  });

  it.each([
    { why: "nobody is named", change: { install: installs("blog", "forum") }, error: failure(undefined) },
    { why: "the one that is named was there before", change: { install: installs("blog", "forum") }, error: failure("content") },
    { why: "nothing is left", change: { install: installs("blog", "forum") }, error: failure("blog", "forum") },
    { why: "there was one module only", change: { install: installs("blog") }, error: failure("blog") },
    { why: "it did not fail", change: { install: installs("blog", "forum") }, error: null },
    { why: "exactly these modules were wanted", change: { modules: [npmSpec("blog"), npmSpec("forum")] }, error: failure("blog") },
  ])("is none where $why", ({ change, error }) => {
    expect(restOf({ change: changeOf(change), error, modulesDelta: added("blog", "forum"), composition })).toBeUndefined();
  });
});
