import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { groupParents } from "../sandbox/control-group.ts";
import { isAbandonedGroup } from "../sandbox/group-name.ts";
import type { Orphan } from "./orphan.ts";

/** Control groups that workers made which are gone, of whatever data directory: the kernel removes none by itself. */
export async function orphanGroups(): Promise<Orphan[]> {
  const parents = await groupParents();
  const found = await Promise.all(parents.map(async (parent) => (await readdir(parent).catch(() => [])).filter(isAbandonedGroup).map((name) => join(parent, name))));
  return found.flat().map((name) => ({ kind: "control_group", name, text: "control group of a worker that is gone" }));
}
