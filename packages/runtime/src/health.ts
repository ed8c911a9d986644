import type { HealthReport, ModuleDefinition } from "./definition.ts";
import { oneLine } from "./errors.ts";
import { type Identity, readIdentity } from "./identity.ts";
import type { ModuleRegistry } from "./registry.ts";
import { withTimeLimit } from "./time-limit.ts";

export type HealthStatus = "ok" | "unwell";

/** Body of `/health`. */
export interface HealthBody extends Identity {
  readonly status: HealthStatus;
}

/** One module in the body of `/health/modules`. */
export interface ModuleHealth {
  readonly slug: string;
  readonly name: string;
  readonly version: string;
  readonly kind: "core" | "optional";
  readonly status: HealthStatus;
  /** Slugs, sorted. */
  readonly dependencies: readonly string[];
  /** Why it is unwell. */
  readonly message?: string;
}

/** Body of `/health/modules`: the proof of what this build contains. Modules in dependency order. */
export interface ModulesHealthBody extends HealthBody {
  readonly modules: readonly ModuleHealth[];
}

/** An HTTP answer, to be sent as JSON by whatever framework the host uses. 503 when something is unwell. */
export interface HealthAnswer<Body> {
  readonly status: 200 | 503;
  readonly body: Body;
}

/** Answer of `/health`: the process is up and takes requests. Asks no module, so it is cheap enough to be asked often. */
export function health(identity: Identity = readIdentity()): HealthAnswer<HealthBody> {
  return { status: 200, body: { status: "ok", ...identity } };
}

export interface ModulesHealthOptions {
  /** How long one module may take to answer, in milliseconds; 2,000 unless given. Modules are asked all at once. */
  readonly timeoutMs?: number;
  readonly identity?: Identity;
}

/** Answer of `/health/modules`: every module of this build and how it is. Never throws because of a module. */
export async function modulesHealth(registry: ModuleRegistry, options: ModulesHealthOptions = {}): Promise<HealthAnswer<ModulesHealthBody>> {
  const { timeoutMs = 2000, identity = readIdentity() } = options;
  const modules = await Promise.all(registry.ordered().map((module) => moduleHealth(module, timeoutMs)));
  const well = modules.every((module) => module.status === "ok");
  return { status: well ? 200 : 503, body: { status: well ? "ok" : "unwell", ...identity, modules } };
}

async function moduleHealth(module: ModuleDefinition, timeoutMs: number): Promise<ModuleHealth> {
  const { slug, name, version, kind, dependencies } = module;
  const report = await askModule(module, timeoutMs);
  return { slug, name, version, kind, dependencies, ...report };
}

/** Checks still under way, by module: a check that hangs is waited for again, not started once more per request. */
const underWay = new WeakMap<ModuleDefinition, Promise<HealthReport>>();

async function askModule(module: ModuleDefinition, timeoutMs: number): Promise<HealthReport> {
  try {
    return parseReport(await withTimeLimit(startCheck(module), timeoutMs));
  } catch (error) {
    return { status: "unwell", message: `health check failed: ${oneLine(error)}` };
  }
}

function startCheck(module: ModuleDefinition): Promise<HealthReport> {
  const earlier = underWay.get(module);
  if (earlier !== undefined) return earlier;
  const check = runCheck(module).finally(() => underWay.delete(module));
  underWay.set(module, check);
  return check;
}

async function runCheck(module: ModuleDefinition): Promise<HealthReport> {
  return (await module.health?.()) ?? { status: "ok" };
}

/** A module may be written in JavaScript and answer anything. */
function parseReport(report: HealthReport): HealthReport {
  if (report.status === "ok") return { status: "ok" };
  return { status: "unwell", message: report.message || "the module says that it is unwell" };
}
