import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { readConfig } from "../../packages/control-plane/src/config/config.ts";
import { processTarget } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";
import { startServer } from "../../packages/control-plane/src/server.ts";
import { copyExample } from "../../scripts/copy-example.ts";
import type { ExampleName } from "../../scripts/example/example-host.ts";

type Body = Record<string, unknown>;

/** A real control plane with the example host, for benches. */
export interface Modyard {
  readonly directory: string;
  readonly platformUrl: string;
  /** POST below /admin; the parsed answer. */
  post(path: string, body: Body): Promise<Body>;
  get(path: string): Promise<Body>;
  /** Resolves when the build is over; throws when it failed. */
  whenBuilt(buildId: string): Promise<void>;
  /** Resolves when the build and then the environment's newest deployment are over; throws when one failed. */
  whenLive(buildId: string): Promise<void>;
  close(): Promise<void>;
}

export async function openModyard(platformPort: number, example: ExampleName = "node-platform"): Promise<Modyard> {
  const directory = await mkdtemp(join(tmpdir(), "modyard-bench-"));
  await copyExample({ to: join(directory, "host"), example });
  const listen = `127.0.0.1:${platformPort}`;
  const data = join(directory, "data");
  const config = readConfig({ hostRepo: join(directory, "host"), data, port: "0", environment: [`prod=${listen}`], logLevel: "warn" }, {});
  const server = await startServer(config, pino({ level: "warn" }, pino.destination(2)));
  const token = (await readFile(server.tokenFile, "utf8")).trim();
  const ask = async (method: string, path: string, body?: Body): Promise<Body> => {
    const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) };
    const response = await fetch(`${server.url}/admin${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const answer = (await response.json()) as Body;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const get = (path: string): Promise<Body> => ask("GET", path);
  return {
    directory,
    platformUrl: `http://${listen}`,
    get,
    post: (path, body) => ask("POST", path, body),
    whenBuilt: (buildId) => whenBuilt(get, buildId),
    whenLive: (buildId) => whenLive(get, buildId),
    close: async () => {
      await server.stop();
      await processTarget({ environment: "prod", directory: join(data, "environments", "prod"), listen, unpack }).stopGateway();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const unpack = (): Promise<void> => Promise.reject(new Error("nothing is unpacked while stopping"));

async function whenBuilt(get: Modyard["get"], buildId: string): Promise<void> {
  for (;;) {
    const build = await get(`/builds/${buildId}`);
    if (build["status"] === "failed" || build["status"] === "cancelled") throw new Error(JSON.stringify(build["error"]));
    if (build["status"] === "success") return;
    await sleep(20);
  }
}

async function whenLive(get: Modyard["get"], buildId: string): Promise<void> {
  await whenBuilt(get, buildId);
  for (;;) {
    const { deployments } = (await get("/deployments?limit=1")) as { deployments: { status: string; build_id: string; error: unknown }[] };
    const [newest] = deployments;
    if (newest?.build_id === buildId && newest.status === "success") return;
    if (newest?.build_id === buildId && newest.status === "failed") throw new Error(JSON.stringify(newest.error));
    await sleep(20);
  }
}

/** Asks until the address answers with this status; milliseconds from now on. */
export async function untilStatus(url: string, status: number): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === status) return;
    await sleep(20);
  }
}
