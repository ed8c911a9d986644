import { readFileSync } from "node:fs";
import { join } from "node:path";
import { modyard } from "./modyard.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { printTable, say, type DoneStep } from "./say.ts";
import { visit } from "./visit.ts";

export interface DemoOptions {
  /** Go through everything and end. */
  readonly once?: boolean;
  /** Where the demo lives; `.demo` of this repository where absent. */
  readonly directory?: string;
}

const root = join(import.meta.dirname, "..", "..");

/** The demo; its exit code. Ctrl-C ends it at any moment, and everything that it started. */
export async function runDemo({ once = false, directory = join(root, ".demo") }: DemoOptions): Promise<number> {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupted.abort(new Error("stopped")));
  const steps: DoneStep[] = [];
  say.heading("Starting the control plane: embedded PostgreSQL, API, worker");
  let platform: Platform | undefined;
  try {
    platform = await timed(steps, "start the control plane", async () => [await openPlatform(directory), "ready"]);
    await mainJob(platform, steps, interrupted.signal);
    if (once) await wayBack(platform, steps, interrupted.signal);
    if (once) printTable(steps);
    else await stayUp(platform, interrupted.signal);
    return 0;
  } catch (error) {
    if (interrupted.signal.aborted) return 130;
    say.bad(error instanceof Error ? error.message : String(error));
    printTable(steps);
    return 1;
  } finally {
    if (platform !== undefined) await stopAll(platform);
  }
}

/** Base composition live, then `forum` installed while a visitor keeps asking. */
async function mainJob(platform: Platform, steps: DoneStep[], signal: AbortSignal): Promise<void> {
  say.heading("Building and deploying the platform as it is");
  await timed(steps, "build and deploy", async () => [await modyard(platform, signal, "build", "--deploy", "prod", "--reason", "demo: as it is"), "live"]);
  introduce(platform);
  if ((await statusOf(platform, "/forum")) === 200) {
    say.good("forum is installed already, from an earlier run");
    return;
  }
  say.heading("Installing the module forum while a visitor asks every 10 ms");
  const visitor = visit(`${platform.url}/content`, 10);
  await timed(steps, "install forum", async () => [await modyard(platform, signal, "install", "forum", "--deploy", "prod", "--yes", "--reason", "demo: a forum"), "live"]);
  const tally = await visitor.leave();
  await expectStatus(platform, "/forum", 200, steps);
  const line = `${tally.asked} requests meanwhile, ${tally.lost} lost, slowest ${Math.round(tally.slowestMs)} ms`;
  steps.push({ name: "visitor during the install", milliseconds: 0, result: line });
  if (tally.lost > 0 || tally.answered === 0) throw new Error(`${line}${tally.firstLoss === undefined ? "" : ` (${tally.firstLoss})`}`);
  say.good(line);
}

/** Uninstall, then roll back to the release with the forum: seconds, because nothing is built again. */
async function wayBack(platform: Platform, steps: DoneStep[], signal: AbortSignal): Promise<void> {
  say.heading("Uninstalling it");
  await timed(steps, "uninstall forum", async () => [await modyard(platform, signal, "uninstall", "forum", "--deploy", "prod", "--yes", "--reason", "demo: no forum"), "live"]);
  await expectStatus(platform, "/forum", 404, steps);
  say.heading("Rolling back to the release before");
  await timed(steps, "roll back", async () => [await modyard(platform, signal, "rollback", "--environment", "prod", "--reason", "demo: it was nicer with one"), "live"]);
  await expectStatus(platform, "/forum", 200, steps);
}

function introduce({ url, server }: Platform): void {
  say.heading("It is live");
  say.fact(`platform       ${url}`);
  say.fact(`control plane  ${server.url}`);
  say.fact(`token          ${readFileSync(server.tokenFile, "utf8").trim()}`);
}

async function stayUp(platform: Platform, signal: AbortSignal): Promise<void> {
  say.heading("Everything stays up until Ctrl-C");
  say.fact(`open ${platform.url}/forum, or try in another terminal:`);
  say.command(`export MODYARD_URL=${platform.server.url} MODYARD_TOKEN_FILE=${platform.server.tokenFile}`);
  say.command("npx modyard status");
  say.command("npx modyard install blog --deploy prod");
  say.command("npx modyard rollback --environment prod");
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function stopAll(platform: Platform): Promise<void> {
  say.heading("Stopping the control plane, the platform and the database");
  await platform.stop();
}

async function timed<T>(steps: DoneStep[], name: string, action: () => Promise<[T, string]>): Promise<T> {
  const started = performance.now();
  try {
    const [value, result] = await action();
    steps.push({ name, milliseconds: performance.now() - started, result });
    return value;
  } catch (error) {
    steps.push({ name, milliseconds: performance.now() - started, result: "failed" });
    throw error;
  }
}

async function statusOf({ url }: Platform, path: string): Promise<number> {
  const response = await fetch(`${url}${path}`);
  await response.body?.cancel();
  return response.status;
}

async function expectStatus(platform: Platform, path: string, expected: number, steps: DoneStep[]): Promise<void> {
  const started = performance.now();
  const status = await statusOf(platform, path);
  steps.push({ name: `GET ${path}`, milliseconds: performance.now() - started, result: `HTTP ${status}` });
  if (status !== expected) throw new Error(`GET ${platform.url}${path} answered ${status}, not ${expected}`);
  say.good(`GET ${path} answers ${status}`);
}
