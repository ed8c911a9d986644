import { readlinkSync } from "node:fs";
import { makerMark, makerOf } from "../../processes/maker.ts";

const pattern = /^modyard-(?<space>\d+)-(?<mark>.+)-[0-9a-f-]{36}$/;

/** A control group's name: it says in which process namespace it was made, and by whom. */
export function groupName(unique: string): string {
  return `modyard-${processSpace()}-${makerMark()}-${unique}`;
}

/** Whether this is the name of a control group whose maker is gone. Of makers in other namespaces nobody here can tell. */
export function isAbandonedGroup(name: string): boolean {
  const { space, mark } = pattern.exec(name)?.groups ?? {};
  return mark !== undefined && space === processSpace() && makerOf(mark) === "gone";
}

function processSpace(): string {
  return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
}
