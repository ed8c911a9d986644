import type { Result } from "../errors/problem.ts";
import { checkHost } from "./check/host.ts";
import { reportOn } from "./check/report.ts";
import { checkShape } from "./check/shape.ts";
import type { EnvironmentDefaults, HostDescriptor, Surface, SurfaceName } from "./host-descriptor.ts";
import { PRESETS, type Preset } from "./presets.ts";
import { hostSchema, type WrittenEnvironment, type WrittenHost, type WrittenSurface } from "./schema/host.ts";
import { readToml } from "./toml/document.ts";

/** Where users reach the only environment of a host that names none. */
const DEFAULT_LISTEN = "127.0.0.1:8080";

const SURFACE_NAMES = ["server", "admin", "storefront"] as const satisfies readonly SurfaceName[];

/** Reads `modyard.toml` with its preset's values filled in, or everything that is wrong with it. */
export function parseHostDescriptor(text: string, file: string): Result<HostDescriptor> {
  const document = readToml(text, file);
  if (!document.ok) return document;
  const report = reportOn(document.value);
  const written = checkShape(hostSchema, document.value, report);
  checkHost(document.value.value, report);
  return report.result(() => toHost(written as WrittenHost));
}

function toHost(written: WrittenHost): HostDescriptor {
  const preset = written.preset === undefined ? undefined : PRESETS[written.preset];
  const { version, registry } = written;
  return {
    schema: written.schema,
    ...(written.preset === undefined ? {} : { preset: written.preset }),
    toolchain: written.toolchain ?? preset?.toolchain ?? "npm",
    ...(version === undefined ? {} : { version }),
    registry: {
      output: registry?.output ?? preset?.registry.output ?? "",
      ...(registry?.references === undefined ? {} : { references: registry.references }),
    },
    surfaces: SURFACE_NAMES.flatMap((name) => toSurface(name, written.surfaces?.[name], preset)),
    pathRoots: written.path_roots ?? [],
    catalogs: written.catalogs ?? ["marketplace.toml"],
    environments: toEnvironments(written.environments ?? {}),
  };
}

/** None or one surface: a preset's that the file switches off is left out. */
function toSurface(name: SurfaceName, written: WrittenSurface | false | undefined, preset: Preset | undefined): readonly Surface[] {
  const usual = preset?.surfaces[name];
  if (written === false || (written === undefined && usual === undefined)) return [];
  const { directory, build, test, output, start, health, modules_health: modulesHealth } = { ...usual, ...written };
  return [{
    name,
    ...(written === undefined && name !== "server" ? { optional: true } : {}),
    directory: directory ?? ".",
    ...(build === undefined ? {} : { build }),
    ...(test === undefined ? {} : { test }),
    output: output ?? ["dist"],
    ...(start === undefined ? {} : { start }),
    health: health ?? "/health",
    modulesHealth: modulesHealth ?? "/health/modules",
  }];
}

function toEnvironments(written: Readonly<Record<string, WrittenEnvironment>>): readonly EnvironmentDefaults[] {
  const named = Object.entries(written);
  return (named.length === 0 ? [["prod", {}] as const] : named).map(([name, environment]) => toEnvironment(name, environment));
}

function toEnvironment(name: string, written: WrittenEnvironment): EnvironmentDefaults {
  const target = written.target ?? "process";
  return {
    name,
    target,
    ...(target === "process" ? { listen: written.listen ?? DEFAULT_LISTEN } : {}),
    env: written.env ?? {},
    startTimeoutSeconds: written.start_timeout_seconds ?? 60,
    drainTimeoutSeconds: written.drain_timeout_seconds ?? 30,
    observeSeconds: written.observe_seconds ?? 10,
    ...livenessOf(written),
  };
}

function livenessOf({ health_interval_seconds: intervalSeconds, health_timeout_seconds: timeoutSeconds, health_failures: failures }: WrittenEnvironment): Pick<EnvironmentDefaults, "liveness"> {
  const liveness = { ...(intervalSeconds !== undefined && { intervalSeconds }), ...(timeoutSeconds !== undefined && { timeoutSeconds }), ...(failures !== undefined && { failures }) };
  return Object.keys(liveness).length === 0 ? {} : { liveness };
}
