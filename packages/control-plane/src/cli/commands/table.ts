import type { RegisterCommand } from "../command.ts";
import { approveCommand } from "./approve.ts";
import { buildCommand } from "./build.ts";
import { buildsCommand } from "./builds.ts";
import { cancelCommand } from "./cancel.ts";
import { deployCommand } from "./deploy.ts";
import { doctorCommand } from "./doctor.ts";
import { gcCommand } from "./gc.ts";
import { generateRegistryCommand } from "./generate-registry.ts";
import { initCommand } from "./init.ts";
import { installCommand } from "./install.ts";
import { journalCommand } from "./journal.ts";
import { leasesCommand, takeOverCommand } from "./leases.ts";
import { listModulesCommand } from "./list-modules.ts";
import { logsCommand } from "./logs.ts";
import { migrateCommand } from "./migrate.ts";
import { peopleCommand } from "./people.ts";
import { planCommand } from "./plan.ts";
import { rejectCommand } from "./reject.ts";
import { releasesCommand } from "./releases.ts";
import { rollbackCommand } from "./rollback.ts";
import { serveCommand } from "./serve.ts";
import { statusCommand } from "./status.ts";
import { tokensCommand } from "./tokens.ts";
import { uninstallCommand } from "./uninstall.ts";
import { upgradeCommand } from "./upgrade.ts";
import { validateManifestCommand } from "./validate-manifest.ts";
import { webhooksCommand } from "./webhooks.ts";
import { verifyCommand } from "./verify.ts";
import { whoamiCommand } from "./whoami.ts";
import { workerCommand } from "./worker.ts";

/** Every command below a title, in the order in which `modyard --help` lists them. */
export const commandGroups: readonly (readonly [title: string, commands: readonly RegisterCommand[]])[] = [
  // They need a host's files and nothing else.
  ["A host's files:", [
    initCommand,
    validateManifestCommand,
    listModulesCommand,
    generateRegistryCommand,
    planCommand,
  ]],
  ["The server:", [
    serveCommand,
    workerCommand,
    migrateCommand,
    doctorCommand,
  ]],
  // They talk to a server.
  ["Asking a server:", [
    installCommand,
    uninstallCommand,
    upgradeCommand,
    buildCommand,
    buildsCommand,
    logsCommand,
    cancelCommand,
    verifyCommand,
    deployCommand,
    rollbackCommand,
    approveCommand,
    rejectCommand,
    releasesCommand,
    statusCommand,
    leasesCommand,
    takeOverCommand,
    journalCommand,
    webhooksCommand,
    whoamiCommand,
    tokensCommand,
    peopleCommand,
    gcCommand,
  ]],
];
