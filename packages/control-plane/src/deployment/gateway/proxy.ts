import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { withoutOurCookies } from "./foreign-cookies.ts";
import { forgedBy, forwardedHeaders, requestHeaders } from "./forward-headers.ts";
import { forward, hasBody, type Outcome } from "./forward.ts";
import type { Releases } from "./releases.ts";
import type { SupervisedRelease } from "./supervised-release.ts";
import { answerItself, answers, rawAnswer, type GatewayAnswer } from "./unavailable.ts";
import type { Upstream } from "./upstream.ts";
import { connectUpstream, proxyUpgradeOver } from "./upgrade.ts";

const LOOK_AGAIN_MS = 25;
const MOST_RETRIES = 4;

/** May be asked twice without doing anything twice (RFC 9110 §9.2.2). */
const idempotent = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/** Where requests go. */
export interface Passage {
  readonly releases: Releases;
  /** How long a request waits for a crashed application to come back before it is told so. */
  readonly patienceMs: number;
  /** For tests: how long a client may take to send the headers of a request. */
  readonly headersMs?: number;
}

/** Passes a request to the release that is active now, and its answer back. Never rejects. */
export async function proxyRequest({ releases, patienceMs }: Passage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (releases.restoring !== undefined) await releases.restoring;
  const headers = requestHeaders(request);
  let deadline: number | undefined;
  const losses: Upstream[] = [];
  while (!response.destroyed) {
    const release = releases.active;
    if (release === undefined) return answerItself(request, response, answers.noRelease);
    const { upstream } = release;
    const outcome = upstream === undefined ? "unreached" : await attempt(release, upstream, request, response, headers, losses.length > 0);
    if (outcome === "answered") return;
    if (outcome === "malformed") return answerItself(request, response, answers.malformed);
    if (outcome === "garbled") return answerItself(request, response, answers.garbled);
    if (outcome === "timed_out") return answerItself(request, response, answers.timedOut);
    if (outcome === "lost" && upstream !== undefined) {
      losses.push(upstream);
      if (!mayRetry(request, losses)) return answerItself(request, response, answers.lost);
      if (losses.length === 1) continue;
    }
    deadline ??= Date.now() + patienceMs;
    if (Date.now() >= deadline || release.keepsCrashing) return answerItself(request, response, answers.restarting);
    await delay(LOOK_AGAIN_MS);
  }
}

/** Passes an upgrade (WebSocket) on, and then every byte in both directions until one side ends. Never rejects. */
export async function proxyUpgradeRequest({ releases, patienceMs }: Passage, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const refuse = (answer: GatewayAnswer): void => void socket.end(rawAnswer(answer));
  socket.on("error", () => socket.destroy());
  if (releases.restoring !== undefined) await releases.restoring;
  let deadline: number | undefined;
  while (!socket.destroyed) {
    const release = releases.active;
    if (release === undefined) return refuse(answers.noRelease);
    const { upstream } = release;
    const connection = upstream === undefined ? undefined : await counted(release, () => connectUpstream(upstream.port));
    if (upstream !== undefined && connection !== undefined) {
      prepareUpgrade(request);
      return await counted(release, () => release.signs.follow(connection, () => proxyUpgradeOver(connection, upstream.port, request, socket, head)));
    }
    deadline ??= Date.now() + patienceMs;
    if (Date.now() >= deadline || release.keepsCrashing) return refuse(answers.restarting);
    await delay(LOOK_AGAIN_MS);
  }
}

/** An upgrade is sent on with its headers as they are in `request.headers`. */
function prepareUpgrade(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers).filter(forgedBy(request))) delete request.headers[name];
  for (const [name, value] of forwardedHeaders(request)) request.headers[name] = value;
  const cookie = request.headers.cookie === undefined ? undefined : withoutOurCookies(request.headers.cookie);
  if (cookie === undefined) delete request.headers.cookie;
  else request.headers.cookie = cookie;
}

/** One attempt; on a fresh connection when one was lost before: the application may just have closed an idle one. */
async function attempt(
  release: SupervisedRelease,
  upstream: Upstream,
  request: IncomingMessage,
  response: ServerResponse,
  headers: string[],
  fresh: boolean,
): Promise<Outcome> {
  const onSign = (): void => release.signs.note();
  if (!fresh) return counted(release, () => forward(upstream.pool, request, response, headers, onSign));
  const client = upstream.freshClient();
  const outcome = await counted(release, () => forward(client, request, response, headers, onSign));
  void client.close().catch(() => undefined);
  return outcome;
}

/**
 * Again when nothing can be done twice by it: on a fresh connection at once, and some times more, because a process that is being
 * killed still takes connections only to break them. But no request may break a second process: it could be what kills them.
 */
function mayRetry(request: IncomingMessage, losses: readonly Upstream[]): boolean {
  if (!idempotent.has(request.method ?? "") || hasBody(request)) return false;
  return losses.length <= MOST_RETRIES && new Set(losses).size === 1;
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
