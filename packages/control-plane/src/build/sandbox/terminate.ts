import type { ChildProcess } from "node:child_process";
import { childrenOf, descendantsOf, signalProcess } from "./process-tree.ts";

/** How long a command may take to end after SIGTERM, in milliseconds. */
const graceMs = 2000;

/** Ends a process and its group: by SIGTERM, and after a while by SIGKILL. `contained`: a process namespace holds it together. */
export async function terminate(child: ChildProcess, contained: boolean): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (child.exitCode !== null || child.signalCode !== null) return;
  const descendants = contained ? [] : await descendantsOf(pid);
  signalProcess(-pid, "SIGTERM");
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, graceMs);
  await Promise.race([exited, patience.promise]);
  clearTimeout(timer);
  for (const descendant of descendants) signalProcess(descendant, "SIGKILL");
  if (child.exitCode !== null || child.signalCode !== null) return;
  // The namespace's first process, not `unshare`: the kernel reports its end only after all others in there are gone.
  if (contained) for (const first of await childrenOf(pid)) signalProcess(first, "SIGKILL");
  else signalProcess(-pid, "SIGKILL");
}
