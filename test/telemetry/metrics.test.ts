import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newUuid, toPublicId } from "../../packages/control-plane/src/database/identifiers.ts";
import { appendJournal, type JournalEntry } from "../../packages/control-plane/src/journal/journal.ts";
import { buildApi } from "../../packages/control-plane/src/api/server.ts";
import { openTestApi, type TestApi } from "../support/api.ts";
import { databases } from "../support/databases.ts";
import { readPrometheus, valueOf, type Family } from "../support/prometheus.ts";

describe.each(databases)("on $name", (server) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi(server);
  });
  afterAll(() => api?.close());

  async function scrape(): Promise<ReadonlyMap<string, Family>> {
    const response = await api.ask("GET", "/metrics");
    expect([response.statusCode, response.headers["content-type"]]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
    return readPrometheus(response.body);
  }

  /** A row as a worker of another process leaves it, and what it writes into the journal. */
  async function finishBuild(values: { readonly status: string; readonly error?: unknown; readonly manifestRef?: string }): Promise<string> {
    const id = newUuid();
    const { db } = api.plane.handle;
    const [createdAt, startedAt, finishedAt] = [new Date(1_000_000), new Date(1_002_000), new Date(1_042_000)];
    const facts = { profile: "monolith", manifestHash: "0", change: "{}", modulesDelta: "{}", requestedBy: "ada", reason: "" };
    await db.insertInto("builds").values({ id, ...facts, stage: "complete", status: values.status, manifestRef: values.manifestRef ?? "main", createdAt, startedAt, finishedAt, error: values.error === undefined ? null : JSON.stringify(values.error) }).execute();
    await db.insertInto("buildSteps").values({ buildId: id, attempt: 1, position: 1, name: "compile", status: values.status === "success" ? "success" : "failed", startedAt, finishedAt }).execute();
    return toPublicId("bld", id);
  }

  async function write(entry: Pick<JournalEntry, "action" | "subjectType" | "subjectId"> & Partial<JournalEntry>): Promise<void> {
    await api.plane.handle.db.transaction().execute((trx) => appendJournal(trx, { actor: "ada", ...entry }));
  }

  it("wants a token that may read", async () => {
    expect((await api.app.inject("/metrics")).statusCode).toBe(401);
  });

  it("counts each build once, at every server, whichever process built it", async () => {
    const other = await buildApi(api.plane);
    try {
      await scrape();
      const good = await finishBuild({ status: "success" });
      const bad = await finishBuild({ status: "failed", error: { problems: [{ code: "compile_failed", message: "", hint: "" }], step: "compile", excerpt: [], deterministic: true } });
      await write({ action: "build.requested", subjectType: "build", subjectId: good });
      await write({ action: "build.started", subjectType: "build", subjectId: good });
      await write({ action: "build.taken_over", subjectType: "build", subjectId: good });
      await write({ action: "build.succeeded", subjectType: "build", subjectId: good });
      await write({ action: "build.failed", subjectType: "build", subjectId: bad });
      const elsewhere = await other.inject({ url: "/metrics", headers: { authorization: `Bearer ${api.token}` } });
      // Two at once: the journal is read by one after the other.
      await Promise.all([scrape(), scrape()]);
      for (const found of [await scrape(), readPrometheus(elsewhere.body)]) {
        expect(valueOf(found, "modyard_builds_finished_total", { status: "success" })).toBe(1);
        expect(valueOf(found, "modyard_builds_finished_total", { status: "failed" })).toBe(1);
        expect(valueOf(found, "modyard_build_duration_seconds_sum", { status: "success" })).toBe(40);
        expect(valueOf(found, "modyard_build_wait_seconds_sum")).toBe(4);
        expect(valueOf(found, "modyard_build_step_duration_seconds_bucket", { step: "compile", status: "failed", le: "30" })).toBe(0);
        expect(valueOf(found, "modyard_build_step_duration_seconds_bucket", { step: "compile", status: "failed", le: "60" })).toBe(1);
        expect(valueOf(found, "modyard_failures_total", { work: "build", step: "compile", code: "compile_failed" })).toBe(1);
        expect(valueOf(found, "modyard_lease_takeovers_total", { work: "build" })).toBe(1);
        expect(valueOf(found, "modyard_build_requests_total", { outcome: "queued" })).toBe(1);
      }
    } finally {
      await other.close();
    }
  });

  it("counts deployments by environment, kind and status, with their steps", async () => {
    await scrape();
    const { db } = api.plane.handle;
    const buildId = newUuid();
    const facts = { profile: "monolith", manifestHash: "0", change: "{}", modulesDelta: "{}", requestedBy: "ada", reason: "" };
    await db.insertInto("builds").values({ id: buildId, ...facts, stage: "complete", status: "success", manifestRef: "main" }).execute();
    await db.insertInto("releases").values({ id: "rel_1", status: "failed", buildId, environment: "prod", artifactDigest: "1", surfaces: "[]", manifestHash: "0", sourceCommit: "2", composition: "{}" }).execute();
    const id = newUuid();
    const [createdAt, startedAt, finishedAt] = [new Date(1_000_000), new Date(1_001_000), new Date(1_008_000)];
    const steps = [{ name: "prepare", status: "success", startedAt: startedAt.toISOString(), finishedAt: new Date(1_004_000).toISOString() }, { name: "smoke", status: "failed", startedAt: new Date(1_004_000).toISOString(), finishedAt: finishedAt.toISOString() }];
    const error = { problems: [{ code: "no such code", message: "", hint: "" }], step: "smoke", excerpt: [], deterministic: false };
    await db.insertInto("deployments").values({ id, status: "failed", kind: "deploy", environment: "prod", releaseId: "rel_1", buildId, steps: JSON.stringify(steps), requestedBy: "ada", reason: "", error: JSON.stringify(error), createdAt, startedAt, finishedAt }).execute();
    const subject = { subjectType: "deployment", subjectId: toPublicId("dpl", id) } as const;
    await write({ action: "deployment.requested", ...subject, details: { environment: "prod" } });
    // What may happen begins at zero before it does: Prometheus sees no increase in a series that begins with one.
    for (const kind of ["deploy", "rollback", "auto_rollback"]) expect(valueOf(await scrape(), "modyard_deployments_finished_total", { environment: "prod", kind, status: "failed" })).toBe(0);
    for (const action of ["deployment.started", "deployment.taken_over", "lease.taken_over", "deployment.failed"] as const) await write({ action, ...subject });
    const found = await scrape();
    const labels = { environment: "prod", kind: "deploy", status: "failed" };
    expect(valueOf(found, "modyard_deployments_finished_total", labels)).toBe(1);
    expect(valueOf(found, "modyard_deployment_duration_seconds_sum", labels)).toBe(7);
    expect(valueOf(found, "modyard_deployment_wait_seconds_sum")).toBe(1);
    expect(valueOf(found, "modyard_deployment_step_duration_seconds_sum", { step: "smoke", status: "failed" })).toBe(4);
    // What the catalogue does not know is told as one.
    expect(valueOf(found, "modyard_failures_total", { work: "deployment", step: "smoke", code: "other" })).toBe(1);
    expect([valueOf(found, "modyard_lease_takeovers_total", { work: "deployment" }), valueOf(found, "modyard_leases_revoked_total", { work: "deployment" })]).toEqual([1, 1]);
    await db.updateTable("deployments").set({ status: "queued" }).where("id", "=", id).execute();
    expect(valueOf(await scrape(), "modyard_deployments_waiting", { environment: "prod" })).toBe(1);
  });

  it("keeps names that somebody invented few, short and inside their quotes", async () => {
    const hostile = ['a"} 1\nmodyard_fake_total{x="', "back\\slash", "line\nbreak", "x".repeat(5_000), ...Array.from({ length: 200 }, (_, index) => `branch-${index}`)];
    for (const manifestRef of hostile) await finishBuild({ status: "queued", manifestRef });
    const found = await scrape();
    const waiting = found.get("modyard_builds_waiting")?.samples ?? [];
    expect(waiting.length).toBe(31);
    expect(waiting.reduce((sum, { value }) => sum + value, 0)).toBe(hostile.length);
    expect(valueOf(found, "modyard_builds", { status: "queued" })).toBe(hostile.length);
    expect(found.has("modyard_fake_total")).toBe(false);
    expect(Math.max(...waiting.map(({ labels }) => labels["branch"]?.length ?? 0))).toBeLessThanOrEqual(100);
    const step = 'evil"\n';
    await write({ action: "build.step_retried", subjectType: "build", subjectId: "bld_x", details: { step } });
    expect(valueOf(await scrape(), "modyard_build_step_retries_total", { step })).toBe(1);
    await api.plane.handle.pool.query("delete from builds where status = 'queued'");
    expect((await scrape()).get("modyard_builds_waiting")?.samples).toEqual([]);
  });

  it("counts requests by the template of their route, and what is nowhere under one name", async () => {
    for (const id of ["bld_1", "bld_2"]) await api.ask("GET", `/admin/builds/${id}`);
    for (const path of ["/a", "/b?token=mya_secret"]) await api.ask("GET", path);
    const found = await scrape();
    expect(valueOf(found, "modyard_http_requests_total", { method: "GET", route: "/admin/builds/:id", status: "404" })).toBe(2);
    expect(valueOf(found, "modyard_http_requests_total", { route: "unmatched", status: "404" })).toBe(2);
    expect(valueOf(found, "modyard_http_request_duration_seconds_count", { route: "/admin/builds/:id" })).toBe(2);
  });

  it("tells of this process and its machine", async () => {
    const found = await scrape();
    for (const name of ["process_cpu_seconds_total", "process_resident_memory_bytes", "nodejs_eventloop_lag_p99_seconds", "modyard_disk_free_bytes", "modyard_disk_size_bytes"]) expect([name, valueOf(found, name)]).toEqual([name, expect.any(Number)]);
    expect(valueOf(found, "modyard_database_pool_connections", { state: "idle" })).toBeGreaterThan(0);
  });

  it("is documented: each metric of Modyard's own is in the guide's table with its type and labels, and nothing else is", async () => {
    const guide = readFileSync(new URL("../../docs/guides/operations.md", import.meta.url), "utf8");
    const rows = [...guide.matchAll(/^\| `(modyard_\w+)` \| (\w+) \|([^|]*)\|/gm)].map(([, name, type, labels = ""]) => ({ name, type, labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label) }));
    const own = [...(await scrape()).values()].filter(({ name }) => name.startsWith("modyard_"));
    expect(rows.map(({ name, type }) => ({ name, type }))).toEqual(expect.arrayContaining(own.map(({ name, type }) => ({ name, type }))) as unknown[]);
    expect(rows.length).toBe(own.length);
    for (const { name, samples } of own) {
      const row = rows.find((each) => each.name === name);
      for (const { labels } of samples) expect([name, Object.keys(labels).filter((label) => label !== "le").toSorted()]).toEqual([name, row?.labels.toSorted()]);
    }
  });
});
