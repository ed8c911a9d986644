import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClientConfig } from "pg";
import { HostRepository } from "../../packages/control-plane/src/build/host/repository.ts";
import { openDatabase } from "../../packages/control-plane/src/database/connection.ts";
import { Environments } from "../../packages/control-plane/src/deployment/environments.ts";
import type { DeploymentContext } from "../../packages/control-plane/src/deployment/context.ts";
import { openLeaseKeeper } from "../../packages/control-plane/src/jobs/leases/keeper.ts";
import { openJobQueue } from "../../packages/control-plane/src/jobs/queue.ts";
import type { EnvironmentDefaults } from "../../packages/control-plane/src/manifest/host-descriptor.ts";
import { describeHolder } from "../../packages/control-plane/src/processes/holder.ts";
import { quiet } from "./databases.ts";

const fixtureApps = fileURLToPath(new URL("../fixtures/apps", import.meta.url));

/** What deployments need, without builds: the fixture application is every artifact. */
export interface DeploymentPlace {
  readonly connection: ClientConfig;
  /** Holds the data of the environments, and the host's repository in `host`. */
  readonly directory: string;
  readonly environments: readonly string[];
}

export interface OpenDeploymentContext extends DeploymentContext {
  close(): Promise<void>;
}

/** Everything that a worker deploys with, on an existing database. */
export async function openDeploymentContext({ connection, directory, environments }: DeploymentPlace): Promise<OpenDeploymentContext> {
  const handle = openDatabase(connection, quiet);
  const jobs = await openJobQueue(connection, quiet);
  const leases = openLeaseKeeper(connection, quiet);
  return {
    handle,
    jobs,
    leases,
    repository: new HostRepository(join(directory, "host"), directory),
    environments: new Environments({
      defaults: () => Promise.resolve(environments.map(environment)),
      dataDirectory: directory,
      listen: {},
      unpack: (_digest, place) => cp(fixtureApps, place, { recursive: true }),
      sandbox: { hidden: [directory], shown: [] },
    }),
    holder: describeHolder(),
    logger: quiet,
    close: async () => {
      await leases.stop();
      await jobs.stop();
      await handle.close();
    },
  };
}

function environment(name: string): EnvironmentDefaults {
  const env = { MODULES: "[]", ...(name.startsWith("unwell") && { MODE: "unwell" }) };
  return { name, target: "process", listen: "127.0.0.1:0", env, startTimeoutSeconds: name.startsWith("unwell") ? 1 : 60, drainTimeoutSeconds: 5, observeSeconds: 1 };
}
