import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { tryLockFile } from "../../packages/control-plane/src/processes/lock-file.ts";
import { fingerprint } from "../../packages/control-plane/src/toolchains/cargo/fingerprint.ts";
import { copyTree } from "../../packages/control-plane/src/toolchains/shared/copy-tree.ts";
import { cachedDirectory, cacheDirectory, findCachedDirectory } from "../../scripts/example/files.ts";

/** What control planes of tests hand on to each other: downloads, and what compiling the host as it is left. */
export interface KeptCache {
  /** Keeps what the control plane has by now for the next ones, unless that was done. */
  keep(): Promise<void>;
  /** Lets others go on who wait for what is kept. */
  done(): void;
}

/** Which host this is about. `cold` begins with nothing, as on a new machine. */
export interface CacheChoice {
  readonly example?: "node-platform" | "rust-platform";
  readonly profile?: "debug";
  readonly cold?: boolean;
}

/** Gives a new control plane what earlier ones kept: the second build of a host does not pay for the first one's. */
export async function openCache(host: string, data: string, { example, profile, cold }: CacheChoice): Promise<KeptCache> {
  const cache = join(data, "cache");
  if (example !== "rust-platform") return openNodeCache(await hashOf(join(host, "package-lock.json"), process.version), cache, cold === true);
  return openRustCache(await hashOf(join(host, "Cargo.lock"), await fingerprint(host), profile ?? "release"), cache);
}

async function openNodeCache(key: string, cache: string, cold: boolean): Promise<KeptCache> {
  const kept = await cachedDirectory("e2e", key, () => Promise.resolve());
  if (!cold && existsSync(join(kept, "npm"))) await cp(kept, cache, { recursive: true, verbatimSymlinks: true });
  return {
    keep: async () => {
      if (existsSync(join(cache, "npm"))) await cachedDirectory("e2e", key, (directory) => cp(cache, directory, { recursive: true, verbatimSymlinks: true }));
    },
    done: () => undefined,
  };
}

/** Of those who come while nothing is kept one compiles, and the others wait for it: twice at once would take twice as long. */
async function openRustCache(key: string, cache: string): Promise<KeptCache> {
  mkdirSync(cacheDirectory, { recursive: true });
  for (;;) {
    const kept = await findCachedDirectory("e2e", key);
    if (kept !== undefined) {
      await copyTree(kept, cache);
      return { keep: () => Promise.resolve(), done: () => undefined };
    }
    const done = tryLockFile(join(cacheDirectory, `e2e-${key.slice(0, 16)}.lock`));
    if (done !== undefined) {
      return { keep: async () => void (await cachedDirectory("e2e", key, (directory) => copyTree(join(cache, "cargo"), join(directory, "cargo")))), done };
    }
    await delay(200);
  }
}

async function hashOf(lockfile: string, ...more: readonly string[]): Promise<string> {
  return createHash("sha256").update(JSON.stringify(more)).update(await readFile(lockfile)).digest("hex");
}
