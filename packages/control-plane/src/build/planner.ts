import { join } from "node:path";
import { canonicalJson } from "../manifest/canonical-json.ts";
import { readDescriptors } from "../composition/descriptors-needed.ts";
import type { Change, DescriptorReading, Plan } from "../composition/plan.ts";
import { planComposition } from "../composition/plan-composition.ts";
import { withRefusals } from "../composition/with-refusals.ts";
import { ModyardError, type Problem } from "../errors/problem.ts";
import type { ModuleSpec } from "../manifest/manifest.ts";
import { parseManifest } from "../manifest/parse-manifest.ts";
import type { HostSnapshot } from "./snapshot.ts";
import type { Toolchains } from "./toolchains.ts";

/** What planning needs beside the snapshot. */
export interface PlannerOptions {
  readonly toolchains: Toolchains;
  readonly dataDirectory: string;
  readonly pathRoots: readonly string[];
}

/** Problems of a source that cannot be reached now: the plan goes on with the catalog's word. All others block. */
const unreachable: readonly string[] = ["registry_unreachable", "registry_denied", "git_unreachable", "git_denied"];

/** A snapshot is shared for some seconds, and so are the plans that were made on it. */
const plans = new WeakMap<HostSnapshot, Map<string, Promise<Plan>>>();

/** Plans the change on the snapshot. The same change on the same snapshot is planned once. */
export function planChange(options: PlannerOptions, snapshot: HostSnapshot, change: Change): Promise<Plan> {
  const known = plans.get(snapshot) ?? new Map<string, Promise<Plan>>();
  plans.set(snapshot, known);
  const key = canonicalJson(change);
  const plan = known.get(key) ?? makePlan(options, snapshot, change);
  known.set(key, plan);
  plan.then((made) => isLasting(made) || known.delete(key), () => known.delete(key));
  return plan;
}

/** What a registry or a git server did not have, or could not say, it may have the next time that somebody asks. */
function isLasting({ blockers, unverified, warnings }: Plan): boolean {
  return blockers.length === 0 && unverified.length === 0 && warnings.every(({ code }) => code !== "module_up_to_date");
}

/** The I/O around the pure planner: reads the descriptors that the change needs, then plans. */
async function makePlan(options: PlannerOptions, snapshot: HostSnapshot, change: Change): Promise<Plan> {
  const { manifest, catalogs, installedVersions } = snapshot;
  const refused: Problem[] = [];
  const unread = new Map<string, Problem>();
  const descriptors = await readDescriptors({ manifest, change, catalogs, installedVersions }, async (spec, { newest }) => {
    const reading = await readOne(options, snapshot, spec, newest);
    if (!("code" in reading)) return reading;
    if (unreachable.includes(reading.code)) unread.set(spec.slug, reading);
    else refused.push(reading);
    return undefined;
  });
  const plan = withRefusals(planComposition({
    manifestText: snapshot.manifestText,
    manifest,
    change,
    catalogs,
    descriptors,
    installedVersions,
    toolchain: snapshot.host.toolchain,
    ...(snapshot.hostVersion !== undefined && { hostVersion: snapshot.hostVersion }),
  }), refused);
  const invalid = plan.manifestText === snapshot.manifestText ? [] : problemsIn(plan.manifestText);
  const blockers = snapshot.catalogProblems.length === 0 ? plan.blockers : plan.blockers.map(doubted);
  return { ...plan, blockers: [...blockers, ...invalid], warnings: [...plan.warnings.map((warning) => explained(warning, unread)), ...snapshot.catalogProblems] };
}

/** A descriptor that could not be read, with the reason, and what its source says is to be done. */
function explained(warning: Problem, unread: ReadonlyMap<string, Problem>): Problem {
  const reason = warning.code === "descriptor_unverified" ? unread.get(warning.module ?? "") : undefined;
  return reason === undefined ? warning : { ...warning, message: `${warning.message}. ${reason.message}`, hint: reason.hint };
}

/** Who cannot read a catalog cannot say what is in none. */
function doubted(blocker: Problem): Problem {
  return blocker.code === "module_unknown" ? { ...blocker, hint: "A catalog could not be read, and may have it: correct what the warning tells first." } : blocker;
}

/** Whatever was asked for, the manifest that comes out must be one that everybody can read. */
function problemsIn(manifestText: string): readonly Problem[] {
  const parsed = parseManifest(manifestText, "modules.toml");
  return parsed.ok ? [] : parsed.problems;
}

async function readOne(options: PlannerOptions, snapshot: HostSnapshot, spec: ModuleSpec, newest: boolean): Promise<DescriptorReading | Problem> {
  try {
    return await options.toolchains(snapshot.host.toolchain).readDescriptor(spec, {
      hostDirectory: snapshot.tree,
      pathRoots: options.pathRoots,
      cacheDirectory: join(options.dataDirectory, "cache"),
      newest,
    });
  } catch (error) {
    if (error instanceof ModyardError) return { ...error.problems[0], module: spec.slug };
    throw error;
  }
}
