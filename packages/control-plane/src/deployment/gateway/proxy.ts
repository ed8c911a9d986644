import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { forwardedHeaders, requestHeaders } from "./forward-headers.ts";
import { forward, hasBody, type Outcome } from "./forward.ts";
import type { Releases } from "./releases.ts";
import type { SupervisedRelease } from "./supervised-release.ts";
import { answerItself, answers, rawAnswer, type GatewayAnswer } from "./unavailable.ts";
import { connectUpstream, proxyUpgradeOver } from "./upgrade.ts";

/** How long a request waits for a crashed application to come back before it is told so. */
const PATIENCE_MS = 2_000;
const LOOK_AGAIN_MS = 25;

/** May be asked twice without doing anything twice (RFC 9110 §9.2.2). */
const idempotent = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/** Passes a request to the release that is active now, and its answer back. Never rejects. */
export async function proxyRequest(releases: Releases, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (releases.restoring !== undefined) await releases.restoring;
  const headers = requestHeaders(request);
  const deadline = Date.now() + PATIENCE_MS;
  let retried = false;
  while (!response.destroyed) {
    const release = releases.active;
    if (release === undefined) return answerItself(request, response, answers.noRelease);
    const outcome = await attempt(release, request, response, headers, retried);
    if (outcome === "answered") return;
    if (outcome === "malformed") return answerItself(request, response, answers.malformed);
    if (outcome === "timed_out") return answerItself(request, response, answers.timedOut);
    if (outcome === "lost") {
      if (retried || !mayRetry(request)) return answerItself(request, response, answers.lost);
      retried = true;
      continue;
    }
    if (Date.now() >= deadline) return answerItself(request, response, answers.restarting);
    await delay(LOOK_AGAIN_MS);
  }
}

/** Passes an upgrade (WebSocket) on, and then every byte in both directions until one side ends. Never rejects. */
export async function proxyUpgradeRequest(releases: Releases, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const refuse = (answer: GatewayAnswer): void => void socket.end(rawAnswer(answer));
  socket.on("error", () => socket.destroy());
  if (releases.restoring !== undefined) await releases.restoring;
  const deadline = Date.now() + PATIENCE_MS;
  while (!socket.destroyed) {
    const release = releases.active;
    if (release === undefined) return refuse(answers.noRelease);
    const { upstream } = release;
    const connection = upstream === undefined ? undefined : await counted(release, () => connectUpstream(upstream.port));
    if (upstream !== undefined && connection !== undefined) {
      for (const [name, value] of forwardedHeaders(request)) request.headers[name] = value;
      return await counted(release, () => proxyUpgradeOver(connection, upstream.port, request, socket, head));
    }
    if (Date.now() >= deadline) return refuse(answers.restarting);
    await delay(LOOK_AGAIN_MS);
  }
}

/** One attempt; on a fresh connection when the first one was lost: the application may just have closed an idle one. */
async function attempt(
  release: SupervisedRelease,
  request: IncomingMessage,
  response: ServerResponse,
  headers: string[],
  fresh: boolean,
): Promise<Outcome> {
  const { upstream } = release;
  if (upstream === undefined) return "unreached";
  if (!fresh) return counted(release, () => forward(upstream.pool, request, response, headers));
  const client = upstream.freshClient();
  const outcome = await counted(release, () => forward(client, request, response, headers));
  void client.close().catch(() => undefined);
  return outcome;
}

function mayRetry(request: IncomingMessage): boolean {
  return idempotent.has(request.method ?? "") && !hasBody(request);
}

/** Counts the request as in flight until it is over; `drained` in a switch rests on this. */
async function counted<T>(release: SupervisedRelease, work: () => Promise<T>): Promise<T> {
  release.inFlight += 1;
  try {
    return await work();
  } finally {
    release.inFlight -= 1;
  }
}
