import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** Everything in it is on its way out: whoever finds something there may remove it. */
export function goingDirectory(dataDirectory: string): string {
  return join(dataDirectory, "going");
}

/**
 * Takes a path away at once, and gives what is left to do: removing its files. A process that is killed in the middle of that
 * leaves no half of anything where somebody could use it.
 */
export async function takeAway(dataDirectory: string, path: string): Promise<() => Promise<void>> {
  const going = goingDirectory(dataDirectory);
  await mkdir(going, { recursive: true });
  const place = join(going, randomUUID());
  const moved = await rename(path, place).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
  return async () => (moved ? rm(place, { recursive: true, force: true, maxRetries: 3 }) : undefined);
}
