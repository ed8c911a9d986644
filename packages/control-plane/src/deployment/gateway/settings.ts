import { readFile } from "node:fs/promises";
import { z } from "zod";
import { sandboxWishSchema } from "./sandbox/rules.ts";

/** The settings file that a gateway is started with. All paths are absolute. */
const gatewaySettingsSchema = z.strictObject({
  environment: z.string().min(1),
  /** Where the gateway keeps its state, its socket and the applications' logs. */
  directory: z.string().startsWith("/"),
  /** `HOST:PORT` for users. */
  listen: z.string(),
  controlSocket: z.string().startsWith("/"),
  /** How long an application has between SIGTERM and SIGKILL, in seconds. */
  stopGraceSeconds: z.number().positive().max(3600),
  /** How long a request waits for a crashed application to come back before it is answered with 503, in seconds. */
  restartPatienceSeconds: z.number().min(0).max(60),
  /** What applications may see, until a driver says otherwise. Absent in a file of an earlier version: they are started without a sandbox. */
  sandbox: sandboxWishSchema.exactOptional(),
});
export type GatewaySettings = z.infer<typeof gatewaySettingsSchema>;

export async function readGatewaySettings(path: string): Promise<GatewaySettings> {
  return gatewaySettingsSchema.parse(JSON.parse(await readFile(path, "utf8")));
}
