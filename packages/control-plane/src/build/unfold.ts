import { slugsNamed, withoutModules } from "../composition/change.ts";
import type { Change } from "../composition/plan.ts";
import type { Executor } from "../database/connection.ts";
import { ModyardError } from "../errors/problem.ts";
import type { BuildRequest } from "./build-request.ts";
import type { BuildContext } from "./context.ts";
import { prepareRequest, queueBuild, type PreparedRequest } from "./queue-build.ts";
import { withOrigin } from "../journal/origin.ts";
import { listRequests, type AnsweredRequest } from "./requests-store.ts";
import type { Build } from "./store.ts";

/**
 * The requests of a folded build that failed, each to be built alone: one bad module must not take the others' wishes with it.
 * What may not be built by itself (it needed another's module) is left out. Empty for a build of one request.
 */
export async function planAlone(context: BuildContext, build: Build): Promise<readonly PreparedRequest[]> {
  const requests = await listRequests(context.handle.db, build.id);
  if (requests.length < 2) return [];
  const prepared: PreparedRequest[] = [];
  for (const [index, request] of requests.entries()) {
    const change = withoutLaterWords(request.change, requests.slice(index + 1));
    if (change !== undefined) prepared.push(...(await prepare(context, aloneRequest(build, request, change))));
  }
  return prepared;
}

/** Queues them, in the transaction that ends the folded build. */
export async function queueAlone(context: BuildContext, trx: Executor, requests: readonly PreparedRequest[]): Promise<void> {
  for (const prepared of requests) await withOrigin({ requestId: prepared.request.requestId }, () => queueBuild(context, trx, prepared));
}

async function prepare(context: BuildContext, request: BuildRequest): Promise<readonly PreparedRequest[]> {
  try {
    return [await prepareRequest(context, request)];
  } catch (error) {
    if (!(error instanceof ModyardError)) throw error;
    context.logger.info({ err: error, reason: request.reason }, "a request of a failed build cannot be built alone");
    return [];
  }
}

function aloneRequest(build: Build, { requestedBy, tokenName, requester, reason, requestId }: AnsweredRequest, change: Change): BuildRequest {
  return { branch: build.manifestRef, change, requestedBy, tokenName, requester, reason, force: false, alone: true, unfoldedFrom: build.id, ...(build.deployTo !== null && { deployTo: build.deployTo }), ...(requestId !== null && { requestId }) };
}

/** What is left of a change when later requests had another word about the same modules; undefined: nothing. */
function withoutLaterWords(change: Change, later: readonly AnsweredRequest[]): Change | undefined {
  if (later.some((request) => request.change.modules !== undefined)) return undefined;
  if (change.modules !== undefined) return change;
  const left = withoutModules(change, new Set(later.flatMap((request) => slugsNamed(request.change))));
  return slugsNamed(left).length === 0 ? undefined : left;
}
