import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { RetentionContext } from "../context.ts";
import type { KeptItem, KeptKind } from "../facts.ts";
import { removeArtifact } from "./artifact.ts";
import { removeCache } from "./cache.ts";
import { removeEnvironmentFiles } from "./environment-files.ts";
import { removeBuildLog, removeKeys } from "./rows.ts";
import { cutServerLog } from "./server-log.ts";

/** Removes one thing. False: it is needed after all, or in use, and stays. */
type Remove = (context: RetentionContext, item: KeptItem) => Promise<boolean>;

export const removers: Readonly<Record<KeptKind, Remove>> = {
  leftover: removeFiles,
  damaged_artifact: removeFiles,
  artifact: removeArtifact,
  unpacked: removeEnvironmentFiles,
  application_log: removeEnvironmentFiles,
  build_cache: removeCache,
  download_cache: removeCache,
  build_log: removeBuildLog,
  idempotency_keys: removeKeys,
  server_log: cutServerLog,
};

/** What nothing refers to. */
async function removeFiles({ dataDirectory }: RetentionContext, { name }: KeptItem): Promise<boolean> {
  await rm(join(dataDirectory, name), { recursive: true, force: true, maxRetries: 3 });
  return true;
}
