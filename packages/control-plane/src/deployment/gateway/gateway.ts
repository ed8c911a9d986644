import { mkdirSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import type { Logger } from "pino";
import { fail } from "../../errors/problem.ts";
import type { Observation } from "../targets/target.ts";
import { ApplicationLog } from "./application-log.ts";
import { controlRoute, serveControl } from "./control-server.ts";
import { lockDirectory } from "./directory-lock.ts";
import { listenUrl, parseListenAddress } from "./listen-address.ts";
import { processIdentity } from "./process-identity.ts";
import { shutdownRequestSchema, startRequestSchema, stopRequestSchema, switchRequestSchema } from "./protocol.ts";
import { portOf, servePublic } from "./public-server.ts";
import { Releases } from "./releases.ts";
import type { GatewaySettings } from "./settings.ts";
import { stateFile, type GatewayState } from "./state-file.ts";

const LOG_LOOK_MS = 10_000;
/** How long requests under way may take when the gateway itself is told to end. */
const SHUTDOWN_DRAIN_MS = 5_000;

export interface Gateway {
  readonly url: string;
  /** Ends requests, applications and the gateway's sockets. What is wanted stays written down for the next start. */
  shutdown(): Promise<void>;
}

/**
 * Runs the gateway of one environment in this process: takes the directory's lock, opens the users' port, takes up
 * what an earlier gateway left, and answers the control socket last, so that who gets an answer finds everything in place.
 * Throws GATEWAY_ALREADY_RUNNING, PORT_IN_USE, LISTEN_INVALID, GATEWAY_STATE_INVALID.
 */
export async function runGateway(settings: GatewaySettings, log: Logger, onShutdown: () => void): Promise<Gateway> {
  mkdirSync(settings.directory, { recursive: true, mode: 0o700 });
  if (!(await lockDirectory(settings.directory))) {
    fail("GATEWAY_ALREADY_RUNNING", `a gateway for ${settings.directory} is running already`);
  }
  const file = stateFile(settings.directory);
  const before = await file.load();
  const wanted = parseListenAddress(settings.listen);
  const address = { ...wanted, port: wanted.port === 0 ? (before.port ?? 0) : wanted.port };

  let ending = false;
  const save = (): Promise<void> => (ending ? Promise.resolve() : file.save(snapshot));
  const logs = join(settings.directory, "logs");
  const releases = new Releases(
    {
      gatewayDirectory: settings.directory,
      stopGraceMs: settings.stopGraceSeconds * 1000,
      logOf: (releaseId) => new ApplicationLog(join(logs, `${releaseId}.log`)),
      changed: () => void save().catch((error: unknown) => log.error({ err: error }, "the state could not be written")),
    },
    save,
  );
  const server = await servePublic(releases, address);
  const port = portOf(server);
  const url = listenUrl({ host: address.host, port });
  const snapshot = (): GatewayState => ({
    version: 1,
    ...(releases.active === undefined ? {} : { activeReleaseId: releases.active.releaseId }),
    port,
    releases: [...releases.records],
  });
  await releases.restore(before);
  await save();

  const observe = async (): Promise<Observation> => ({
    environment: settings.environment,
    ...(releases.active === undefined ? {} : { activeReleaseId: releases.active.releaseId }),
    releases: await releases.observe(),
    url,
    gatewayPid: process.pid,
  });
  const shutdown = async (): Promise<void> => {
    if (ending) return;
    await save();
    ending = true;
    await closeServer(server);
    await releases.stopAll();
    clearInterval(rotation);
    control.close();
    control.closeIdleConnections();
  };
  const control = await serveControl(settings.controlSocket, {
    observe: controlRoute(shutdownRequestSchema, observe),
    start: controlRoute(startRequestSchema, ({ release }) => releases.start(release)),
    switch: controlRoute(switchRequestSchema, ({ releaseId, drainTimeoutSeconds }) => releases.switch(releaseId, drainTimeoutSeconds)),
    stop: controlRoute(stopRequestSchema, ({ releaseId }) => releases.stop(releaseId)),
    shutdown: controlRoute(shutdownRequestSchema, async () => {
      await shutdown();
      setImmediate(onShutdown);
    }),
  });
  const rotation = setInterval(() => releases.rotateLogs(), LOG_LOOK_MS);
  writeFileSync(join(settings.directory, "gateway.pid"), `${process.pid} ${processIdentity(process.pid) ?? ""}\n`, { mode: 0o600 });
  return { url, shutdown };
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cut = setTimeout(() => server.closeAllConnections(), SHUTDOWN_DRAIN_MS);
  await closed;
  clearTimeout(cut);
}
