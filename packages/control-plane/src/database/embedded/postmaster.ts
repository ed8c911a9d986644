import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fail } from "../../errors/problem.ts";
import { commandLineOf } from "../../processes/identity.ts";
import { processesIn } from "../../processes/proc.ts";
import type { Places } from "./places.ts";

/** The number of the live server of this data folder; undefined when there is none, whatever its pid file says. */
export function findPostmaster(places: Places): number | undefined {
  const pid = readPid(join(places.data, "postmaster.pid"));
  if (pid === undefined) return undefined;
  // With the option that follows: another server's folder may begin with the same text.
  return commandLineOf(pid)?.includes(` -D ${places.data} -c `) ? pid : undefined;
}

/**
 * Clears the way for a new server after one that was killed. Only to be called when `findPostmaster` found none.
 * The killed server's own processes end by themselves when they notice, which a long query may put off; none of them may
 * write beside a new server. The pid files stay while nothing has their number: by them the new server sees for itself that the
 * memory of the old one is no longer in use. It would take a process of somebody else for the old server, and also the old
 * server itself, dead, that nobody has collected yet.
 */
export async function clearLeftovers(places: Places): Promise<void> {
  await endOrphans(places);
  for (const file of [join(places.data, "postmaster.pid"), join(places.sockets, ".s.PGSQL.5432.lock")]) {
    const pid = readPid(file);
    if (pid === undefined || isNumberTaken(pid)) rmSync(file, { force: true });
  }
  rmSync(join(places.sockets, ".s.PGSQL.5432"), { force: true });
}

/** A server process works in its data folder and says what it is. What was committed is in the write-ahead log, whenever it is killed. */
async function endOrphans({ data }: Places): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const orphans = processesIn(data).filter((pid) => commandLineOf(pid)?.startsWith("postgres: ") === true);
    if (orphans.length === 0) return;
    for (const pid of orphans) kill(pid);
    await sleep(20);
  }
  fail("database_unreachable", "processes of the embedded PostgreSQL that was killed do not end", { hint: `Restart the machine, or look for processes that work in ${data}.` });
}

/** As PostgreSQL asks: a dead process that nobody has collected has its number still. */
function isNumberTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
