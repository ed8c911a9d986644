import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../errors/problem.ts";
import { tryLockFile } from "../processes/lock-file.ts";
import type { Workspace } from "./pipeline/run.ts";

const slots = 16;

/**
 * A workspace of its own for one run. The same few paths are used again and again, because some compilers write
 * paths into what they make. A slot whose owner died is free.
 */
export function openWorkspace(dataDirectory: string): { readonly workspace: Workspace; readonly close: () => void } {
  const parent = join(dataDirectory, "workspaces");
  mkdirSync(parent, { recursive: true });
  for (let slot = 1; slot <= slots; slot += 1) {
    const release = tryLockFile(join(parent, `${slot}.lock`));
    if (release === undefined) continue;
    const root = join(parent, String(slot));
    rmSync(root, { recursive: true, force: true });
    const workspace = { root, directory: join(root, "host"), scratch: join(root, "scratch") };
    mkdirSync(workspace.scratch, { recursive: true });
    const close = (): void => {
      rmSync(root, { recursive: true, force: true });
      release();
    };
    return { workspace, close };
  }
  return fail("step_failed", `all ${slots} workspaces are in use`);
}
