import { existsSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { readConfig } from "../../packages/control-plane/src/config/config.ts";
import { startServer, type RunningServer } from "../../packages/control-plane/src/server.ts";
import { processTarget } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";
import { copyExample } from "../copy-example.ts";
import type { DemoHost } from "./hosts.ts";
import { findPlaces, type Places } from "./places.ts";

/** The control plane and the example platform's repository, ready for the demo. */
export interface Platform {
  readonly places: Places;
  readonly server: RunningServer;
  /** Where visitors reach the platform. */
  readonly url: string;
  /** Nothing was built here before. */
  readonly isNew: boolean;
  /** Ends the control plane, the platform and the database. */
  stop(): Promise<void>;
}

/** Makes the example's repository unless it is there, and starts the control plane for it. */
export async function openPlatform(directory: string, { example, ports }: Pick<DemoHost, "example" | "ports">): Promise<Platform> {
  const places = await findPlaces(directory, ports, ({ data }) => existsSync(join(data, "environments", "prod", "gateway.json")));
  const isNew = !existsSync(join(places.host, ".git"));
  if (isNew) await copyExample({ to: places.host, example });
  const listen = `127.0.0.1:${places.platformPort}`;
  const config = readConfig({ hostRepo: places.host, data: places.data, port: String(places.apiPort), environment: [`prod=${listen}`], logLevel: "warn" }, {});
  const server = await startServer(config, pino({ level: config.logLevel }, pino.destination(2)));
  const stop = async (): Promise<void> => {
    await server.stop();
    await stopApplications(places, listen);
  };
  return { places, server, url: `http://${listen}`, isNew, stop };
}

const unpack = (): Promise<void> => Promise.reject(new Error("nothing is unpacked while stopping"));

/** The platform outlives the control plane by design; the demo alone ends it too. */
async function stopApplications({ data }: Places, listen: string): Promise<void> {
  await processTarget({ environment: "prod", directory: join(data, "environments", "prod"), listen, unpack }).stopGateway();
}
