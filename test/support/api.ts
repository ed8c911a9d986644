import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { buildApi } from "../../packages/control-plane/src/api/server.ts";
import { readConfig } from "../../packages/control-plane/src/config/config.ts";
import { openControlPlane, type ControlPlane } from "../../packages/control-plane/src/control-plane.ts";
import { createLogger } from "../../packages/control-plane/src/telemetry/logger.ts";
import { copyExample } from "../../scripts/copy-example.ts";
import { addressOf, type DatabaseKind } from "./databases.ts";
import { openDirectory } from "./directory.ts";
import { stopGateways } from "./gateways.ts";

/** The API on a real database and a copy of the example host. No worker runs: what is queued stays queued. */
export interface TestApi {
  readonly app: FastifyInstance;
  readonly plane: ControlPlane;
  readonly token: string;
  /** Everything that was logged so far. */
  readonly logged: () => string;
  /** Asks as the administrator. */
  ask(method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH", url: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

/** On the embedded database of its own data directory, or on a server of another kind; `settings` as environment variables. */
export async function openTestApi(kind?: DatabaseKind, settings: Readonly<Record<string, string>> = {}): Promise<TestApi> {
  const directory = openDirectory("api");
  const host = join(directory, "host");
  mkdirSync(host);
  await copyExample({ to: host });
  let log = "";
  const server = await kind?.start();
  const env = { ...settings, ...(server !== undefined && { DATABASE_URL: addressOf(await server.createDatabase()) }) };
  const config = readConfig({ hostRepo: host, data: join(directory, "data"), port: "0", logLevel: "trace" }, env);
  const logger = createLogger(config, { write: (line: string) => void (log += line) });
  const plane = await openControlPlane(config, logger);
  const app = (await buildApi(plane)) as unknown as FastifyInstance;
  const token = readFileSync(plane.tokenFile, "utf8").trim();
  return {
    app,
    plane,
    token,
    logged: () => log,
    ask: (method, url, body, headers = {}) => {
      const payload = body === undefined ? {} : { payload: body as NonNullable<InjectOptions["payload"]> };
      return app.inject({ method, url, headers: { authorization: `Bearer ${token}`, ...headers }, ...payload });
    },
    close: async () => {
      await app.close();
      await stopGateways(plane.dataDirectory);
      await plane.close();
      await server?.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
