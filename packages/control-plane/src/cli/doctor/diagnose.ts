import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostReader } from "../../build/host/reader.ts";
import { HostRepository } from "../../build/host/repository.ts";
import type { HostSnapshot } from "../../build/snapshot.ts";
import type { Config } from "../../config/config.ts";
import { toolchainNamed } from "../../toolchains/registry.ts";
import type { Check, Machine } from "./check.ts";
import { buildToolChecks } from "./checks/build-tools.ts";
import { dataChecks } from "./checks/data.ts";
import { databaseChecks } from "./checks/database.ts";
import { hostChecks } from "./checks/host.ts";
import { machineChecks } from "./checks/machine.ts";
import { portChecks } from "./checks/ports.ts";
import { sandboxChecks } from "./checks/sandbox.ts";
import { findInstaller } from "./installer.ts";
import { runChecks, type GroupedFinding } from "./run-checks.ts";

const checks: readonly Check[] = [...machineChecks, ...buildToolChecks, ...sandboxChecks, ...dataChecks, ...databaseChecks, ...hostChecks, ...portChecks];

/** Looks at everything that serving and building need on this machine. Changes nothing but a temporary directory of its own. */
export async function diagnose(config: Config, env: Machine["env"]): Promise<readonly GroupedFinding[]> {
  const directory = await mkdtemp(join(tmpdir(), "modyard-doctor-"));
  try {
    const installer = await findInstaller(env["PATH"] ?? "", process.getuid?.() === 0);
    return await runChecks(checks, { config, env, installer, host: once(() => readHost(config, directory)) });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** By the code that serves, through a mirror that is thrown away. */
function readHost(config: Config, directory: string): Promise<HostSnapshot> {
  const reader = new HostReader(new HostRepository(config.host, directory), toolchainNamed, directory);
  return reader.snapshot(config.branch);
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => (found ??= find());
}
