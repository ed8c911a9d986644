import { expect, it } from "vitest";
import { showPlan } from "../api/views/plan.ts";
import type { Plan } from "../composition/plan.ts";
import { problem } from "../errors/problem.ts";
import { planJson } from "./plan-json.ts";
import { problemJson } from "./problem-json.ts";

const spec = { slug: "forum", packageName: "@acme/forum", source: "npm", version: "^1.2.0", features: ["polls"], required: false, dependsOn: ["content"], runtime: "extension" } as const;
const plan: Plan = {
  schema: 1,
  planHash: "p",
  change: { install: [{ slug: "forum" }], uninstall: [], upgrade: [], cascade: false },
  manifestHashBefore: "b",
  manifestHashAfter: "a",
  delta: { added: [{ slug: "forum", version: "1.2.3" }], removed: [{ slug: "blog", version: "1.0.0" }], changed: [{ slug: "pages", from: "1.0.0", to: "1.0.0", keys: ["features"] }, { slug: "content", from: "1.0.0", to: "1.1.0" }] },
  order: ["content", "forum"],
  alongInstalled: ["content"],
  alongUninstalled: [],
  blockers: [problem("plan_stale", "Old")],
  warnings: [problem("descriptor_unverified", "Unseen", { module: "forum" })],
  unverified: ["forum"],
  composition: { app: "x", manifestHash: "a", defaultEnabled: [], modules: [{ slug: "forum", name: "Forum", spec, version: "1.2.3", integrity: "sha512-x", kind: "optional", dependsOn: ["content"], migrationPolicy: "expand", serverPackage: "@acme/forum/server", entryType: "forum::Module" }] },
  manifestText: "schema = 1\n",
};

it("has a local plan in the API's form, but for its problems", () => {
  expect(planJson(plan)).toEqual({ ...showPlan(plan, null), blockers: plan.blockers.map(problemJson), warnings: plan.warnings.map(problemJson) });
});
