import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandLineOf } from "../../processes/identity.ts";
import type { Places } from "./places.ts";

/** The number of the live server of this data folder; undefined when there is none, whatever its pid file says. */
export function findPostmaster(places: Places): number | undefined {
  const pid = readPid(join(places.data, "postmaster.pid"));
  if (pid === undefined) return undefined;
  // With the option that follows: another server's folder may begin with the same text.
  return commandLineOf(pid)?.includes(` -D ${places.data} -c `) ? pid : undefined;
}

/** Removes what a killed server left behind. Only to be called when `findPostmaster` found none. */
export function removeLeftovers(places: Places): void {
  rmSync(join(places.data, "postmaster.pid"), { force: true });
  for (const name of [".s.PGSQL.5432", ".s.PGSQL.5432.lock"]) rmSync(join(places.sockets, name), { force: true });
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
