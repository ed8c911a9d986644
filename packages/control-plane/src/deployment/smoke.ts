import { setTimeout as delay } from "node:timers/promises";
import { problem, type Problem, type Result } from "../errors/problem.ts";
import { compareModules, modulesHealthSchema, type ExpectedModules, type ModulesHealth } from "./modules-health.ts";
import type { ObservedRelease } from "./targets/target.ts";

const POLL_MS = 50;
/** One answer of a health path may take this long; what takes longer is asked again. */
const ANSWER_TIMEOUT_MS = 5_000;
const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;
const EXCERPT_LINES = 40;

export interface SmokeRequest {
  /** The release's own address, e.g. `http://127.0.0.1:41234`. */
  readonly address: string;
  readonly healthPath: string;
  readonly modulesHealthPath: string;
  readonly expected: ExpectedModules;
  /** How long the application may take to become well, in seconds. */
  readonly timeoutSeconds: number;
  /** The release as its driver sees it: tells an exit from a hang, and has the last lines. */
  readonly observe?: () => Promise<ObservedRelease>;
  readonly signal?: AbortSignal;
}

/** What one look at a health path found. */
type Look = { readonly kind: "well" } | { readonly kind: "unwell"; readonly status: number } | { readonly kind: "silent"; readonly reason: string };

/**
 * Proves that a release is what was built: waits until `/health` is well, then compares `/health/modules` with the composition.
 * Problems: application_exited, application_start_timed_out (it never answered, or is unwell), smoke_failed per difference;
 * `module` names the guilty one where it is known, `details.last_lines` are the application's last words.
 * Throws only when `signal` is aborted.
 */
export async function smoke(request: SmokeRequest): Promise<Result<ModulesHealth>> {
  const unwell = await waitUntilWell(request);
  const outcome: Result<ModulesHealth> = unwell ?? (await checkModules(request));
  return outcome.ok ? outcome : { ok: false, problems: await withLastLines(request, outcome.problems) };
}

/** Undefined once the application is well. */
async function waitUntilWell(request: SmokeRequest): Promise<Result<never> | undefined> {
  const deadline = Date.now() + request.timeoutSeconds * 1000;
  let lastAnswer: Extract<Look, { kind: "unwell" }> | undefined;
  for (;;) {
    request.signal?.throwIfAborted();
    const look = await lookAt(request, request.healthPath, deadline - Date.now());
    if (look.kind === "well") return undefined;
    if (look.kind === "unwell") lastAnswer = look;
    const ended = await exitProblem(request);
    if (ended !== undefined) return { ok: false, problems: [ended] };
    if (Date.now() >= deadline) return { ok: false, problems: await notWell(request, lastAnswer ?? look) };
    await delay(POLL_MS, undefined, request.signal ? { signal: request.signal } : {});
  }
}

async function lookAt(request: SmokeRequest, path: string, remainingMs: number): Promise<Look> {
  try {
    const { status } = await get(request, path, Math.max(1, Math.min(remainingMs, ANSWER_TIMEOUT_MS)));
    return status >= 200 && status < 300 ? { kind: "well" } : { kind: "unwell", status };
  } catch (error) {
    request.signal?.throwIfAborted();
    return { kind: "silent", reason: reasonOf(error) };
  }
}

/** A process that ended during its start is told apart from one that hangs. */
async function exitProblem({ observe }: SmokeRequest): Promise<Problem | undefined> {
  const release = await observe?.();
  if (release === undefined || release.status === "starting" || release.status === "running") return undefined;
  const { code = null, signal = null } = release.exit ?? {};
  const how = signal === null ? (code === null ? "" : ` with code ${code}`) : ` by ${signal}`;
  const guilty = guiltyModule(release.lastLines);
  const whose = guilty === undefined ? "" : `: ${guilty.says}`;
  return problem("application_exited", `the application ended${how}${whose}`, {
    ...(guilty === undefined ? {} : { module: guilty.slug }),
    details: { exit_code: code, signal },
  });
}

async function notWell(request: SmokeRequest, look: Exclude<Look, { kind: "well" }>): Promise<readonly Problem[]> {
  const address = `${request.address}${request.healthPath}`;
  const seconds = request.timeoutSeconds;
  if (look.kind === "silent") {
    const guilty = guiltyModule((await request.observe?.())?.lastLines ?? []);
    const message = `${address} did not answer within ${seconds} s (${guilty?.says ?? look.reason})`;
    return [problem("application_start_timed_out", message, guilty === undefined ? {} : { module: guilty.slug })];
  }
  const first = problem("application_start_timed_out", `${address} answered ${look.status} and did not become well within ${seconds} s`);
  return [first, ...(await unwellModules(request))];
}

/** An unwell application can still say which module is to blame. */
async function unwellModules(request: SmokeRequest): Promise<readonly Problem[]> {
  const report = await checkModules(request);
  return report.ok ? [] : report.problems.filter((each) => each.module !== undefined);
}

async function checkModules(request: SmokeRequest): Promise<Result<ModulesHealth>> {
  const address = `${request.address}${request.modulesHealthPath}`;
  const broken = (message: string): Result<never> => ({ ok: false, problems: [problem("smoke_failed", `${address} ${message}`)] });
  let answer: { readonly status: number; readonly body: string };
  try {
    answer = await get(request, request.modulesHealthPath, ANSWER_TIMEOUT_MS);
  } catch (error) {
    request.signal?.throwIfAborted();
    const ended = await exitProblem(request);
    return ended === undefined ? broken(`did not answer (${reasonOf(error)})`) : { ok: false, problems: [ended] };
  }
  const report = modulesHealthSchema.safeParse(parseJson(answer.body));
  if (!report.success) return broken(`answered ${answer.status}, but not with a report of its modules`);
  const problems = compareModules(request.expected, report.data);
  if (problems.length > 0) return { ok: false, problems };
  return answer.status === 200 && report.data.status === "ok" ? { ok: true, value: report.data } : broken(`answered ${answer.status} with status "${report.data.status}"`);
}

/** What a release that runs says of its modules now. Problem: smoke_failed. */
export async function readModulesHealth(request: Pick<SmokeRequest, "address" | "modulesHealthPath" | "signal">): Promise<Result<ModulesHealth>> {
  const broken = (message: string): Result<never> => ({ ok: false, problems: [problem("smoke_failed", `${request.address}${request.modulesHealthPath} ${message}`)] });
  try {
    const { status, body } = await get(request, request.modulesHealthPath, ANSWER_TIMEOUT_MS);
    const report = modulesHealthSchema.safeParse(parseJson(body));
    return report.success ? { ok: true, value: report.data } : broken(`answered ${status}, but not with a report of its modules`);
  } catch (error) {
    request.signal?.throwIfAborted();
    return broken(`did not answer (${reasonOf(error)})`);
  }
}

async function get(request: Pick<SmokeRequest, "address" | "signal">, path: string, timeoutMs: number): Promise<{ readonly status: number; readonly body: string }> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
  const response = await fetch(new URL(path, request.address), { signal, redirect: "manual", headers: { connection: "close" } });
  return { status: response.status, body: await readLimited(response) };
}

async function readLimited(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > LARGEST_ANSWER_BYTES) throw new Error("the answer is too large");
  }
  return text;
}

/** The host's runtime writes which module failed to start, or is still starting; the last such line since the last start counts. */
function guiltyModule(lines: readonly string[]): { readonly slug: string; readonly says: string } | undefined {
  const start = lines.findLastIndex((line) => line.startsWith("[modyard] starting"));
  for (const line of lines.slice(start + 1).toReversed()) {
    const match = /module "([^"]+)" (?:failed to start: .*|is still starting.*)/.exec(line);
    if (match?.[1] !== undefined) return { slug: match[1], says: match[0] };
  }
  return undefined;
}

async function withLastLines(request: SmokeRequest, problems: readonly Problem[]): Promise<readonly Problem[]> {
  const release = await request.observe?.();
  const [first, ...rest] = problems;
  if (release === undefined || first === undefined) return problems;
  return [{ ...first, details: { ...first.details, last_lines: release.lastLines.slice(-EXCERPT_LINES) } }, ...rest];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === "TimeoutError") return "no answer in time";
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return code === "ECONNREFUSED" ? "connection refused" : (code ?? message);
}
