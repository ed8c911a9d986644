import type { Plan as SentPlan } from "../client/index.ts";
import type { ComposedModule } from "../composition/composition.ts";
import type { Plan } from "../composition/plan.ts";
import { problemJson, type ProblemJson } from "./problem-json.ts";

/** A plan as the API shows it, with problems as all of the command line's output has them. */
export interface PlanJson extends Omit<SentPlan, "blockers" | "warnings"> {
  readonly blockers: readonly ProblemJson[];
  readonly warnings: readonly ProblemJson[];
}

export function planJson(plan: Plan): PlanJson {
  const { added, removed, changed } = plan.delta;
  return {
    schema: plan.schema,
    plan_hash: plan.planHash,
    manifest_hash_before: plan.manifestHashBefore,
    manifest_hash_after: plan.manifestHashAfter,
    may_be_built: plan.blockers.length === 0,
    delta: { added: [...added], removed: [...removed], changed: changed.map(({ keys, ...change }) => ({ ...change, ...(keys !== undefined && { keys: [...keys] }) })) },
    order: [...plan.order],
    along_installed: [...plan.alongInstalled],
    along_uninstalled: [...plan.alongUninstalled],
    blockers: plan.blockers.map(problemJson),
    warnings: plan.warnings.map(problemJson),
    unverified: [...plan.unverified],
    modules: plan.composition.modules.map(moduleJson),
    manifest_text: plan.manifestText,
    expected_seconds: null,
  };
}

function moduleJson({ spec, dependsOn, migrationPolicy, serverPackage, entryType, ...module }: ComposedModule): SentPlan["modules"][number] {
  const { packageName, dependsOn: wanted, ...written } = spec;
  return {
    ...module,
    spec: { ...written, package_name: packageName, depends_on: wanted },
    depends_on: dependsOn,
    migration_policy: migrationPolicy,
    ...(serverPackage !== undefined && { server_package: serverPackage }),
    ...(entryType !== undefined && { entry_type: entryType }),
  };
}
