import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { databases } from "../../../../test/support/databases.ts";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { buildRequestedView, buildsView, buildView } from "./views/build.ts";
import { problemDetailsView } from "./views/common.ts";
import { journalView } from "./views/journal.ts";
import { deploymentsView, releasesView } from "./views/release.ts";

function withKey(key: string): Record<string, string> {
  return { "idempotency-key": key };
}

describe.each(databases)("on $name", (server) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi(server);
  });
  afterAll(() => api?.close());
  beforeEach(async () => {
    await api.plane.handle.pool.query("truncate builds, idempotency_keys cascade");
  });

  async function count(table: string): Promise<number> {
    const { rows } = await api.plane.handle.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    return rows[0]?.n ?? 0;
  }

  /** Rows as a worker would have left them. */
  async function insertBuilds(number: number, values: { status?: string } = {}): Promise<readonly string[]> {
    const ids = Array.from({ length: number }, newUuid);
    const rows = ids.map((id) => ({
      id,
      status: values.status ?? "success",
      stage: "complete",
      profile: "monolith",
      manifestRef: "main",
      manifestHash: "0".repeat(64),
      change: "{}",
      modulesDelta: JSON.stringify({ added: [], removed: [], changed: [] }),
      requestedBy: "somebody",
      reason: "",
    }));
    await api.plane.handle.db.insertInto("builds").values(rows).execute();
    return ids;
  }

  async function insertReleases(buildId: string, number: number): Promise<readonly string[]> {
    const ids = Array.from({ length: number }, (_, index) => `rel_20261121_120000_${String(index + 1).padStart(3, "0")}`);
    const rows = ids.map((id) => ({
      id,
      status: "superseded",
      buildId,
      environment: "prod",
      artifactDigest: "1".repeat(64),
      surfaces: "[]",
      manifestHash: "0".repeat(64),
      sourceCommit: "2".repeat(40),
      composition: JSON.stringify({ modules: [], defaultEnabled: [] }),
    }));
    // One statement: one time of creation, to the microsecond.
    await api.plane.handle.db.insertInto("releases").values(rows).execute();
    return ids;
  }

  async function allPages<T>(path: string, read: (body: unknown) => { readonly items: readonly T[]; readonly next_cursor: string | null }): Promise<readonly T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const response = await api.ask("GET", `${path}${cursor === "" ? "" : `&cursor=${cursor}`}`);
      expect(response.statusCode).toBe(200);
      const page = read(response.json());
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    return items;
  }

  describe("lists", () => {
    it("pages through 120 builds, each once, newest first", async () => {
      const ids = await insertBuilds(120);
      const found = await allPages("/admin/builds?limit=17", (body) => {
        const { builds, next_cursor } = buildsView.parse(body);
        expect(builds.length).toBeLessThanOrEqual(17);
        return { items: builds.map(({ id }) => id), next_cursor };
      });
      expect(found).toEqual(ids.toReversed().map((id) => toPublicId("bld", id)));
    });

    it("pages through as many as fit exactly, and through none", async () => {
      expect(buildsView.parse((await api.ask("GET", "/admin/builds")).json())).toEqual({ builds: [], next_cursor: null });
      await insertBuilds(3);
      const page = buildsView.parse((await api.ask("GET", "/admin/builds?limit=3")).json());
      expect([page.builds.length, page.next_cursor]).toEqual([3, null]);
    });

    it("keeps to the status asked for", async () => {
      await insertBuilds(3);
      await insertBuilds(2, { status: "failed" });
      const page = buildsView.parse((await api.ask("GET", "/admin/builds?status=failed&limit=2")).json());
      expect(page.builds.map(({ status }) => status)).toEqual(["failed", "failed"]);
      expect(page.next_cursor).toBeNull();
    });

    it("pages through releases of one instant, each once", async () => {
      const [build = ""] = await insertBuilds(1);
      const ids = await insertReleases(build, 25);
      const found = await allPages("/admin/releases?limit=10", (body) => {
        const { releases, next_cursor } = releasesView.parse(body);
        return { items: releases.map(({ id }) => id), next_cursor };
      });
      expect(found).toEqual(ids.toReversed());
    });

    it("pages through deployments and the journal, each entry once", async () => {
      const [build = ""] = await insertBuilds(1);
      const [release = ""] = await insertReleases(build, 1);
      const ids = Array.from({ length: 7 }, newUuid);
      const rows = ids.map((id) => ({ id, status: "success", kind: "deploy", environment: "prod", releaseId: release, buildId: build, steps: "[]", requestedBy: "somebody", reason: "" }));
      await api.plane.handle.db.insertInto("deployments").values(rows).execute();
      const found = await allPages("/admin/deployments?limit=3", (body) => {
        const { deployments, next_cursor } = deploymentsView.parse(body);
        return { items: deployments.map(({ id }) => id), next_cursor };
      });
      expect(found).toEqual(ids.toReversed().map((id) => toPublicId("dpl", id)));
      for (const slug of ["pages", "commerce"]) await api.ask("POST", "/admin/builds", { uninstall: [slug] });
      const entries = await allPages("/admin/events?limit=2", (body) => {
        const { events, next_cursor } = journalView.parse(body);
        return { items: events.map(({ id }) => id), next_cursor };
      });
      expect(entries.length).toBeGreaterThanOrEqual(3);
      expect(entries).toEqual([...new Set(entries)].toSorted((left, right) => right - left));
    });
  });

  describe("asking for a build", () => {
    it("answers as the seeds say, and shows the build as they say", async () => {
      const body = {
        manifest_ref: "main",
        requested_by: "admin@rustok",
        reason: "install module: forum",
        modules: {
          content: { source: "path", package: "@platform/content", path: "modules/content" },
          forum: { source: "path", package: "@platform/forum", path: "modules/forum" },
        },
      };
      const response = await api.ask("POST", "/admin/builds", body);
      expect(response.statusCode).toBe(202);
      const { build_id: id, status } = buildRequestedView.parse(response.json());
      expect([id, status]).toEqual([expect.stringMatching(/^bld_[0-9a-z]{26}$/), "queued"]);
      const shown = buildView.parse((await api.ask("GET", `/admin/builds/${id}`)).json());
      expect(shown).toMatchObject({ build_id: id, status: "queued", stage: "pending", progress: 0, requested_by: "admin@rustok", reason: "install module: forum" });
      expect(shown.logs_url).toMatch(new RegExp(`^http://[^/]+/admin/builds/${id}/logs$`));
      expect(shown.modules_delta.added.map(({ slug }) => slug)).toEqual(["forum"]);
      expect(shown.modules_delta.removed.map(({ slug }) => slug).toSorted()).toEqual(["commerce", "pages"]);
      expect(shown.next).toBeNull();
    });

    it("tells of a build that ended without success what was asked for, so that it can be asked for again as it is", async () => {
      const modules = { content: { source: "path", package: "@platform/content", path: "modules/content" }, forum: { source: "path", package: "@platform/forum", path: "modules/forum" } };
      const { build_id: id } = buildRequestedView.parse((await api.ask("POST", "/admin/builds", { modules })).json());
      await api.ask("POST", `/admin/builds/${id}/cancel`, {});
      const { next } = buildView.parse((await api.ask("GET", `/admin/builds/${id}`)).json());
      expect(next).toMatchObject({ again: { modules }, rest: null });
      const again = buildRequestedView.parse((await api.ask("POST", "/admin/builds", { modules: next?.again.modules })).json());
      expect([again.outcome, again.build_id === id]).toEqual(["queued", false]);
    });

    it("understands the seeds' example to the letter, and says that its crates do not fit an npm host", async () => {
      const response = await api.ask("POST", "/admin/builds", {
        manifest_ref: "main",
        requested_by: "admin@rustok",
        reason: "install module: pages",
        modules: {
          content: { source: "crates-io", crate: "rustok-content", version: "0.1" },
          forum: { source: "git", crate: "rustok-forum", git: "ssh://git/forum.git", rev: "abc123" },
          pages: { source: "path", crate: "rustok-pages", path: "../modules/rustok-pages" },
        },
      });
      const details = problemDetailsView.parse(response.json());
      expect([response.statusCode, details.code]).toEqual([409, "plan_blocked"]);
      expect(details.problems.flatMap(({ module }) => module ?? [])).toEqual(expect.arrayContaining(["content", "pages"]) as string[]);
      expect(await count("builds")).toBe(0);
    });

    it("deploys and rolls back by the seeds' bodies, as far as there is something", async () => {
      const [id = ""] = await insertBuilds(1, { status: "failed" });
      const build = toPublicId("bld", id);
      expect((await api.ask("POST", `/admin/builds/${build}/deploy`, { environment: "prod" })).json()).toMatchObject({ status: 409, code: "build_not_successful" });
      expect((await api.ask("POST", `/admin/builds/${build}/deploy`, { environment: "elsewhere" })).json()).toMatchObject({ status: 404, code: "environment_not_found" });
      expect((await api.ask("POST", `/admin/builds/${build}/rollback`, { target_release: "rel_2025_01_10_001" })).json()).toMatchObject({ status: 404, code: "release_not_found" });
    });

    it("refuses a plan that is not the confirmed one, and takes the one that is", async () => {
      const { plan_hash: hash } = z.object({ plan_hash: z.string() }).parse((await api.ask("POST", "/admin/plans", { install: ["forum"] })).json());
      expect((await api.ask("POST", "/admin/builds", { install: ["blog"], plan_hash: hash })).json()).toMatchObject({ status: 409, code: "plan_stale" });
      expect((await api.ask("POST", "/admin/builds", { install: ["forum"], plan_hash: hash })).statusCode).toBe(202);
    });

    it("names whoever's token it is when nobody else is named", async () => {
      const { build_id: id } = buildRequestedView.parse((await api.ask("POST", "/admin/builds", { install: ["forum"] })).json());
      expect((await api.ask("GET", `/admin/builds/${id}`)).json()).toMatchObject({ requested_by: "admin" });
    });
  });

  describe("requests without a body", () => {
    const json = { "content-type": "application/json" };

    it.each([["no type", {}], ["a type", json]])("cancel a build, with %s", async (_, headers) => {
      const { build_id: id } = buildRequestedView.parse((await api.ask("POST", "/admin/builds", { install: ["forum"] })).json());
      const response = await api.ask("POST", `/admin/builds/${id}/cancel`, "content-type" in headers ? "" : undefined, headers);
      expect([response.statusCode, buildView.parse(response.json()).status]).toEqual([202, "cancelled"]);
      const again = await api.ask("POST", `/admin/builds/${id}/cancel`, {});
      expect(again.json()).toMatchObject({ status: 409, code: "build_transition_refused" });
      const { next } = buildView.parse((await api.ask("GET", `/admin/builds/${id}`)).json());
      expect(next).toEqual({ again: { install: [{ slug: "forum" }], uninstall: [], upgrade: [], cascade: false }, rest: null });
      expect(buildRequestedView.parse((await api.ask("POST", "/admin/builds", { ...next?.again })).json()).outcome).toBe("queued");
    });

    it.each([["no type", {}], ["a type", json]])("ask for a rollback, with %s", async (_, headers) => {
      const [id = ""] = await insertBuilds(1);
      const body = "content-type" in headers ? "" : undefined;
      expect((await api.ask("POST", "/admin/environments/prod/rollback", body, headers)).json()).toMatchObject({ status: 409, code: "rollback_no_target" });
      expect((await api.ask("POST", `/admin/builds/${toPublicId("bld", id)}/rollback`, body, headers)).json()).toMatchObject({ status: 404, code: "environment_not_found" });
    });
  });

  describe("Idempotency-Key", () => {
    it("gives the first answer again, without doing it again", async () => {
      const first = await api.ask("POST", "/admin/builds", { install: ["forum"], force: true }, withKey("one"));
      const second = await api.ask("POST", "/admin/builds", { install: ["forum"], force: true }, withKey("one"));
      expect([second.statusCode, second.body, second.headers["content-type"]]).toEqual([202, first.body, first.headers["content-type"]]);
      expect([first.headers["idempotent-replayed"], second.headers["idempotent-replayed"]]).toEqual([undefined, "true"]);
      expect(await count("builds")).toBe(1);
    });

    it("gives the first refusal again as well", async () => {
      const first = await api.ask("POST", "/admin/builds", { install: ["nowhere"] }, withKey("refused"));
      const second = await api.ask("POST", "/admin/builds", { install: ["nowhere"] }, withKey("refused"));
      expect([first.statusCode, second.statusCode]).toEqual([409, 409]);
      expect(second.body).toBe(first.body);
      expect(second.headers["content-type"]).toContain("application/problem+json");
    });

    it("refuses the key with another request, or to another address", async () => {
      await api.ask("POST", "/admin/builds", { install: ["forum"] }, withKey("two"));
      for (const [url, body] of [["/admin/builds", { install: ["blog"] }], ["/admin/plans", { install: ["forum"] }]] as const) {
        const response = await api.ask("POST", url, body, withKey("two"));
        expect(response.json()).toMatchObject({ status: 422, code: "idempotency_key_reused" });
      }
      // The refusals did not take the place of the first answer.
      expect((await api.ask("POST", "/admin/builds", { install: ["forum"] }, withKey("two"))).statusCode).toBe(202);
    });

    it("gives one of many at once's answer to all of them", async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => api.ask("POST", "/admin/builds", { install: ["forum"], force: true }, withKey("many"))));
      expect(await count("builds")).toBe(1);
      expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
      expect(answers.filter(({ headers }) => headers["idempotent-replayed"] === "true")).toHaveLength(7);
    });

    it("knows the answer although the server died after it had done its work and before it said so", async () => {
      const { pool } = api.plane.handle;
      await pool.query(`create function die() returns trigger language plpgsql as $$ begin if old.status_code is not null then raise exception 'killed'; end if; return new; end $$`);
      await pool.query("create trigger die before update on idempotency_keys for each row execute function die()");
      const asked: Record<string, readonly [string, unknown]> = { build: ["/admin/builds", { install: ["forum"], force: true }] };
      const build = await api.ask("POST", ...(asked["build"] ?? ["", {}]), withKey("build"));
      const [id = ""] = (await pool.query<{ id: string }>("select id from builds")).rows.map((row) => toPublicId("bld", row.id));
      asked["cancel"] = [`/admin/builds/${id}/cancel`, {}];
      const cancel = await api.ask("POST", ...asked["cancel"], withKey("cancel"));
      await pool.query("drop function die cascade");
      expect([build.statusCode, cancel.statusCode]).toEqual([500, 500]);
      const again = await Promise.all(Object.entries(asked).map(([key, [url, body]]) => api.ask("POST", url, body, withKey(key))));
      expect(again.map(({ statusCode, headers }) => [statusCode, headers["idempotent-replayed"]])).toEqual([[202, "true"], [202, "true"]]);
      expect([await count("builds"), again[1]?.json()]).toEqual([1, expect.objectContaining({ id, status: "cancelled" })]);
    });

    it("undoes what a server did that was stopped for so long that another answers in its place", async () => {
      const { pool } = api.plane.handle;
      await pool.query("create function overtake() returns trigger language plpgsql as $$ begin update idempotency_keys set claim = gen_random_uuid(); return new; end $$");
      await pool.query("create trigger overtake before insert on builds for each row execute function overtake()");
      const late = await api.ask("POST", "/admin/builds", { install: ["forum"] }, withKey("late"));
      await pool.query("drop function overtake cascade");
      expect(late.json()).toMatchObject({ status: 409, code: "idempotency_in_progress" });
      expect(await count("builds")).toBe(0);
    });

    it("forgets a key after a day", async () => {
      await api.ask("POST", "/admin/plans", { install: ["forum"] }, withKey("daily"));
      expect((await api.ask("POST", "/admin/plans", { install: ["blog"] }, withKey("daily"))).statusCode).toBe(422);
      await api.plane.handle.pool.query("update idempotency_keys set created_at = now() - interval '25 hours'");
      expect((await api.ask("POST", "/admin/plans", { install: ["blog"] }, withKey("daily"))).statusCode).toBe(200);
    });

    /** Signing in is nobody's yet whose keys could be told from others'; of GraphQL its mutations take keys, which its own tests ask for. */
    it("is honoured by every POST below /admin", async () => {
      const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse((await api.app.inject("/openapi.json")).json());
      const posts = Object.entries(paths).filter(([path, item]) => path.startsWith("/admin/") && "post" in item).map(([path]) => path.replaceAll(/\{\w+\}/g, "x"));
      expect(posts.length).toBeGreaterThanOrEqual(8);
      let kept = 0;
      for (const path of posts) {
        const body = path.endsWith("/deploy") ? { environment: "prod" } : path.endsWith("/reject") ? { reason: "no" } : {};
        const [first, second] = [await api.ask("POST", path, body, withKey(`at ${path}`.replaceAll(" ", ":"))), await api.ask("POST", path, body, withKey(`at ${path}`.replaceAll(" ", ":")))];
        // What is no request was never carried out: there is nothing to repeat.
        if (first.statusCode === 400) continue;
        kept += 1;
        expect([path, second.statusCode, second.headers["idempotent-replayed"], second.body]).toEqual([path, first.statusCode, "true", first.body]);
      }
      expect(kept).toBeGreaterThanOrEqual(12);
    });

    it("lets the request be made again when the first failed on our side, or died", async () => {
      const { pool } = api.plane.handle;
      await pool.query("alter table builds rename to away");
      const failed = await api.ask("POST", "/admin/builds", { install: ["forum"] }, withKey("three"));
      await pool.query("alter table away rename to builds");
      expect(failed.statusCode).toBe(500);
      expect((await api.ask("POST", "/admin/builds", { install: ["forum"] }, withKey("three"))).statusCode).toBe(202);
      await pool.query("update idempotency_keys set status_code = null, response = null, claimed_at = now() - interval '1 minute'");
      expect((await api.ask("POST", "/admin/builds", { install: ["forum"] }, withKey("three"))).statusCode).toBe(202);
    });

    it("refuses a key that it could not keep, instead of passing over it", async () => {
      for (const key of ["x".repeat(201), "a b", ""]) {
        const response = await api.ask("POST", "/admin/builds", { install: ["forum"] }, withKey(key));
        expect(response.json()).toMatchObject({ status: 400, code: "request_invalid" });
      }
      expect(await count("builds")).toBe(0);
    });
  });

  it("makes one build of two equal requests at the same instant", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.ask("POST", "/admin/builds", { install: ["forum"] })));
    const ids = answers.map((answer) => buildRequestedView.parse(answer.json()).build_id);
    expect(new Set(ids).size).toBe(1);
    expect(answers.map((answer) => buildRequestedView.parse(answer.json()).outcome).toSorted()).toEqual(["joined", "joined", "joined", "joined", "joined", "queued"]);
  });
});
