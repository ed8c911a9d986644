import { describe, expect, it } from "vitest";
import { composeResolved } from "./compose.ts";
import { assertPlanFree, assertPlanFresh } from "./plan-hash.ts";
import { catalogOf, manifestOf, npmSpec, planOf, readingOf, readings } from "./plan.fixtures.ts";

const facts = { catalogs: [catalogOf(npmSpec("forum"))], descriptors: readings(readingOf("forum")), change: { install: [{ slug: "forum" }] } };

describe("a plan's hash", () => {
  it("is 64 hexadecimal digits and the same for the same plan", () => {
    expect(planOf(facts).planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(planOf(facts).planHash).toBe(planOf(facts).planHash);
  });

  it.each([
    ["the manifest", { manifest: manifestOf([npmSpec("content")]) }],
    ["the change", { change: { install: [{ slug: "forum", version: "1.0.0" }] } }],
    ["what it comes to", { descriptors: readings(readingOf("forum", { version: "1.0.1" })) }],
  ])("changes with %s, and the confirmed one is then refused as stale", (_what, other) => {
    const confirmed = planOf(facts).planHash;
    const now = planOf({ ...facts, ...other });
    expect(() => assertPlanFresh(now, confirmed)).toThrow(expect.objectContaining({ code: "plan_stale" }));
    expect(() => assertPlanFresh(planOf(facts), confirmed)).not.toThrow();
  });

  it("does not let a blocked plan pass", () => {
    const blocked = planOf({ change: { install: [{ slug: "nowhere" }] } });
    expect(() => assertPlanFree(blocked)).toThrow(expect.objectContaining({ code: "plan_blocked" }));
    expect(() => assertPlanFree(planOf(facts))).not.toThrow();
  });
});

describe("composeResolved", () => {
  const { composition } = planOf(facts);

  it("puts exact versions and integrity into the composition", () => {
    const resolved = composeResolved(composition, [{ slug: "forum", version: "1.0.9", integrity: "sha512-abc" }]);
    expect(resolved.modules[0]).toMatchObject({ slug: "forum", version: "1.0.9", integrity: "sha512-abc" });
  });

  it("refuses a resolution that leaves a module out", () => {
    expect(() => composeResolved(composition, [])).toThrow(expect.objectContaining({ code: "resolution_incomplete" }));
  });
});
