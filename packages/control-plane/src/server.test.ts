import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { copyExample } from "../../../scripts/copy-example.ts";
import { openDirectory } from "../../../test/support/directory.ts";
import { findPlaces } from "./database/embedded/places.ts";
import { findPostmaster } from "./database/embedded/postmaster.ts";
import { eventually } from "../../../test/support/eventually.ts";

const program = join(import.meta.dirname, "cli", "main.ts");
const listening = z.object({ event: z.literal("listening"), url: z.string(), token_file: z.string(), setup_url: z.string().regex(/\/setup\?token=[\w-]{43}$/) });

let directory: string;
let host: string;
let data: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  directory = openDirectory("serve");
  host = join(directory, "host");
  data = join(directory, "data");
  mkdirSync(host);
  await copyExample({ to: host });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Serving {
  readonly child: ChildProcess;
  readonly errors: () => string;
  /** The first line of its output; undefined when it ended without one. */
  readonly line: Promise<string | undefined>;
  readonly ended: Promise<number | null>;
}

function serve(options: { readonly port?: number; readonly hostRepo?: string; readonly data?: string; readonly env?: Record<string, string> } = {}): Serving {
  const args = [program, "serve", "--host-repo", options.hostRepo ?? host, "--data", options.data ?? data, "--port", String(options.port ?? 0)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env["PATH"], ...options.env } });
  children.push(child);
  let errors = "";
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  const line = new Promise<string | undefined>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("\n")) resolve(output.split("\n")[0]);
    });
    void ended.then(() => resolve(undefined));
  });
  return { child, errors: () => errors, line, ended };
}

async function started(serving: Serving): Promise<z.output<typeof listening>> {
  const line = await serving.line;
  if (line === undefined) throw new Error(serving.errors());
  return listening.parse(JSON.parse(line));
}

const databaseRuns = () => findPostmaster(findPlaces(data)) !== undefined;

it("ends on SIGTERM although readers hold streams open, and takes its database along", async () => {
  const serving = serve();
  const { url, token_file: tokenFile } = await started(serving);
  const token = readFileSync(tokenFile, "utf8").trim();
  const headers = { accept: "text/event-stream", authorization: `Bearer ${token}` };
  const streams = await Promise.all(Array.from({ length: 5 }, () => fetch(`${url}/admin/events`, { headers })));
  expect(databaseRuns()).toBe(true);
  serving.child.kill("SIGTERM");
  expect(await serving.ended).toBe(0);
  for (const stream of streams) expect(await stream.text()).toContain("token.created");
  expect(databaseRuns()).toBe(false);
  expect(serving.errors()).not.toContain(token);
});

it("ends in order when it is asked to while it starts", async () => {
  const serving = serve();
  // The first log line of the database's start is not ours to see; the lock of the start is.
  while (!databaseRuns() && serving.child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  serving.child.kill("SIGTERM");
  expect(await serving.ended).toBe(0);
  expect(databaseRuns()).toBe(false);
});

it("says that the port is taken, and leaves nothing running", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const serving = serve({ port: (other.address() as AddressInfo).port });
  expect(await serving.ended).toBe(1);
  expect(serving.errors()).toContain("another program listens on 127.0.0.1");
  expect(serving.errors()).not.toMatch(/\bat .+:\d+:\d+/);
  expect(databaseRuns()).toBe(false);
  other.close();
});

it("says that the database cannot be reached, and ends", async () => {
  const serving = serve({ env: { DATABASE_URL: "postgres://127.0.0.1:1/nothing" } });
  expect(await serving.ended).toBe(1);
  expect(serving.errors()).toContain("database_unreachable");
  expect(serving.errors()).not.toMatch(/\bat .+:\d+:\d+/);
});

it("serves although the host cannot be reached, and says so to who asks for it", async () => {
  const serving = serve({ hostRepo: join(directory, "nowhere") });
  const { url, token_file: tokenFile } = await started(serving);
  const headers = { authorization: `Bearer ${readFileSync(tokenFile, "utf8").trim()}` };
  expect((await fetch(`${url}/admin/builds`, { headers })).status).toBe(200);
  const response = await fetch(`${url}/admin/modules`, { headers });
  expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ code: "host_not_found" })]);
  serving.child.kill("SIGINT");
  expect(await serving.ended).toBe(0);
});

it("gets its killed database back by itself, and shares it with another process", async () => {
  const serving = serve();
  const { url } = await started(serving);
  const killed = findPostmaster(findPlaces(data)) ?? 0;
  process.kill(killed, "SIGKILL");
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const second = serve();
  const { url: other } = await started(second);
  await eventually(async () => expect(await Promise.all([url, other].map(async (each) => (await fetch(`${each}/readyz`)).status))).toEqual([200, 200]));
  expect(findPostmaster(findPlaces(data))).not.toBe(killed);
  for (const each of [serving, second]) each.child.kill("SIGTERM");
  expect(await Promise.all([serving.ended, second.ended])).toEqual([0, 0]);
  expect(databaseRuns()).toBe(false);
});

it("refuses an older database when it may not migrate, and says what to run", async () => {
  const serving = serve({ data: join(directory, "empty"), env: { MODYARD_MIGRATE: "0" } });
  expect(await serving.ended).toBe(1);
  expect(serving.errors()).toContain("database_outdated");
  expect(serving.errors()).toContain("modyard migrate up");
});
