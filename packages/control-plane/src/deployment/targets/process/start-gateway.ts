import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, existsSync, openSync, renameSync, statSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { fail, ModyardError, type Problem } from "../../../errors/problem.ts";
import { observationSchema, refusalSchema } from "../../gateway/protocol.ts";
import type { GatewaySettings } from "../../gateway/settings.ts";
import { askGateway, NoGateway, problemsOf } from "./gateway-client.ts";

const START_TIMEOUT_MS = 30_000;
const LARGEST_LOG_BYTES = 8 * 1024 * 1024;

/** The gateway's program beside this one: TypeScript in the repository, JavaScript in the published package. */
const program = fileURLToPath(new URL(`../../gateway/main${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));

const newsSchema = z.union([z.object({ ready: z.literal(true) }), refusalSchema.extend({ ready: z.literal(false) })]);
type News = z.infer<typeof newsSchema>;

/**
 * Starts the environment's gateway as a process of its own, in its own session, so that no end of the control plane takes it along.
 * Resolves when it answers. When another one was started at the same moment, that one serves. Throws what the gateway says
 * (port_in_use, …) or gateway_unreachable.
 */
export async function startGateway(settings: GatewaySettings): Promise<void> {
  const file = await writeSettings(settings);
  const news = await spawnGateway(settings, file);
  if (news.ready) return;
  const problems = problemsOf(news);
  if (problems.some((each) => each.code === "gateway_already_running")) return waitUntilItAnswers(settings.controlSocket, problems);
  throw new ModyardError(problems);
}

async function writeSettings(settings: GatewaySettings): Promise<string> {
  await mkdir(settings.directory, { recursive: true, mode: 0o700 });
  const path = join(settings.directory, "gateway-settings.json");
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, JSON.stringify(settings, undefined, 2), { mode: 0o600 });
  await rename(temporary, path);
  return path;
}

async function spawnGateway(settings: GatewaySettings, settingsFile: string): Promise<News> {
  const log = openLog(join(settings.directory, "gateway.log"));
  try {
    const child = spawn(process.execPath, [program, settingsFile, "--tell"], {
      cwd: settings.directory,
      detached: true,
      env: gatewayEnvironment(),
      stdio: ["ignore", log, log, "pipe"],
    });
    const news = await readNews(child.stdio[3] as Readable, child);
    // A refusal is over only when the process is: until then it may hold the directory's lock against the next try.
    if (!news.ready && child.exitCode === null) await once(child, "exit");
    child.unref();
    return news;
  } finally {
    closeSync(log);
  }
}

/** The first line on descriptor 3; no line means that the process ended or hangs. */
async function readNews(pipe: Readable, child: ReturnType<typeof spawn>): Promise<News> {
  let text = "";
  const timer = setTimeout(() => child.kill("SIGKILL"), START_TIMEOUT_MS);
  child.once("error", () => pipe.destroy());
  try {
    for await (const chunk of pipe as AsyncIterable<Buffer>) {
      text += chunk.toString("utf8");
      if (text.includes("\n")) return newsSchema.parse(JSON.parse(text));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  } finally {
    clearTimeout(timer);
    pipe.destroy();
  }
  return fail("gateway_unreachable", "the gateway did not start; its log gateway.log in the environment's directory says why");
}

/** What the gateway needs and nothing else: the control plane's environment holds secrets that no application may see. */
function gatewayEnvironment(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "NODE_OPTIONS"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o600);
}

async function waitUntilItAnswers(controlSocket: string, problems: readonly Problem[]): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    try {
      await askGateway(controlSocket, "observe", {}, observationSchema);
      return;
    } catch (error) {
      if (!(error instanceof NoGateway)) throw error;
      await delay(50);
    }
  }
  throw new ModyardError(problems);
}
