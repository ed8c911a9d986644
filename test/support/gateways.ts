import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { processTarget } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";

/** Ends the gateways of all environments of a data directory: whoever looks at an environment with a release starts its gateway, which outlives everybody by design. */
export async function stopGateways(data: string): Promise<void> {
  const environments = await readdir(join(data, "environments")).catch(() => []);
  for (const environment of environments) {
    const directory = join(data, "environments", environment);
    const isKnown = existsSync(join(directory, "gateway-settings.json"));
    if (isKnown) await processTarget({ environment, directory, listen: "127.0.0.1:0", unpack: () => Promise.reject(new Error("nothing is unpacked")) }).stopGateway();
  }
}
