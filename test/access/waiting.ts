import { newUuid, toPublicId } from "../../packages/control-plane/src/database/identifiers.ts";
import type { TestApi } from "../support/api.ts";

/** A deployment of each environment that waits for a second person's word: its public identifier by environment. */
export async function insertWaiting(api: TestApi): Promise<ReadonlyMap<string, string>> {
  const { db } = api.plane.handle;
  const build = newUuid();
  const requesters = JSON.stringify([{ kind: "token", id: newUuid(), name: "ada", hand: "token:ada" }]);
  await db.insertInto("builds").values({ id: build, status: "failed", stage: "build", profile: "monolith", manifestRef: "main", manifestHash: "0".repeat(64), change: "{}", modulesDelta: "{}", requestedBy: "ada", reason: "" }).execute();
  const waiting = new Map<string, string>();
  for (const environment of ["prod", "staging"]) {
    const [id, releaseId] = [newUuid(), `rel_of_${environment}`];
    await db.insertInto("releases").values({ id: releaseId, status: "pending", buildId: build, environment, artifactDigest: "1".repeat(64), surfaces: "[]", manifestHash: "0".repeat(64), sourceCommit: "2".repeat(40), composition: "{}", containerImage: null, previousReleaseId: null }).execute();
    await db.insertInto("deployments").values({ id, status: "waiting_approval", kind: "deploy", environment, releaseId, buildId: build, fromReleaseId: null, steps: "[]", requestedBy: "ada", requesters, reason: "" }).execute();
    waiting.set(environment, toPublicId("dpl", id));
  }
  return waiting;
}
