import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Budget, BuildFact, KeptItem, ReleaseFact, RetentionFacts } from "./facts.ts";
import { planRetention, serverLogBytes } from "./plan-retention.ts";
import { protection } from "./protect.ts";

const now = new Date("2026-11-22T12:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 3600 * 1000);
const budget: Budget = { days: 30, bytes: 1_000, releases: 2 };

function artifact(digest: string, days: number, bytes = 100): KeptItem {
  return { kind: "artifact", name: `artifacts/${digest}`, digest, bytes, usedAt: daysAgo(days) };
}

function unpacked(environment: string, digest: string, days: number): KeptItem {
  return { kind: "unpacked", name: `environments/${environment}/prepared/${digest}`, environment, digest, bytes: 100, usedAt: daysAgo(days) };
}

function release(id: string, values: Partial<ReleaseFact> = {}): ReleaseFact {
  return { id, environment: "prod", status: "superseded", digest: id, buildId: `bld_${id}`, isPredecessor: false, isInFlight: false, isRunning: false, ...values };
}

function namesOf(facts: Partial<RetentionFacts>, options: { readonly budget?: Budget; readonly room?: number } = {}): readonly string[] {
  return planRetention({ now, items: [], releases: [], builds: [], ...facts }, options.budget ?? budget, options.room).map(({ name }) => name);
}

describe("what stays however old it is", () => {
  const cases: readonly (readonly [string, Partial<RetentionFacts>])[] = [
    ["the active release", { releases: [release("a", { status: "active" })] }],
    ["what the environment goes back to", { releases: [release("a", { isPredecessor: true })] }],
    ["the last releases that ran", { releases: [release("a", { ranSince: 1 })] }],
    ["a release that a deployment is about", { releases: [release("a", { status: "failed", isInFlight: true })] }],
    ["a release that waits", { releases: [release("a", { status: "pending" })] }],
    ["a release whose processes run", { releases: [release("a", { status: "failed", isRunning: true })] }],
    ["the artifact of a build under way", { builds: [{ id: "bld_1", digest: "a", need: "in_flight" }] }],
    ["the newest successful build of a branch", { builds: [{ id: "bld_1", digest: "a", need: "newest_of_branch" }] }],
    ["an artifact that another environment needs", { releases: [release("r1", { digest: "a", ranSince: 9 }), release("r2", { digest: "a", environment: "staging", status: "active" })] }],
  ];
  it.each(cases)("%s", (_, facts) => {
    const items = [artifact("a", 400), artifact("other", 400)];
    expect(namesOf({ ...facts, items }, { budget: { ...budget, bytes: 0 }, room: 10_000 })).toEqual(["artifacts/other"]);
  });

  it("unpacked files where the release is needed, not where only its artifact is", () => {
    const releases = [release("r1", { digest: "a", ranSince: 9 }), release("r2", { digest: "a", environment: "staging", status: "active" })];
    const items = [unpacked("prod", "a", 400), unpacked("staging", "a", 400)];
    expect(namesOf({ releases, items })).toEqual(["environments/prod/prepared/a"]);
  });

  it("logs of releases and builds that stay, and what is in use", () => {
    const items: readonly KeptItem[] = [
      { kind: "application_log", name: "kept", owner: "r1", environment: "prod", bytes: 1, usedAt: daysAgo(90) },
      { kind: "application_log", name: "gone", owner: "r0", environment: "prod", bytes: 1, usedAt: daysAgo(90) },
      { kind: "build_log", name: "kept", owner: "bld_r1", bytes: 1, usedAt: daysAgo(90) },
      { kind: "build_log", name: "gone", owner: "bld_r0", bytes: 1, usedAt: daysAgo(90) },
      { kind: "build_cache", name: "kept", busy: true, bytes: 1, usedAt: daysAgo(90) },
    ];
    expect(namesOf({ releases: [release("r1", { status: "active" })], items })).toEqual(["gone", "gone"]);
  });
});

describe("what goes", () => {
  it("what was not used for the budget's days, and nothing younger", () => {
    expect(namesOf({ items: [artifact("old", 31), artifact("young", 29)] })).toEqual(["artifacts/old"]);
  });

  it("the oldest until the budget's bytes are kept", () => {
    const items = [artifact("a", 3, 500), artifact("b", 5, 500), artifact("c", 4, 500)];
    expect(namesOf({ items })).toEqual(["artifacts/b"]);
    expect(namesOf({ items, releases: [release("b", { status: "active" })] })).toEqual(["artifacts/c"]);
  });

  it("the oldest until there is room on the disk, what grew too old counted in", () => {
    const items = [artifact("a", 3), artifact("b", 5), artifact("old", 99)];
    expect(namesOf({ items }, { room: 100 })).toEqual(["artifacts/old"]);
    expect(namesOf({ items }, { room: 101 })).toEqual(["artifacts/old", "artifacts/b"]);
  });

  it("nothing of the last hour, whatever the want of room", () => {
    expect(namesOf({ items: [artifact("a", 0.5 / 24, 5_000)] }, { room: 10_000 })).toEqual([]);
  });

  it("downloads only for want of room, and last: a machine without a network misses them", () => {
    const downloads: KeptItem = { kind: "download_cache", name: "cache/npm/downloads", bytes: 400, usedAt: daysAgo(400) };
    expect(namesOf({ items: [downloads, artifact("a", 3)] })).toEqual([]);
    expect(namesOf({ items: [downloads, artifact("a", 3)] }, { room: 100 })).toEqual(["artifacts/a"]);
    expect(namesOf({ items: [downloads, artifact("a", 3)] }, { room: 200 })).toEqual(["artifacts/a", "cache/npm/downloads"]);
  });

  it("leftovers and old answers at once; long logs of servers are cut", () => {
    const items: readonly KeptItem[] = [
      { kind: "leftover", name: "going/x", bytes: 1, usedAt: now },
      { kind: "idempotency_keys", name: "3 answers", bytes: 1, usedAt: now },
      { kind: "server_log", name: "short.log", bytes: serverLogBytes, usedAt: now },
      { kind: "server_log", name: "long.log", bytes: serverLogBytes + 1, usedAt: now },
    ];
    expect(namesOf({ items })).toEqual(["going/x", "3 answers", "long.log"]);
  });

  it("each with its reason", () => {
    const items = [artifact("old", 99), artifact("b", 5, 2_000)];
    expect(planRetention({ now, items, releases: [], builds: [] }, budget).map(({ why }) => why)).toEqual(["not used for 30 days", expect.stringMatching(/^more than 0 GB are kept/)]);
  });
});

const digests = fc.constantFrom("a", "b", "c", "d");
const environments = fc.constantFrom("prod", "staging");
const anyRelease: fc.Arbitrary<ReleaseFact> = fc.record(
  { id: fc.constantFrom("r1", "r2", "r3", "r4"), environment: environments, status: fc.constantFrom("pending", "deploying", "active", "superseded", "rolled_back", "failed"), digest: digests, buildId: fc.constantFrom("bld_1", "bld_2"), ranSince: fc.nat(6), isPredecessor: fc.boolean(), isInFlight: fc.boolean(), isRunning: fc.boolean() },
  { requiredKeys: ["id", "environment", "status", "digest", "buildId", "isPredecessor", "isInFlight", "isRunning"] },
);
const anyBuild: fc.Arbitrary<BuildFact> = fc.record({ id: fc.constantFrom("bld_1", "bld_2"), digest: digests, need: fc.constantFrom("in_flight" as const, "newest_of_branch" as const) }, { requiredKeys: ["id", "need"] });
const anyItem: fc.Arbitrary<KeptItem> = fc.record(
  { kind: fc.constantFrom("leftover", "artifact", "unpacked", "build_cache", "download_cache", "application_log", "build_log", "server_log"), name: fc.string(), bytes: fc.nat(1_000), usedAt: fc.integer({ min: 0, max: 100 }).map(daysAgo), busy: fc.boolean(), digest: digests, environment: environments, owner: fc.constantFrom("r1", "r2", "bld_1", "bld_2") },
  { requiredKeys: ["kind", "name", "bytes", "usedAt", "digest", "environment"] },
);
const anyFacts = fc.record({ now: fc.constant(now), items: fc.array(anyItem, { maxLength: 30 }), releases: fc.array(anyRelease, { maxLength: 10 }), builds: fc.array(anyBuild, { maxLength: 5 }) });
const anyBudget = fc.record({ days: fc.nat(60), bytes: fc.nat(5_000), releases: fc.integer({ min: 1, max: 5 }) });

/** Said once more, in other words than `protection`, which the plan is made with. */
function mustStay(item: KeptItem, { releases, builds }: RetentionFacts, kept: number): boolean {
  const needed = releases.filter((each) => ["active", "deploying", "pending"].includes(each.status) || each.isInFlight || each.isRunning || each.isPredecessor || (each.ranSince ?? kept) < kept);
  if (item.busy === true) return true;
  if (item.kind === "artifact") return needed.some(({ digest }) => digest === item.digest) || builds.some(({ digest }) => digest === item.digest);
  if (item.kind === "unpacked") return needed.some(({ digest, environment }) => digest === item.digest && environment === item.environment);
  return item.owner !== undefined && (needed.some(({ id, buildId }) => [id, buildId].includes(item.owner ?? "")) || builds.some(({ id }) => id === item.owner));
}

describe("for any facts and any budget", () => {
  it("nothing that must stay is removed, nothing is removed twice, and nothing more than is asked for", () => {
    fc.assert(
      fc.property(anyFacts, anyBudget, fc.nat(5_000), (facts, limits, room) => {
        const removals = planRetention(facts, limits, room);
        expect(removals.filter(({ item }) => mustStay(item, facts, limits.releases))).toEqual([]);
        expect(new Set(removals.map(({ item }) => item)).size).toBe(removals.length);
        // The last one for want of room was still wanted.
        const forRoom = removals.filter(({ why }) => why.endsWith("longest"));
        const kept = facts.items.filter(({ kind }) => !["build_log", "server_log"].includes(kind)).reduce((sum, { bytes }) => sum + bytes, 0);
        const before = removals.filter((each) => each !== forRoom.at(-1) && !["build_log", "server_log"].includes(each.kind)).reduce((sum, { bytes }) => sum + bytes, 0);
        if (forRoom.length > 0) expect(kept - before > limits.bytes || before < room).toBe(true);
      }),
    );
  });

  it("protection says why", () => {
    fc.assert(
      fc.property(anyFacts, anyBudget, (facts, limits) => {
        const protect = protection(facts, limits.releases);
        for (const item of facts.items) expect(protect(item) !== undefined).toBe(mustStay(item, facts, limits.releases));
      }),
    );
  });
});
