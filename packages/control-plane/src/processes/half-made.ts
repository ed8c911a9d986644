import { randomBytes } from "node:crypto";
import { makerMark, makerOf } from "./maker.ts";

const prefix = ".making-";

/**
 * A name for a file or directory that gets its real name when it is whole. It tells who makes it, so that what a killed process
 * left behind is found and removed, and what another is still at is left alone.
 */
export function halfMadeName(): string {
  return `${prefix}${makerMark()}-${randomBytes(6).toString("hex")}`;
}

/** Whether this names something half made by a process that is gone. */
export function isAbandoned(name: string): boolean {
  return name.startsWith(prefix) && makerOf(name.slice(prefix.length).split("-")[0] ?? "") === "gone";
}
