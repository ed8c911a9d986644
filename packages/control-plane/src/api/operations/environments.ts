import type { ControlPlane } from "../../control-plane.ts";
import type { Environment } from "../../deployment/environment.ts";
import { protectedEnvironments } from "../../deployment/settings.ts";
import { newestDeployments, waitingDeployments, type Deployment } from "../../deployment/store.ts";
import type { Observation } from "../../deployment/targets/target.ts";
import { findActiveReleases, type Release } from "../../release/store.ts";

/** An environment with what the records say about it. */
export interface EnvironmentState {
  readonly environment: Environment;
  readonly active: Release | undefined;
  /** The newest. */
  readonly deployment: Deployment | undefined;
  /** Whether a second person has to approve every deployment. */
  readonly isProtected: boolean;
  /** What waits for approval, in the order in which it was asked for. */
  readonly waiting: readonly Deployment[];
}

/** The environments' records, in four queries however many there are. */
export async function readEnvironments({ handle }: ControlPlane, environments: readonly Environment[]): Promise<readonly EnvironmentState[]> {
  const names = environments.map(({ settings }) => settings.name);
  if (names.length === 0) return [];
  const [active, deployments, guarded, waiting] = await Promise.all([findActiveReleases(handle.db, names), newestDeployments(handle.db, names), protectedEnvironments(handle.db), waitingDeployments(handle.db, names)]);
  return environments.map((environment) => {
    const { name } = environment.settings;
    return { environment, active: ofEnvironment(active, environment), deployment: ofEnvironment(deployments, environment), isProtected: guarded.has(name), waiting: waiting.filter((each) => each.environment === name) };
  });
}

export async function readEnvironment(plane: ControlPlane, environment: Environment): Promise<EnvironmentState> {
  const [state] = await readEnvironments(plane, [environment]);
  return state ?? { environment, active: undefined, deployment: undefined, isProtected: false, waiting: [] };
}

function ofEnvironment<T extends { readonly environment: string }>(rows: readonly T[], { settings }: Environment): T | undefined {
  return rows.find(({ environment }) => environment === settings.name);
}

/** What the driver sees; undefined when it does not answer, or there was never a release: asking would start its gateway. */
export async function observe(plane: ControlPlane, { target, settings }: Environment, active: Release | undefined): Promise<Observation | undefined> {
  try {
    return active === undefined ? undefined : await target.observe();
  } catch (error) {
    plane.logger.warn({ err: error, environment: settings.name }, "an environment cannot be observed");
    return undefined;
  }
}

/** Where users reach the environment. */
export function urlOf({ settings }: Environment, observed: Observation | undefined): string | null {
  return observed?.url ?? (settings.listen === undefined ? null : `http://${settings.listen}`);
}
