import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { storeBuild, storeSuccess } from "../../../../test/support/database.ts";
import { roles, type Role } from "../access/roles.ts";
import { finishFailure } from "../build/finish.ts";
import { takeLease } from "../build/lease.ts";
import { moveBuild, patchBuild, type Build } from "../build/store.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { beginDeployment, recordActivation, recordSuccess, type HeldDeployment } from "../deployment/record.ts";
import { insertDeployment } from "../deployment/store.ts";
import { asHolder } from "../jobs/leases/as-holder.ts";
import { cutRelease } from "../release/cut.ts";
import { journalView, type journalEntryView } from "./views/journal.ts";
import { leasesView, type LeaseView } from "./views/lease.ts";

let api: TestApi;
const tokens = new Map<Role, string>();
const failure = { problems: [], step: "compile", excerpt: [], deterministic: true };
const lost = expect.objectContaining({ code: "lease_lost" }) as Error;

beforeAll(async () => {
  api = await openTestApi();
  for (const role of roles) tokens.set(role, (await api.ask("POST", "/admin/tokens", { name: role, grants: [{ role }] })).json<{ token: string }>().token);
});
afterAll(() => api?.close());

const nameOf = ({ id }: Build): string => toPublicId("bld", id);
const as = (role: Role): Record<string, string> => ({ authorization: `Bearer ${tokens.get(role)}` });
const take = (id: string, body: object = {}, headers: Record<string, string> = {}) => api.ask("POST", `/admin/leases/${id}/take-over`, body, headers);
const leaseOf = async (id: string): Promise<LeaseView | undefined> => leasesView.parse((await api.ask("GET", "/admin/leases")).json()).leases.find(({ subject_id: subject }) => subject === id);
const told = async (id: string): Promise<readonly z.output<typeof journalEntryView>[]> => journalView.parse((await api.ask("GET", `/admin/events?subject=${id}&limit=100`)).json()).events.filter(({ action }) => action === "lease.taken_over");
const jobs = async (id: string): Promise<number> => Number((await sql<{ n: number }>`select count(*)::int as n from jobs.job where state = 'created' and data ->> 'id' = ${id}`.execute(api.plane.handle.db)).rows[0]?.n);

/** A build that a worker runs. */
async function running(holder = "one"): Promise<Build> {
  const { db } = api.plane.handle;
  const { id } = await storeBuild(api.plane.handle);
  return moveBuild(db, id, "running", {}, await takeLease(db, id, holder));
}

/** The next worker takes the build up. */
async function next({ id }: Build, holder = "two"): Promise<Build> {
  return (await takeLease(api.plane.handle.db, id, holder)) ?? expect.unreachable();
}

/** A deployment that a worker carries out. */
async function deploying(environment: string): Promise<HeldDeployment> {
  const { handle } = api.plane;
  const build = await storeSuccess(handle);
  const release = await cutRelease(handle.db, { build, environment, surfaces: [], actor: "ada", reason: "" });
  const { id } = await insertDeployment(handle.db, { id: newUuid(), status: "queued", kind: "deploy", environment, releaseId: release.id, buildId: build.id, steps: "[]", requestedBy: "ada", reason: "" });
  const begun = await beginDeployment(handle, id, "one");
  return begun.kind === "held" ? begun.held : expect.unreachable(begun.kind);
}

describe("who may", () => {
  it.each(roles.map((role) => [role, role === "administrator" || role === "owner"] as const))("%s: %j", async (role, may) => {
    const build = await running();
    const response = await take(nameOf(build), { reason: "it hangs" }, as(role));
    expect(response.statusCode).toBe(may ? 200 : 403);
    expect(await leaseOf(nameOf(build))).toMatchObject(may ? { holder: null, expired: true } : { holder: "one", expired: false, token: build.leaseToken });
    expect((await told(nameOf(build))).map(({ actor }) => actor)).toEqual(may ? [role] : []);
  });
});

describe("what becomes of it", () => {
  it("a live lease goes to the next worker, who is sent for; the journal tells who took it from whom, and why", async () => {
    const build = await running();
    const answer = leasesView.parse((await take(nameOf(build), { reason: "its machine is gone" })).json());
    expect(answer.leases.find(({ subject_id: id }) => id === nameOf(build))).toMatchObject({ holder: null, expired: true, attempt: 1 });
    expect(await jobs(build.id)).toBe(1);
    expect(await told(nameOf(build))).toMatchObject([{ reason: "its machine is gone", details: { holder: "one", branch: build.manifestRef, attempt: 1 } }]);
    expect(await next(build)).toMatchObject({ leaseHolder: "two", attempt: 2 });
    expect(await leaseOf(nameOf(build))).toMatchObject({ holder: "two", attempt: 2, expired: false });
  });

  it("so does one that has expired", async () => {
    const build = await running();
    await api.plane.handle.db.updateTable("builds").set({ leaseExpiresAt: sql<Date>`now() - interval '1 minute'` }).where("id", "=", build.id).execute();
    expect(await leaseOf(nameOf(build))).toMatchObject({ holder: "one", expired: true });
    expect((await take(nameOf(build))).statusCode).toBe(200);
    expect(await told(nameOf(build))).toMatchObject([{ details: { holder: "one" } }]);
    expect(await next(build)).toMatchObject({ attempt: 2 });
  });

  it("whatever the former holder of a build still writes is refused: progress, its end, and what it does outside the database", async () => {
    const former = await running();
    await take(nameOf(former));
    const { handle } = api.plane;
    const subject = { table: "builds", id: former.id, token: former.leaseToken } as const;
    for (const write of [() => patchBuild(handle.db, former.id, { progress: 50 }, former), () => finishFailure(api.plane, former, failure), () => asHolder(handle, subject, { isValid: () => true }, () => Promise.resolve())]) await expect(write()).rejects.toThrow(lost);
    const present = await next(former);
    await expect(finishFailure(api.plane, former, failure)).rejects.toThrow(lost);
    await finishFailure(api.plane, present, failure);
    expect((await api.ask("GET", `/admin/builds/${nameOf(former)}`)).json()).toMatchObject({ status: "failed", attempt: 2 });
  });

  it("so is what the former holder of a deployment writes, and its environment goes to the next worker", async () => {
    const former = await deploying("taken-over");
    const id = toPublicId("dpl", former.deployment.id);
    expect(await leaseOf(id)).toMatchObject({ kind: "deployment", resource: "taken-over", holder: "one" });
    expect((await take(id, { reason: "stuck" })).statusCode).toBe(200);
    await expect(recordActivation(api.plane.handle, former)).rejects.toThrow(lost);
    await expect(recordSuccess(api.plane, former, [])).rejects.toThrow(lost);
    expect(await told(id)).toMatchObject([{ reason: "stuck", details: { holder: "one", environment: "taken-over" } }]);
    expect(await jobs(former.deployment.id)).toBe(1);
    expect(await beginDeployment(api.plane.handle, former.deployment.id, "two")).toMatchObject({ kind: "held", held: { deployment: { leaseHolder: "two", attempt: 2 } } });
  });
});

describe("what nobody holds", () => {
  it("of many who take one over at once one does; the others are told, and nothing is journalled twice", async () => {
    const build = await running();
    const answers = await Promise.all(Array.from({ length: 6 }, () => take(nameOf(build))));
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 404, 404, 404, 404, 404]);
    expect(answers.find(({ statusCode }) => statusCode === 404)?.json()).toMatchObject({ code: "lease_not_found", detail: expect.stringContaining("waits for the next worker") as string });
    expect(await told(nameOf(build))).toHaveLength(1);
    expect(await jobs(build.id)).toBe(1);
  });

  it("the same request again is answered as the first was", async () => {
    const build = await running();
    const key = { "idempotency-key": `take-${nameOf(build)}` };
    const [first, second] = [await take(nameOf(build), {}, key), await take(nameOf(build), {}, key)];
    expect([second.statusCode, second.json()]).toEqual([200, first.json()]);
    expect(await told(nameOf(build))).toHaveLength(1);
  });

  it("a build that just ended, one that waits, and one that was never there are refused, and stay as they are", async () => {
    const ended = await running();
    await finishFailure(api.plane, ended, failure);
    const waiting = await storeBuild(api.plane.handle);
    for (const [id, says] of [[nameOf(ended), "is failed"], [nameOf(waiting), "is queued"], [toPublicId("bld", newUuid()), "no build"], [toPublicId("dpl", newUuid()), "no deployment"], ["nobody", "no build"]] as const) {
      const response = await take(id);
      expect([id, response.statusCode, response.json()]).toEqual([id, 404, expect.objectContaining({ detail: expect.stringContaining(says) as string })]);
      expect(await told(id)).toEqual([]);
    }
    expect((await api.ask("GET", `/admin/builds/${nameOf(ended)}`)).json()).toMatchObject({ status: "failed" });
  });
});
