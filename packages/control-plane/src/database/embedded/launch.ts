import { execFile, spawn } from "node:child_process";
import { chmodSync, chownSync, closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { fail } from "../../errors/problem.ts";
import { provideBinaries } from "./binaries.ts";
import { makeFolder, type Places } from "./places.ts";
import { clearLeftovers } from "./postmaster.ts";

const run = promisify(execFile);

/** Starts the server of these places, made first where there is none yet; its process id. Only to be called when `findPostmaster` found none. */
export async function startServer(places: Places): Promise<number> {
  const binaries = provideBinaries(places.home);
  if (!existsSync(join(places.data, "PG_VERSION"))) await initialise(binaries, places);
  await clearLeftovers(places);
  return launch(binaries, places);
}

async function initialise(binaries: string, places: Places): Promise<void> {
  // Made beside and renamed: a first start that is killed leaves no half-made cluster.
  const partial = `${places.data}.partial`;
  rmSync(partial, { recursive: true, force: true });
  makeFolder(partial, 0o700, places.user);
  const options = ["--username=modyard", "--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums", "-D", partial];
  await run(join(binaries, "bin", "initdb"), options, { ...places.user, env: serverEnvironment(), cwd: "/" });
  renameSync(partial, places.data);
}

function launch(binaries: string, places: Places): number {
  const log = openSync(places.log, "a", 0o600);
  chmodSync(places.log, 0o600);
  if (places.user) chownSync(places.log, places.user.uid, places.user.gid);
  const settings = { listen_addresses: "", unix_socket_directories: places.sockets, max_connections: "100", shared_buffers: "64MB" };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  // Detached: the database must not die of a signal to the control plane's process group.
  const child = spawn(join(binaries, "bin", "postgres"), ["-D", places.data, ...flags], {
    ...places.user,
    cwd: "/",
    detached: true,
    env: serverEnvironment(),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.on("error", () => undefined);
  child.unref();
  return child.pid ?? fail("database_unreachable", "the embedded PostgreSQL could not be started");
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}
