import { randomUUID } from "node:crypto";
import { makerMark, makerOf } from "../../processes/maker.ts";

const name = "MODYARD_COMMAND";

/** `NAME=value` for the environment of one command's processes: different for each command, and it tells which worker runs it. */
export function commandMarker(): string {
  return `${name}=${makerMark()}.${randomUUID()}`;
}

/** Whether the worker that runs the command with this environment lives; undefined without a marker. */
export function workerOf(environment: ReadonlyMap<string, string>): "lives" | "gone" | undefined {
  const [pid, hash] = environment.get(name)?.split(".") ?? [];
  return pid === undefined || hash === undefined ? undefined : makerOf(`${pid}.${hash}`);
}
