import { createHash } from "node:crypto";
import { processIdentity } from "./identity.ts";

const pattern = /^(?<pid>\d+)\.(?<hash>[0-9a-f]{12})$/;

/** A short text that names exactly this process, for names of what it makes: `PID.HASH`. */
export function makerMark(): string {
  return markOf(process.pid) ?? `${process.pid}.${"0".repeat(12)}`;
}

/** Whether the process of a mark still lives; undefined for what is no mark. */
export function makerOf(mark: string): "lives" | "gone" | undefined {
  const pid = pattern.exec(mark)?.groups?.["pid"];
  if (pid === undefined) return undefined;
  return markOf(Number(pid)) === mark ? "lives" : "gone";
}

function markOf(pid: number): string | undefined {
  const identity = processIdentity(pid);
  return identity === undefined ? undefined : `${pid}.${createHash("sha256").update(identity).digest("hex").slice(0, 12)}`;
}
