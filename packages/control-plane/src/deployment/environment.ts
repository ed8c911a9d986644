import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { toPublicId } from "../database/identifiers.ts";
import { fail } from "../errors/problem.ts";
import type { EnvironmentDefaults } from "../manifest/host-descriptor.ts";
import type { Release } from "../release/store.ts";
import { usualLiveness } from "./gateway/liveness.ts";
import type { Liveness, ReleaseToRun, Target } from "./targets/target.ts";

/** One environment as the control plane runs it. */
export interface Environment {
  readonly settings: EnvironmentDefaults;
  readonly target: Target;
  /** Holds `application.env` (the operator's secrets, KEY=VALUE lines) and the driver's own files. */
  readonly directory: string;
}

/** What the driver needs to run a release here. */
export function describeRun(environment: Environment, release: Release): ReleaseToRun {
  const server = release.surfaces.find((surface) => surface.name === "server");
  const [program, ...args] = server?.start ?? [];
  if (server === undefined || program === undefined) {
    return fail("host_incomplete", "the host's server surface has no start command", { hint: "Set [surfaces.server] start in modyard.toml." });
  }
  return {
    releaseId: release.id,
    buildId: toPublicId("bld", release.buildId),
    artifactDigest: release.artifactDigest,
    command: [program, ...args],
    directory: server.directory,
    env: applicationEnvironment(environment, release),
    healthPath: server.health,
    liveness: livenessOf(environment.settings),
  };
}

function livenessOf({ liveness = {}, startTimeoutSeconds }: EnvironmentDefaults): Liveness {
  return { ...usualLiveness, ...liveness, startSeconds: startTimeoutSeconds };
}

function applicationEnvironment(environment: Environment, release: Release): Record<string, string> {
  return {
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    NODE_ENV: "production",
    ...environment.settings.env,
    ...readSecrets(join(environment.directory, "application.env")),
    MODYARD_ENVIRONMENT: environment.settings.name,
    MODYARD_BUILD_ID: toPublicId("bld", release.buildId),
    MODYARD_RELEASE_ID: release.id,
  };
}

function readSecrets(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const parsed = Object.entries(parseEnv(readFileSync(file, "utf8")));
  return Object.fromEntries(parsed.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
