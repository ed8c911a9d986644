import type { Logger } from "pino";
import { removeOrphans } from "./orphans.ts";

/** How often a sweep looks, in milliseconds: a look reads all of the machine's processes. */
const intervalMs = 15_000;

const lastSweeps = new Map<string, number>();

/** Removes what lost workers left behind, at the first call and then not more often than is worth it. */
export async function sweepOrphans({ dataDirectory, logger }: { readonly dataDirectory: string; readonly logger: Pick<Logger, "warn"> }): Promise<void> {
  if (performance.now() - (lastSweeps.get(dataDirectory) ?? -Infinity) < intervalMs) return;
  lastSweeps.set(dataDirectory, performance.now());
  await removeOrphans(dataDirectory, logger);
}
