import { setTimeout as sleep } from "node:timers/promises";
import { ModyardError } from "../../errors/problem.ts";
import { placeOf } from "../print-problems.ts";
import { missing, type Check, type Finding, type Group, type Machine } from "./check.ts";

/** A finding under its heading. */
export interface GroupedFinding extends Finding {
  readonly group: Group;
}

const defaultSeconds = 10;

/** Makes all checks at once. One that fails or takes too long is a finding itself and stops none of the others. */
export async function runChecks(checks: readonly Check[], machine: Machine): Promise<readonly GroupedFinding[]> {
  const found = await Promise.all(checks.map((check) => runOne(check, machine)));
  return found.flat();
}

async function runOne(check: Check, machine: Machine): Promise<readonly GroupedFinding[]> {
  const seconds = check.seconds ?? defaultSeconds;
  const stop = new AbortController();
  const tooLong = sleep(seconds * 1000, undefined, { signal: stop.signal }).then(() => [missing(check.name, `could not be checked within ${seconds} seconds`)]);
  tooLong.catch(() => undefined);
  try {
    const found = await Promise.race([check.run(machine), tooLong]);
    return found.map((finding) => ({ group: check.group, ...finding }));
  } catch (error) {
    return findingsOf(check.name, error).map((finding) => ({ group: check.group, ...finding }));
  } finally {
    stop.abort();
  }
}

/** What is wrong, as findings: each problem of the catalogue says itself what to do. */
export function findingsOf(name: string, error: unknown): readonly Finding[] {
  if (!(error instanceof ModyardError)) return [missing(name, error instanceof Error ? error.message : String(error))];
  return error.problems.map(({ message, hint, location }) => missing(name, location === undefined ? sentence(message) : `${placeOf(location)}: ${message}`, hint));
}

/** Messages of the catalogue begin small, since something stands before them elsewhere. */
function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
