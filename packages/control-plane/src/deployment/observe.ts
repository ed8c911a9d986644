import { setTimeout as sleep } from "node:timers/promises";
import { fail } from "../errors/problem.ts";
import type { Environment } from "./environment.ts";
import type { ObservedRelease, ReleaseToRun } from "./targets/target.ts";

const intervalMs = 100;
/** One slow answer under load is no illness; this many in a row are. */
const toleratedFailures = 3;

/** One observation after a switch. */
export interface ObservationRequest {
  readonly environment: Environment;
  readonly run: ReleaseToRun;
  /** The release as it was when it had been started. */
  readonly started: ObservedRelease;
  /** Whether another deployment of the environment waits: then this one has had its time. A rollback must not wait. */
  readonly isAwaited: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Watches the release after the switch for the environment's observation time; throws when it becomes unwell. */
export async function observeRelease({ environment, run, started, isAwaited, signal }: ObservationRequest): Promise<void> {
  const end = Date.now() + environment.settings.observeSeconds * 1000;
  let failures = 0;
  // It ends with an answer: a release that fell silent just before the end must not pass.
  while ((Date.now() < end || failures > 0) && !(await isAwaited())) {
    await sleep(intervalMs, undefined, { signal });
    const now = await environment.target.check(run.releaseId);
    if (now.restarts > started.restarts || now.status !== "running") {
      fail("observation_failed", `${run.releaseId} crashed after the switch (${describeExit(now)})`);
    }
    failures = (await isWell(now.address, run.healthPath)) ? 0 : failures + 1;
    if (failures >= toleratedFailures) fail("observation_failed", `${run.releaseId} stopped answering ${run.healthPath} well after the switch`);
  }
}

async function isWell(address: string | undefined, path: string): Promise<boolean> {
  try {
    const response = await fetch(new URL(path, address), { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function describeExit({ exit }: ObservedRelease): string {
  if (exit === undefined) return "it is not running";
  return exit.signal === null ? `exit code ${exit.code ?? "unknown"}` : `signal ${exit.signal}`;
}
