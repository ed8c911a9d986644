import { existsSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { readConfig } from "../../packages/control-plane/src/config/config.ts";
import { startServer, type RunningServer } from "../../packages/control-plane/src/server.ts";
import { processTarget } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";
import { copyExample } from "../copy-example.ts";
import { findPlaces, type Places } from "./places.ts";

/** The control plane and the example platform's repository, ready for the demo. */
export interface Platform {
  readonly places: Places;
  readonly server: RunningServer;
  /** Where visitors reach the platform. */
  readonly url: string;
  /** Ends the control plane, the platform and the database. */
  stop(): Promise<void>;
}

/** Makes the example's repository unless it is there, and starts the control plane for it. */
export async function openPlatform(directory: string): Promise<Platform> {
  const places = await findPlaces(directory, ({ data }) => existsSync(join(data, "environments", "prod", "gateway.json")));
  if (!existsSync(join(places.host, ".git"))) await copyExample({ to: places.host });
  const listen = `127.0.0.1:${places.platformPort}`;
  const config = readConfig({ hostRepo: places.host, data: places.data, port: String(places.apiPort), environment: [`prod=${listen}`], logLevel: "warn" }, {});
  const server = await startServer(config, pino({ level: config.logLevel }, pino.destination(2)));
  const stop = async (): Promise<void> => {
    await server.stop();
    await stopApplications(places, listen);
  };
  return { places, server, url: `http://${listen}`, stop };
}

const unpack = (): Promise<void> => Promise.reject(new Error("nothing is unpacked while stopping"));

/** The platform outlives the control plane by design; the demo alone ends it too. */
async function stopApplications({ data }: Places, listen: string): Promise<void> {
  await processTarget({ environment: "prod", directory: join(data, "environments", "prod"), listen, unpack }).stopGateway();
}
