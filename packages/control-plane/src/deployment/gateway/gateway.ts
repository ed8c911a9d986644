import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { fail } from "../../errors/problem.ts";
import type { Observation } from "../targets/target.ts";
import { ApplicationLog } from "./application-log.ts";
import { controlRoutes } from "./control-routes.ts";
import { serveControl } from "./control-server.ts";
import { lockDirectory } from "./directory-lock.ts";
import { Fence } from "./fence.ts";
import { processIdentity } from "../../processes/identity.ts";
import { servePublic } from "./public-server.ts";
import { Releases } from "./releases.ts";
import { ApplicationStarter } from "./sandbox/starter.ts";
import type { GatewaySettings } from "./settings.ts";
import { stateFile, type GatewayState } from "./state-file.ts";

const LOG_LOOK_MS = 10_000;

export interface Gateway {
  readonly url: string;
  /** Ends requests, applications and the gateway's sockets. What is wanted stays written down for the next start. */
  shutdown(): Promise<void>;
}

/**
 * Runs the gateway of one environment in this process: takes the directory's lock, opens the users' port, takes up
 * what an earlier gateway left, and answers the control socket last, so that who gets an answer finds everything in place.
 * Throws gateway_already_running, port_in_use, listen_invalid, gateway_state_invalid.
 */
export async function runGateway(settings: GatewaySettings, log: Logger, onShutdown: () => void): Promise<Gateway> {
  mkdirSync(settings.directory, { recursive: true, mode: 0o700 });
  if (!(await lockDirectory(settings.directory))) {
    fail("gateway_already_running", `a gateway for ${settings.directory} is running already`);
  }
  const file = stateFile(settings.directory);
  const before = await file.load();

  let ending = false;
  const save = (): Promise<void> => (ending ? Promise.resolve() : file.save(snapshot));
  const fence = new Fence(before.fence, save);
  const starter = new ApplicationStarter(settings.directory, settings.sandbox);
  const logs = join(settings.directory, "logs");
  const releases = new Releases(
    {
      gatewayDirectory: settings.directory,
      starter,
      stopGraceMs: settings.stopGraceSeconds * 1000,
      logOf: (releaseId) => new ApplicationLog(join(logs, `${releaseId}.log`)),
      changed: () => void save().catch((error: unknown) => log.error({ err: error }, "the state could not be written")),
    },
    save,
  );
  const users = await servePublic({ releases, patienceMs: settings.restartPatienceSeconds * 1000 }, settings.listen, before.port);
  const snapshot = (): GatewayState => ({
    version: 1,
    ...(releases.active === undefined ? {} : { activeReleaseId: releases.active.releaseId }),
    port: users.port,
    releases: [...releases.records],
    fence: fence.highest,
  });
  await releases.restore(before);
  await save();

  const observe = async (): Promise<Observation> => ({
    environment: settings.environment,
    ...(releases.active === undefined ? {} : { activeReleaseId: releases.active.releaseId }),
    releases: await releases.observe(),
    url: users.url,
    gatewayPid: process.pid,
    fence: fence.highest,
    sandbox: starter.state,
  });
  const shutdown = async (): Promise<void> => {
    if (ending) return;
    await save();
    ending = true;
    await users.close();
    await releases.stopAll();
    clearInterval(rotation);
    control.close();
    control.closeIdleConnections();
  };
  const shutDown = async (): Promise<void> => {
    await shutdown();
    setImmediate(onShutdown);
  };
  const control = await serveControl(settings.controlSocket, controlRoutes({ releases, starter, users, fence, observe, shutDown }));
  const rotation = setInterval(() => releases.rotateLogs(), LOG_LOOK_MS);
  writeFileSync(join(settings.directory, "gateway.pid"), `${process.pid} ${processIdentity(process.pid) ?? ""}\n`, { mode: 0o600 });
  return { url: users.url, shutdown };
}
