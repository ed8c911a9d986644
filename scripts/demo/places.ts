import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

/** Where the demo keeps its host and its control plane, and where both listen. The same at every run. */
export interface Places {
  readonly host: string;
  readonly data: string;
  readonly apiPort: number;
  readonly platformPort: number;
}

/** The demo's places below `directory`. Ports that somebody else uses are replaced by free ones, which are kept. */
export async function findPlaces(directory: string, ports: { readonly api: number; readonly platform: number }, running: (places: Places) => boolean): Promise<Places> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "ports.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { apiPort: number; platformPort: number }) : { apiPort: ports.api, platformPort: ports.platform };
  const places = { host: join(directory, "host"), data: join(directory, "data") };
  const apiPort = await freePort(kept.apiPort);
  // The platform may still be served by a gateway that outlived an earlier demo: then its port is ours.
  const platformPort = running({ ...places, ...kept }) ? kept.platformPort : await freePort(kept.platformPort);
  writeFileSync(file, JSON.stringify({ apiPort, platformPort }));
  return { ...places, apiPort, platformPort };
}

async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const { port: found } = server.address() as AddressInfo;
      server.close(() => resolve(found));
    });
  });
}
