import { expect, test } from "vitest";
import type { ComposedModule } from "../composition/composition.ts";
import type { Release } from "../release/store.ts";
import { judgeRollback } from "./rollback.ts";

const module = (slug: string, version: string, migrationPolicy: ComposedModule["migrationPolicy"]): ComposedModule => ({
  slug, version, migrationPolicy, name: slug, kind: "optional", dependsOn: [],
  spec: { slug, packageName: slug, source: "npm", version, features: [], required: false, dependsOn: [] },
});

const release = (id: string, status: Release["status"], ...modules: ComposedModule[]): Release => ({
  id, status, environment: "prod", buildId: "b", containerImage: null, artifactDigest: "a", surfaces: [], manifestHash: "m", sourceCommit: "c",
  composition: { app: "app", manifestHash: "m", modules, defaultEnabled: [] },
  previousReleaseId: null, createdAt: new Date(0), deployedAt: null, rolledBackAt: null, updatedAt: new Date(0),
});

const judge = (active: Release | undefined, target: Release, artifactKept = true) => {
  const { allowed, reasons } = judgeRollback({ active, target, artifactKept });
  return { allowed, codes: reasons.map(({ code, module: slug }) => (slug === undefined ? code : `${code} ${slug}`)) };
};

const plain = module("blog", "1.0.0", "expand");
const active = release("rel_2", "active", plain);

test.each(["superseded", "rolled_back"] as const)("a kept release that is %s may be gone back to", (status) => {
  expect(judge(active, release("rel_1", status))).toEqual({ allowed: true, codes: [] });
});

test.each(["failed", "deploying", "pending"] as const)("one that is %s may not", (status) => {
  expect(judge(active, release("rel_1", status))).toEqual({ allowed: false, codes: ["rollback_refused"] });
});

test("the active one is told as such", () => {
  expect(judge(active, active)).toEqual({ allowed: false, codes: ["already_active"] });
});

test("one whose artifact is gone may not, and every reason is told", () => {
  expect(judge(active, release("rel_1", "superseded"), false)).toEqual({ allowed: false, codes: ["artifact_missing"] });
  expect(judge(active, release("rel_1", "failed"), false).codes).toEqual(["rollback_refused", "artifact_missing"]);
});

test("no way back across an irreversible migration, whether the module goes or becomes older; each module is named", () => {
  const shop = module("shop", "2.0.0", "irreversible");
  const search = module("search", "3.0.0", "irreversible");
  const migrated = release("rel_2", "active", plain, shop, search);
  expect(judge(migrated, release("rel_1", "superseded", plain, { ...shop, version: "1.0.0" })).codes).toEqual(["rollback_refused shop", "rollback_refused search"]);
  expect(judge(migrated, release("rel_1", "superseded", shop, search))).toEqual({ allowed: true, codes: [] });
});

test("expanding and contracting migrations are no obstacle, nor what only the target has", () => {
  const target = release("rel_1", "superseded", module("shop", "1.0.0", "irreversible"));
  expect(judge(release("rel_2", "active", plain, module("news", "1.0.0", "contract")), target).allowed).toBe(true);
});

test("an environment without an active release may take any kept one", () => {
  expect(judge(undefined, release("rel_1", "superseded")).allowed).toBe(true);
});
