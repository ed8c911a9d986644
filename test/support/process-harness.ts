import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { processTarget, type ProcessTarget, type ProcessTargetOptions } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";
import type { TargetHarness } from "../contracts/target-contract.ts";
import { heldTarget, type HeldTarget } from "./held-target.ts";

const fixtureApps = fileURLToPath(new URL("../fixtures/apps", import.meta.url));

export interface ProcessHarness extends TargetHarness {
  readonly target: HeldTarget<ProcessTarget>;
  readonly driver: ProcessTarget;
  readonly directory: string;
  /** A second driver for the same environment, as another control plane would make it. */
  again(changes?: Partial<ProcessTargetOptions>): HeldTarget<ProcessTarget>;
}

/** The process driver with the fixture application as its only artifact, in a new directory. */
export async function makeProcessHarness(changes: Partial<ProcessTargetOptions> = {}): Promise<ProcessHarness> {
  const directory = changes.directory ?? (await mkdtemp(join(tmpdir(), "modyard-target-")));
  const open = (more: Partial<ProcessTargetOptions> = {}): ProcessTarget =>
    processTarget({
      environment: "test",
      directory,
      listen: "127.0.0.1:0",
      unpack: (_digest, place) => cp(fixtureApps, place, { recursive: true }),
      stopGraceSeconds: 2,
      restartPatienceSeconds: 60, // A loaded machine may take long to start a process.
      sandbox: { hidden: [], shown: [] },
      ...changes,
      ...more,
    });
  const driver = open();
  const target = heldTarget(driver);
  return {
    target,
    driver,
    directory,
    again: (more) => heldTarget(open(more)),
    release: (releaseId, env = {}) => ({
      releaseId,
      buildId: "bld_1",
      artifactDigest: "sha256:0123abcd",
      command: [process.execPath, "app.mjs"],
      directory: ".",
      env: { PATH: dirname(process.execPath), VERSION: releaseId, RELEASE_ID: releaseId, ...env },
      healthPath: "/health",
    }),
    killApplication: ({ pid }) => void process.kill(pid ?? Number.NaN, "SIGKILL"),
    async close() {
      await target.stopGateway();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
