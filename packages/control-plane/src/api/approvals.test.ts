import { rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ApprovalDesk, digestOf, type Hand } from "../../../../test/support/approval-desk.ts";
import { databases } from "../../../../test/support/databases.ts";
import { storedPrincipal } from "../access/hand.ts";
import type { Principal } from "../access/principal.ts";
import { requestersOf } from "../build/requests-store.ts";
import { getBuild } from "../build/store.ts";
import { planAlone, queueAlone } from "../build/unfold.ts";
import { toPublicId, toUuid } from "../database/identifiers.ts";
import { deployBuild } from "../deployment/deploy-build.ts";
import { expireWaiting } from "../deployment/end-waiting.ts";
import { nextInEnvironment } from "../deployment/environment-queue.ts";
import { removeArtifact } from "../retention/remove/artifact.ts";
import { environmentDetailView } from "./views/environment.ts";
import { journalView } from "./views/journal.ts";

const uuid = (id: string): string => toUuid("dpl", id) ?? expect.unreachable();

// What is in SQL on every kind of database, the rest on one.
describe.each(databases.map((kind, index) => ({ ...kind, isFirst: index === 0 })))("on $name", (server) => {
  const onOne: (name: string, test: () => Promise<void>) => void = server.isFirst ? it : () => undefined;
  let desk: ApprovalDesk;
  let ada: Hand;
  let bob: Hand;
  let operator: Hand;

  beforeAll(async () => {
    desk = await ApprovalDesk.open(server);
    [ada, bob, operator] = [await desk.token("ada", "administrator"), await desk.token("bob", "administrator"), await desk.token("olga", "operator")];
  });
  afterAll(() => desk?.close());
  beforeEach(async () => {
    await desk.clear();
    await desk.protect();
  });

  const next = (): Promise<string | undefined> => nextInEnvironment(desk.api.plane.handle.db, "prod");
  const environment = async () => environmentDetailView.parse((await desk.ask(ada, "GET", "/environments/prod")).json());
  const changes = async () => (await journal("prod")).filter(({ action }) => action === "environment.settings_changed");
  const handOf = async (principal: Principal): Promise<string> => (await storedPrincipal(desk.api.plane.handle.db, principal)).hand;
  const journal = async (subject: string) => journalView.parse((await desk.ask(desk.admin, "GET", `/events?subject=${subject}`)).json()).events;

  describe("an environment's settings", () => {
    const path = "/environments/prod/settings";

    onOne("are read by administrators, changed by owners, and everybody sees that it is protected", async () => {
      expect((await desk.ask(ada, "GET", path)).json()).toMatchObject({ environment: "prod", approval_required: true, approval_days: 7, changed_by: "admin" });
      expect((await desk.ask(operator, "GET", path)).statusCode).toBe(403);
      expect((await desk.ask(ada, "PUT", path, { approval_required: false })).statusCode).toBe(403);
      expect((await desk.ask(desk.admin, "PUT", path, { approval_required: "yes" })).statusCode).toBe(400);
      expect((await desk.ask(desk.admin, "PUT", "/environments/nowhere/settings", { approval_required: true })).statusCode).toBe(404);
      expect(await environment()).toMatchObject({ protected: true, waiting: [] });
    });

    it("are told in the journal when they change, and only then", async () => {
      const before = await changes();
      await desk.protect();
      expect(await changes()).toHaveLength(before.length);
      await desk.ask(desk.admin, "PUT", path, { approval_required: false, reason: "fair" });
      expect((await changes())[0]).toMatchObject({ actor: "admin", reason: "fair", details: { approval_required: { from: true, to: false } } });
    });

    onOne("are about what is asked for from then on: what waits goes on waiting, what is queued goes live", async () => {
      const waiting = await desk.deploy(operator);
      await desk.protect(false);
      const queued = await desk.deploy(operator);
      await desk.protect();
      expect([waiting.status, queued.status]).toEqual(["waiting_approval", "queued"]);
      expect((await desk.deployment(waiting.id)).status).toBe("waiting_approval");
      expect(await next()).toBe(uuid(queued.id));
    });
  });

  describe("a deployment of a protected environment", () => {
    onOne("waits, is shown with who asked, and is queued by a second person", async () => {
      const { id, release, status } = await desk.deploy(operator);
      expect([status, await next()]).toEqual(["waiting_approval", undefined]);
      expect((await environment()).waiting).toMatchObject([{ id, status: "waiting_approval", approval: { asked_by: [operator.principal.name], outcome: null } }]);
      expect((await desk.ask(operator, "GET", "/deployments?status=waiting_approval")).json()).toMatchObject({ deployments: [{ id, release_id: release }] });
      expect(await desk.decide(bob, "approve", id, { reason: "looks good" })).toMatchObject({ status: 200, deployment: { status: "queued", approval: { outcome: "approved", decided_by: bob.principal.name, reason: "looks good" } } });
      expect(await next()).toBe(uuid(id));
      const jobs = await desk.api.plane.handle.pool.query("select 1 from jobs.job where name = 'deployment' and data ->> 'id' = $1", [uuid(id)]);
      expect(jobs.rowCount).toBe(1);
      const told = await journal(id);
      expect(told.map(({ action }) => action)).toEqual(["deployment.approved", "deployment.approval_needed", "deployment.requested"]);
      expect(told[0]).toMatchObject({ actor: bob.principal.name, reason: "looks good", details: { asked_by: [operator.principal.name], approved_by: bob.principal.name, environment: "prod" } });
      expect(await environment()).toMatchObject({ waiting: [] });
    });

    it("is approved by nobody without the permission, and not by who asked, whatever token they take", async () => {
      const { id } = await desk.deploy(ada);
      const own = await desk.token("ada again", "administrator", ada.principal);
      const oftheSame = await desk.token("and again", "administrator", own.principal);
      expect(await desk.decide(operator, "approve", id)).toMatchObject({ status: 403, code: "forbidden" });
      for (const hand of [ada, own, oftheSame]) expect(await desk.decide(hand, "approve", id)).toMatchObject({ status: 403, code: "approval_own_request" });
      expect((await desk.deployment(id)).status).toBe("waiting_approval");
    });

    it("is a person's, whichever of that person's tokens asked", async () => {
      const paula = await desk.person("Paula", "administrator");
      const [laptop, script] = [await desk.token("laptop", "administrator", paula), await desk.token("script", "administrator", paula)];
      const another = await desk.token("laptop", "administrator", await desk.person("Paula", "administrator"));
      const { id } = await desk.deploy(laptop);
      expect(await desk.decide(script, "approve", id)).toMatchObject({ code: "approval_own_request" });
      expect(await handOf(paula)).toBe(await handOf(script.principal));
      // Another person of the same name.
      expect(await desk.decide(another, "approve", id)).toMatchObject({ status: 200 });
    });

    it("is kept from its requester by the database, too, and a rollback never waits", async () => {
      const { id } = await desk.deploy(ada);
      const { db } = desk.api.plane.handle;
      const by = await storedPrincipal(db, ada.principal);
      const decision = JSON.stringify({ outcome: "approved", by, reason: "", at: "now" });
      await expect(db.updateTable("deployments").set({ status: "queued", decision }).where("id", "=", uuid(id)).execute()).rejects.toThrow("deployments_second_person");
      await expect(desk.api.plane.handle.pool.query("update deployments set kind = 'rollback'")).rejects.toThrow("deployments_way_back_never_waits");
      await expect(desk.api.plane.handle.pool.query("update deployments set requesters = '[]'")).rejects.toThrow("deployments_requesters_known");
    });

    it("is decided once, of many at a time", async () => {
      const carol = await desk.token("carol", "administrator");
      for (let round = 0; round < 5; round += 1) {
        const { id } = await desk.deploy(operator);
        const all = await Promise.all([bob, carol, desk.admin, bob].map((hand, index) => desk.decide(hand, index === 2 ? "reject" : "approve", id)));
        expect(all.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
        expect(all.find(({ status }) => status === 409)?.code).toBe("approval_not_waiting");
        const [won] = all.filter(({ status }) => status === 200);
        expect((await desk.deployment(id)).approval?.outcome).toBe(won?.deployment?.approval?.outcome);
        expect((await journal(id)).filter(({ action }) => ["deployment.approved", "deployment.rejected"].includes(action))).toHaveLength(1);
      }
    });

    onOne("answers a repeated approval as it did the first time", async () => {
      const { id } = await desk.deploy(operator);
      const twice = [1, 2].map(() => desk.ask(bob, "POST", `/deployments/${id}/approve`, {}, { "idempotency-key": `approve ${id}`.replace(" ", "-") }));
      const [first, second] = await Promise.all(twice);
      expect([first?.statusCode, second?.statusCode]).toEqual([200, 200]);
      expect(first?.json()).toEqual(second?.json());
    });

    onOne("is refused when its artifact is gone, and waits on", async () => {
      const { id } = await desk.deploy(operator);
      rmSync(desk.artifact(digestOf("a")));
      expect(await desk.decide(bob, "approve", id)).toMatchObject({ status: 409, code: "artifact_missing" });
      expect((await desk.deployment(id)).status).toBe("waiting_approval");
      expect(await next()).toBeUndefined();
    });

    onOne("keeps its artifact from retention until it is decided", async () => {
      const build = await desk.build({ artifactDigest: digestOf("b") });
      // Not the newest of its branch, which would be kept anyway.
      await desk.build();
      const { id } = await desk.deploy(operator, build);
      const { retention } = desk.api.plane;
      expect(await removeArtifact(retention, { digest: digestOf("b") })).toBe(false);
      await desk.decide(bob, "reject", id);
      expect(await removeArtifact(retention, { digest: digestOf("b") })).toBe(true);
    });
  });

  describe("what waits while the environment changes", () => {
    onOne("goes live in the order in which it was asked for", async () => {
      const [first, second] = [await desk.deploy(operator), await desk.deploy(operator)];
      await desk.decide(bob, "approve", second.id);
      await desk.decide(bob, "approve", first.id);
      expect(await next()).toBe(uuid(first.id));
      await desk.activate(first.release);
      expect((await desk.deployment(second.id)).stale).toBeNull();
    });

    it("is stale once something newer is there: approved only on purpose", async () => {
      const [first, second] = [await desk.deploy(operator), await desk.deploy(operator)];
      await desk.decide(bob, "approve", second.id);
      await desk.activate(second.release);
      expect((await desk.deployment(first.id)).stale).toContain(second.release);
      expect(await desk.decide(bob, "approve", first.id)).toMatchObject({ status: 409, code: "approval_stale" });
      expect(await desk.decide(bob, "approve", first.id, { accept_stale: true })).toMatchObject({ status: 200 });
      expect((await journal(first.id))[0]?.details).toMatchObject({ stale: expect.stringContaining(second.release) });
    });

    onOne("does not keep a rollback waiting, and is stale after it; nor can a rollback bring what waits", async () => {
      const [old, newer] = [await desk.deploy(operator), await desk.deploy(operator)];
      for (const each of [old, newer]) {
        await desk.decide(bob, "approve", each.id);
        await desk.activate(each.release);
      }
      await desk.api.plane.handle.db.updateTable("releases").set({ previousReleaseId: old.release }).where("id", "=", newer.release).execute();
      const waiting = await desk.deploy(operator);
      const bypass = await desk.ask(operator, "POST", "/environments/prod/rollback", { target_release: waiting.release });
      expect([bypass.statusCode, (bypass.json() as { readonly code: string }).code]).toEqual([409, "rollback_refused"]);
      const back = await desk.ask(operator, "POST", "/environments/prod/rollback", {});
      expect(back.json()).toMatchObject({ status: "queued", release_id: old.release });
      expect(await next()).toBe(uuid((back.json() as { readonly deployment_id: string }).deployment_id));
      expect(await desk.decide(bob, "approve", waiting.id)).toMatchObject({ code: "approval_stale" });
      expect((await desk.deployment(waiting.id)).status).toBe("waiting_approval");
    });
  });

  describe("what is not approved", () => {
    it("ends with its release when it is rejected, and says by whom and why", async () => {
      const { id, release } = await desk.deploy(operator);
      expect(await desk.decide(bob, "reject", id, {})).toMatchObject({ status: 400 });
      expect(await desk.decide(operator, "reject", id)).toMatchObject({ status: 403 });
      expect(await desk.decide(bob, "reject", id, { reason: "freeze" })).toMatchObject({ deployment: { status: "cancelled" } });
      expect(await desk.deployment(id)).toMatchObject({ status: "cancelled", approval: { outcome: "rejected", reason: "freeze" }, error: { step: "approval", problems: [{ code: "deployment_rejected", message: `${bob.principal.name} rejected it: freeze` }] } });
      expect((await desk.ask(operator, "GET", `/releases/${release}`)).json()).toMatchObject({ status: "failed", rollback: { allowed: false } });
      expect((await journal(id))[0]).toMatchObject({ action: "deployment.rejected", actor: bob.principal.name, reason: "freeze", details: { asked_by: [operator.principal.name] } });
      expect(await desk.decide(bob, "approve", id)).toMatchObject({ code: "approval_not_waiting", text: expect.stringContaining(`rejected by ${bob.principal.name}`) });
      expect(await next()).toBeUndefined();
    });

    onOne("is withdrawn by who asked, and by nobody else", async () => {
      const { id } = await desk.deploy(ada);
      expect(await desk.decide(ada, "reject", id)).toMatchObject({ status: 403, code: "approval_own_request" });
      expect(await desk.decide(bob, "withdraw", id)).toMatchObject({ status: 403, code: "approval_not_requester" });
      expect(await desk.decide(ada, "withdraw", id, { reason: "a mistake" })).toMatchObject({ status: 200, deployment: { status: "cancelled", approval: { outcome: "withdrawn" } } });
    });

    it("expires after its days, and not before", async () => {
      const { id } = await desk.deploy(operator);
      const { handle } = desk.api.plane;
      await expireWaiting(handle, 7);
      expect((await desk.deployment(id)).status).toBe("waiting_approval");
      await handle.pool.query("update deployments set created_at = now() - interval '8 days'");
      await expireWaiting(handle, 7);
      expect(await desk.deployment(id)).toMatchObject({ status: "cancelled", approval: { outcome: "expired", decided_by: null }, error: { problems: [{ code: "approval_expired" }] } });
      expect((await journal(id))[0]).toMatchObject({ actor: "modyard", action: "deployment.approval_expired" });
    });
  });

  onOne("remembers everybody whose wish is folded into one build, each once", async () => {
    const ask = async (hand: Hand, slug: string) => (await desk.ask(hand, "POST", "/builds", { install: [slug], deploy_to: "prod" })).json() as { readonly build_id: string; readonly outcome: string };
    const [first, second] = [await ask(ada, "forum"), await ask(bob, "blog")];
    expect(second).toMatchObject({ build_id: first.build_id, outcome: "folded" });
    const { plane } = desk.api;
    const build = await getBuild(plane.handle.db, first.build_id);
    const requesters = await requestersOf(plane.handle.db, build.id);
    expect(requesters.map(({ hand }) => hand).toSorted()).toEqual([await handOf(ada.principal), await handOf(bob.principal)].toSorted());
    // When such a build fails, each wish is built alone, as its own requester's.
    await plane.handle.db.transaction().execute(async (trx) => queueAlone(plane, trx, await planAlone(plane, build)));
    const alone = await plane.handle.db.selectFrom("builds").select("id").where("unfoldedFrom", "=", build.id).orderBy("id").execute();
    expect(await Promise.all(alone.map(async ({ id }) => (await requestersOf(plane.handle.db, id)).map(({ id: who }) => who)))).toEqual([[ada.principal.id], [bob.principal.id]]);
  });

  onOne("tells a request for what waits already of the deployment that waits", async () => {
    const build = await desk.build();
    const { id } = await desk.deploy(operator, build);
    const requesters = [await storedPrincipal(desk.api.plane.handle.db, bob.principal)];
    const outcome = await deployBuild(desk.api.plane, { build, environment: "prod", actor: "bob", requesters, reason: "" }, { unlessActive: true });
    expect(outcome.deployment).toMatchObject({ id: uuid(id), status: "waiting_approval" });
    expect(toPublicId("dpl", outcome.deployment?.id ?? "")).toBe(id);
  });
});
