import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { DemoHost } from "./hosts.ts";
import { modyard } from "./modyard.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { printTable, say, type DoneStep } from "./say.ts";
import { visit } from "./visit.ts";

export interface DemoOptions {
  /** Go through everything and end. */
  readonly once?: boolean;
  /** Where the demo lives; the host's own place where absent. */
  readonly directory?: string;
}

/** The demo; its exit code. Ctrl-C ends it at any moment, and everything that it started. */
export async function runDemo(host: DemoHost, { once = false, directory = host.directory }: DemoOptions): Promise<number> {
  const missing = await host.missing();
  for (const line of missing) say.bad(line);
  if (missing.length > 0) return 1;
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupted.abort(new Error("stopped")));
  const steps: DoneStep[] = [];
  say.heading("Starting the control plane: embedded PostgreSQL, API, worker");
  let platform: Platform | undefined;
  try {
    const started = performance.now();
    platform = await openPlatform(directory, host);
    steps.push({ name: "start the control plane", milliseconds: performance.now() - started, result: "ready" });
    await mainJob(host, platform, steps, interrupted.signal);
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
async function mainJob({ firstBuild = [] }: DemoHost, platform: Platform, steps: DoneStep[], signal: AbortSignal): Promise<void> {
  say.heading("Building and deploying the platform as it is");
  if (platform.isNew) for (const line of firstBuild) say.fact(line);
  await untilLive(platform, steps, signal, { name: "build and deploy", path: "/content", status: 200, command: ["build", "--yes", "--reason", "demo: as it is"] });
  introduce(platform);
  if ((await statusOf(platform, "/forum")) === 200) {
    say.good("forum is installed already, from an earlier run");
    return;
  }
  say.heading("Installing the module forum while a visitor asks every 10 ms");
  const visitor = visit(`${platform.url}/content`, 10);
  await untilLive(platform, steps, signal, { name: "install forum", path: "/forum", status: 200, command: ["install", "forum", "--yes", "--reason", "demo: a forum"] });
  const tally = await visitor.leave();
  const line = `${tally.asked} requests, ${tally.lost} lost, slowest ${Math.round(tally.slowestMs)} ms`;
  steps.push({ name: "visitor meanwhile", result: line });
  if (tally.lost > 0 || tally.answered === 0) throw new Error(`${line}${tally.firstLoss === undefined ? "" : ` (${tally.firstLoss})`}`);
  say.good(line);
}

/** Uninstall, then roll back to the release with the forum: no build, so a fraction of a second. */
async function wayBack(platform: Platform, steps: DoneStep[], signal: AbortSignal): Promise<void> {
  say.heading("Uninstalling it");
  await untilLive(platform, steps, signal, { name: "uninstall forum", path: "/forum", status: 404, command: ["uninstall", "forum", "--yes", "--reason", "demo: no forum"] });
  say.heading("Rolling back to the release before");
  await untilLive(platform, steps, signal, { name: "roll back", path: "/forum", status: 200, command: ["rollback", "--reason", "demo: it was nicer with one"] });
}

/** A command, and what visitors must see of it. */
interface Act {
  readonly name: string;
  readonly path: string;
  readonly status: number;
  readonly command: readonly string[];
}

/** After the end of a command: an application that an earlier run left may just be coming up. */
const patienceMs = 10_000;

/** Runs the command to its end, and notes when its effect was live for visitors. */
async function untilLive(platform: Platform, steps: DoneStep[], signal: AbortSignal, { name, path, status, command }: Act): Promise<void> {
  const started = performance.now();
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const live = firstAnswer(platform, path, status, until);
  try {
    await modyard(platform, signal, ...command);
    const at = await Promise.race([live, sleep(patienceMs, undefined, { signal: until })]);
    if (at === undefined) throw new Error(`GET ${platform.url}${path} answered ${await statusOf(platform, path)}, not ${status}`);
    steps.push({ name, milliseconds: at - started, result: `live: GET ${path} answers ${status}` });
  } catch (error) {
    steps.push({ name, milliseconds: performance.now() - started, result: "failed" });
    throw error;
  } finally {
    ended.abort();
  }
  say.good(`GET ${path} answers ${status}`);
}

/** When the address answered with the status for the first time; undefined when it had not when asking ended. */
async function firstAnswer(platform: Platform, path: string, status: number, signal: AbortSignal): Promise<number | undefined> {
  while (!signal.aborted) {
    if ((await statusOf(platform, path).catch(() => 0)) === status) return performance.now();
    await sleep(10);
  }
  return undefined;
}

function introduce({ url, server }: Platform): void {
  say.heading("It is live");
  say.fact(`platform       ${url}`);
  say.fact(`control plane  ${server.url}`);
  say.fact(`token          ${readFileSync(server.tokenFile, "utf8").trim()}`);
  say.fact(server.setupUrl === undefined ? `admin page     ${server.url}` : `admin page     ${server.setupUrl}`);
  if (server.setupUrl !== undefined) say.fact("               open it first: whoever does becomes the owner (once, within 24 hours)");
}

async function stayUp(platform: Platform, signal: AbortSignal): Promise<void> {
  say.heading("Everything stays up until Ctrl-C");
  say.fact(`open the admin page: ${platform.server.setupUrl ?? platform.server.url}`);
  say.fact(`see what it made: ${platform.url}/forum, or try in another terminal:`);
  say.command(`export MODYARD_URL=${platform.server.url} MODYARD_TOKEN_FILE=${platform.server.tokenFile}`);
  say.command("npx modyard status");
  say.command("npx modyard install blog");
  say.command("npx modyard rollback");
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function stopAll(platform: Platform): Promise<void> {
  say.heading("Stopping the control plane, the platform and the database");
  await platform.stop();
}

async function statusOf({ url }: Platform, path: string): Promise<number> {
  const response = await fetch(`${url}${path}`);
  await response.body?.cancel();
  return response.status;
}
