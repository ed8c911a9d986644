import type { HostRepository } from "../build/host/repository.ts";
import type { DatabaseHandle, Executor } from "../database/connection.ts";
import { keepAlive } from "../database/keep-alive.ts";
import { toPublicId } from "../database/identifiers.ts";
import type { StoredFailure } from "../database/stored.ts";
import { ModyardError } from "../errors/problem.ts";
import { appendJournal } from "../journal/journal.ts";
import { lockDeployment, type Deployment } from "./store.ts";
import { commitTakingBack, findChange, noteTakenBack, type FoundChange } from "./take-back.ts";

/** What settling works with. */
export interface SettleContext {
  readonly handle: DatabaseHandle;
  readonly repository: HostRepository;
}

/**
 * What follows for the host's branch from a deployment that was not approved: the change that landed for its sake is taken back where that
 * is safe; where it is not, the deployment and the journal say why. Done again after a crash, it ends the same.
 */
export async function settleBranch({ handle, repository }: SettleContext, id: string): Promise<void> {
  await handle.db.transaction().execute(async (trx) => {
    const deployment = await lockDeployment(trx, id);
    if (deployment.branch !== "pending") return;
    const why = deployment.error?.problems[0]?.message ?? "it was not approved";
    const found = await findChange({ repository }, trx, deployment);
    const outcome = found === undefined ? undefined : await keepAlive(trx, () => takeBack(repository, found, deployment, why));
    if (found !== undefined && outcome !== undefined) await tell(trx, deployment, found, outcome, why);
    const branch = outcome === undefined ? null : "commit" in outcome ? "taken_back" : "kept";
    await trx.updateTable("deployments").set({ branch, ...(found !== undefined && outcome !== undefined && { error: withWord(deployment.error, found.branch, outcome) }), updatedAt: new Date() }).where("id", "=", id).execute();
  });
}

/** Settles everything that a process which died, or a repository that could not be reached, has left. One that cannot be settled now keeps no other waiting. */
export async function settleBranches(context: SettleContext): Promise<void> {
  const rows = await context.handle.db.selectFrom("deployments").select("id").where("branch", "=", "pending").orderBy("id").execute();
  const reasons: unknown[] = [];
  for (const { id } of rows) await settleBranch(context, id).catch((error: unknown) => reasons.push(error));
  if (reasons.length > 0) throw new AggregateError(reasons, reasons.map(String).join("; "));
}

type Outcome = { readonly commit: string } | { readonly why: string };

async function takeBack(repository: HostRepository, found: FoundChange, { environment }: Deployment, why: string): Promise<Outcome> {
  if (!found.isFree) return (await isGone(repository, found)) ? { commit: found.tip } : { why: found.why };
  const commit = await commitTakingBack({ repository }, found, `take back what was not approved for ${environment}`, why);
  try {
    return (await repository.land(commit, found.branch)) ? { commit } : { why: "the branch moved" };
  } catch (error) {
    if (error instanceof ModyardError && error.code === "landing_refused") return { why: error.message };
    throw error;
  }
}

/** Whether the branch is as it was before the change already: an attempt that was killed before it could say so took it back. */
async function isGone(repository: HostRepository, { sourceCommit, resultCommit, tip }: FoundChange & { readonly tip: string }): Promise<boolean> {
  return (await repository.contains(tip, resultCommit)) && (await repository.digestOf(tip, [])) === (await repository.digestOf(sourceCommit, []));
}

async function tell(trx: Executor, deployment: Deployment, found: FoundChange, outcome: Outcome, why: string): Promise<void> {
  if ("commit" in outcome) return noteTakenBack(trx, deployment, found, outcome.commit, why);
  const details = { buildId: toPublicId("bld", found.build.id), releaseId: deployment.releaseId, deploymentId: toPublicId("dpl", deployment.id) };
  await appendJournal(trx, { actor: "modyard", action: "composition.kept", subjectType: "manifest", subjectId: found.branch, reason: outcome.why, details });
}

/** Says it where the reader looks for what to do. */
function withWord(failure: StoredFailure | null, branch: string, outcome: Outcome): string | null {
  const [first, ...rest] = failure?.problems ?? [];
  if (failure === null || first === undefined) return null;
  const word = "commit" in outcome ? `The change was taken back from ${branch}.` : `The change stays in ${branch}, and in every later build, since ${outcome.why}: uninstall or revert it if it is not wanted.`;
  return JSON.stringify({ ...failure, problems: [{ ...first, hint: `${first.hint} ${word}` }, ...rest] });
}
