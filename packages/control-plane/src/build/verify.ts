import type { Executor } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import { lockBranch } from "./branch-queue.ts";
import type { BuildRequest } from "./build-request.ts";
import type { BuildContext } from "./context.ts";
import { noteRequest, prepareRequest, queueBuild } from "./queue-build.ts";
import type { AfterRequest, RequestOutcome } from "./request.ts";
import { getBuild, type Build } from "./store.ts";

/** Who asks for a verification, and why. */
export type VerificationWish = Pick<BuildRequest, "requestedBy" | "tokenName" | "requester" | "reason">;

/**
 * Queues a build that makes an earlier one again, from the commit that it landed and with nothing cached, and compares the two
 * artifacts byte for byte. One that waits or runs already answers. Throws build_not_found, build_not_successful.
 */
export async function requestVerification(context: BuildContext, publicId: string, wish: VerificationWish, after: AfterRequest): Promise<void> {
  const { db } = context.handle;
  const original = await getBuild(db, publicId);
  const { id, resultCommit: commit, artifactDigest, status } = original;
  if (status !== "success" || commit === null || artifactDigest === null) return fail("build_not_successful", `build ${publicId} is ${status}: it has made nothing that could be made again`);
  const nothing = { install: [], uninstall: [], upgrade: [], cascade: false };
  const request: BuildRequest = { ...wish, branch: original.manifestRef, change: nothing, force: true, alone: true, verifies: { id, commit } };
  const prepared = await prepareRequest(context, request);
  await db.transaction().execute(async (trx) => {
    await lockBranch(trx, request.branch);
    const open = await findOpen(trx, id);
    if (open !== undefined) await noteRequest(trx, "build.joined", open, request);
    const outcome: RequestOutcome = open === undefined ? { build: await queueBuild(context, trx, prepared), kind: "queued" } : { build: open, kind: "joined" };
    await after(trx, outcome);
  });
}

async function findOpen(trx: Executor, id: string): Promise<Build | undefined> {
  const select = trx.selectFrom("builds").selectAll().where("verifies", "=", id).where("status", "in", ["queued", "running"]);
  return (await select.where("cancelRequestedAt", "is", null).orderBy("id").limit(1).executeTakeFirst()) as Build | undefined;
}
