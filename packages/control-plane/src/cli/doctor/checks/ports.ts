import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { tokenFile } from "../../../config/config.ts";
import { parseListenAddress } from "../../../deployment/gateway/listen-address.ts";
import { observationSchema } from "../../../deployment/gateway/protocol.ts";
import { controlSocketPath } from "../../../deployment/gateway/control-socket.ts";
import { askGateway } from "../../../deployment/targets/process/gateway-client.ts";
import { missing, ok, type Check, type Finding, type Machine } from "../check.ts";

/** Undefined: free. Otherwise the system's word for why not. */
async function whyNot(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    return await new Promise((resolve) => {
      server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      server.listen({ host, port, exclusive: true }, () => resolve(undefined));
    });
  } finally {
    server.close();
  }
}

async function api({ config: { listen, dataDirectory } }: Machine): Promise<readonly Finding[]> {
  const { host, port } = listen;
  const place = `${host}:${port}`;
  const why = await whyNot(host, port);
  if (why === undefined) return [ok("API", port === 0 ? "Any free port" : `${place} is free`)];
  if (why !== "EADDRINUSE") return [missing("API", wordsFor(why, place), "modyard serve --bind 127.0.0.1 --port 4600")];
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const isModyard = await answersAsModyard(`http://${address.includes(":") ? `[${address}]` : address}:${port}`);
  // A data directory that no server ever used has another one's Modyard there.
  const isOurs = isModyard && existsSync(tokenFile(dataDirectory));
  const what = isModyard ? `Another Modyard serves on ${place}: this data directory has never had a server` : wordsFor(why, place);
  return [isOurs ? ok("API", `A Modyard serves on ${place}`) : missing("API", what, "modyard serve --port ANOTHER_PORT")];
}

/** Whatever listens there may answer anything, or nothing. */
async function answersAsModyard(url: string): Promise<boolean> {
  const { ApiError, connect } = await import("../../../client/index.ts");
  // While its database is away it answers that.
  return connect({ url }).getSignInState({ signal: AbortSignal.timeout(2_000) }).then(() => true, (error: unknown) => error instanceof ApiError && error.details !== undefined);
}

async function environments(machine: Machine): Promise<readonly Finding[]> {
  const snapshot = await machine.host().catch(() => undefined);
  // What is wrong with the host is said under its own heading.
  const named = (snapshot?.host.environments ?? []).filter(({ target }) => target === "process");
  return Promise.all(named.map(({ name, listen }) => environment(machine, name, machine.config.environmentListen[name] ?? listen ?? "127.0.0.1:8080")));
}

async function environment({ config }: Machine, name: string, listen: string): Promise<Finding> {
  const { host, port } = parseListenAddress(listen);
  const why = await whyNot(host, port);
  if (why === undefined) return ok(name, `${listen} is free`);
  if (why === "EADDRINUSE" && (await isOurGateway(config.dataDirectory, name))) return ok(name, `Its gateway serves on ${listen}`);
  return missing(name, wordsFor(why, listen), `modyard serve --environment ${name}=${host}:ANOTHER_PORT`);
}

async function isOurGateway(dataDirectory: string, name: string): Promise<boolean> {
  const socket = controlSocketPath(join(dataDirectory, "environments", name));
  return askGateway(socket, "observe", {}, observationSchema, 2_000).then(() => true, () => false);
}

function wordsFor(code: string, place: string): string {
  if (code === "EADDRINUSE") return `Another program listens on ${place}`;
  if (code === "EACCES") return `This user may not listen on ${place}`;
  return `${place} is not an address of this machine`;
}

export const portChecks: readonly Check[] = [
  { group: "Ports", name: "API", run: api },
  { group: "Ports", name: "Environments", seconds: 60, run: environments },
];
