import type { Executor } from "../database/connection.ts";
import type { ArtifactStore } from "./artifacts/artifact-store.ts";
import { isArtifactKept } from "./artifacts/keep.ts";
import type { Build } from "./store.ts";

/** A build with the same inputs, and what that means for who asks for it again. */
export interface SameBuild {
  readonly build: Build;
  /** `done`: its artifact is there. `joined`: it is queued or runs. `failed`: it would fail again. */
  readonly kind: "done" | "joined" | "failed";
}

/** Where what is asked for shall end, and who asks. */
export interface Wanted {
  readonly branch?: string;
  readonly deployTo?: string | undefined;
  /** The build that asks for itself. */
  readonly except?: string;
}

/**
 * The build that a request with this key need not repeat. A build under way is joined only when it also deploys to
 * where the request wants it.
 */
export async function findSameBuild(db: Executor, artifacts: ArtifactStore, key: string, wanted: Wanted = {}): Promise<SameBuild | undefined> {
  const candidates = (await newestWithKey(db, key)).filter(({ id }) => id !== wanted.except);
  // By the landed key only: the branch must hold what that build landed, or this request would change nothing.
  const done = candidates.find((build) => build.status === "success" && build.landedKey === key);
  if (done !== undefined && done.artifactDigest !== null && (await isArtifactKept(db, artifacts, done.artifactDigest))) return { build: done, kind: "done" };
  const running = candidates.find((build) => ["queued", "running"].includes(build.status) && build.cancelRequestedAt === null && joins(build, wanted));
  if (running !== undefined) return { build: running, kind: "joined" };
  const newest = candidates[0];
  if (newest?.status === "failed" && newest.error?.deterministic === true) return { build: newest, kind: "failed" };
  return undefined;
}

/** Branches at one commit have one key, but a build lands on its own branch only. */
function joins(build: Build, { branch = build.manifestRef, deployTo }: Wanted): boolean {
  return build.manifestRef === branch && (deployTo === undefined || build.deployTo === deployTo);
}

async function newestWithKey(db: Executor, key: string): Promise<readonly Build[]> {
  // One that is made to be compared lands nothing: it is no answer to who wants a build.
  const select = db.selectFrom("builds").selectAll().where("verifies", "is", null);
  const rows = await select.where((eb) => eb.or([eb("buildKey", "=", key), eb("landedKey", "=", key)])).orderBy("id", "desc").limit(20).execute();
  return rows as readonly Build[];
}
