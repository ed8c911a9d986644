import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { askForData, askGraphql, codesOf, insertHistory } from "../../../../../test/support/graphql.ts";
import { setGrants } from "../../access/grants.ts";
import type { Grant } from "../../access/principal.ts";
import { newUuid, toPublicId, toUuid } from "../../database/identifiers.ts";

interface Requested {
  readonly outcome: string;
  readonly build: { readonly id: string; readonly status: string; readonly modulesDelta: { readonly added: readonly { readonly slug: string }[] } };
}

const requested = "outcome build { id status modulesDelta { added { slug } } }";

describe("mutations", () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await api.plane.handle.pool.query("truncate builds, idempotency_keys cascade");
  });

  async function count(table: string): Promise<number> {
    const { rows } = await api.plane.handle.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    return rows[0]?.n ?? 0;
  }

  async function install(args: string, headers: Record<string, string> = {}): Promise<Requested> {
    return (await askForData<{ readonly installModule: Requested }>(api, `mutation { installModule(${args}) { ${requested} } }`, {}, headers)).installModule;
  }

  it("asks for builds: install, uninstall, upgrade, any change", async () => {
    const { build, outcome } = await install(`slug: "forum", reason: "wanted"`);
    expect([outcome, build.status, build.modulesDelta.added.map(({ slug }) => slug)]).toEqual(["queued", "queued", ["forum"]]);
    const rest: Readonly<Record<string, unknown>> = (await api.ask("GET", `/admin/builds/${build.id}`)).json();
    expect(rest).toMatchObject({ reason: "wanted", requested_by: "admin" });
    await api.plane.handle.pool.query("truncate builds cascade");
    const { uninstallModule } = await askForData<{ uninstallModule: { build: { modulesDelta: unknown } } }>(api, `mutation { uninstallModule(slug: "pages") { build { modulesDelta { removed { slug } } } } }`);
    expect(uninstallModule.build.modulesDelta).toEqual({ removed: [{ slug: "pages" }] });
    await api.plane.handle.pool.query("truncate builds cascade");
    const { requestBuild } = await askForData<{ requestBuild: Requested }>(api, `mutation ($change: ChangeInput) { requestBuild(change: $change, force: true, reason: "all at once") { ${requested} } }`, { change: { install: [{ slug: "blog" }, { slug: "forum" }], uninstall: ["pages"] } });
    expect(requestBuild.build.modulesDelta.added.map(({ slug }) => slug)).toEqual(["blog", "forum"]);
  });

  it("refuses what REST refuses, by the same codes", async () => {
    expect(await refusals(`installModule(slug: "no-such-module") { outcome }`)).toEqual(["plan_blocked"]);
    expect(await refusals(`installModule(slug: "Not A Slug") { outcome }`)).toEqual(["request_invalid"]);
    expect(await refusals(`installModule(slug: "forum", deployTo: "nowhere") { outcome }`)).toEqual(["environment_not_found"]);
    expect(await refusals(`installModule(slug: "forum", reason: "two\\nlines") { outcome }`)).toEqual(["request_invalid"]);
    expect(await refusals(`installModule(slug: "forum", idempotencyKey: "a key") { outcome }`)).toEqual(["request_invalid"]);
    expect(await refusals(`requestBuild(change: { install: [{ slug: "forum", spec: { nonsense: 1 } }] }) { outcome }`)).toEqual(["request_invalid"]);
    expect(await refusals(`cancelBuild(id: "bld_x") { build { id } }`)).toEqual(["build_not_found"]);
    expect(await refusals(`deploy(buildId: "bld_x", environment: "prod") { release { id } }`)).toEqual(["build_not_found"]);
    expect(await refusals(`rollback(environment: "prod") { release { id } }`)).toEqual(["rollback_no_target"]);
    expect(await refusals(`rollback(environment: "nowhere") { release { id } }`)).toEqual(["environment_not_found"]);
    expect(await refusals(`rollback { release { id } }`)).toEqual(["environment_not_found"]);
    expect(await refusals(`approveDeployment(id: "dpl_x") { deployment { id } }`)).toEqual(["deployment_not_found"]);
    expect(await count("builds")).toBe(0);
  });

  it("honours the hash of the plan that was confirmed", async () => {
    const { plan } = await askForData<{ plan: { planHash: string } }>(api, `{ plan(change: { install: [{ slug: "forum" }] }) { planHash mayBeBuilt delta { added { slug } } } }`);
    expect(codesOf(await askGraphql(api, `mutation { installModule(slug: "blog", planHash: "${plan.planHash}") { outcome } }`))).toEqual(["plan_stale"]);
    expect((await install(`slug: "forum", planHash: "${plan.planHash}"`)).outcome).toBe("queued");
  });

  it("cancels a build that waits, and says so at once", async () => {
    const { build } = await install(`slug: "forum"`);
    const { cancelBuild } = await askForData<{ cancelBuild: unknown }>(api, `mutation { cancelBuild(id: "${build.id}", reason: "never mind") { build { id status } } }`);
    expect(cancelBuild).toEqual({ build: { id: build.id, status: "cancelled" } });
    expect(codesOf(await askGraphql(api, `mutation { cancelBuild(id: "${build.id}") { build { id } } }`))).toEqual(["build_transition_refused"]);
  });

  it("does several mutations one after the other, each seeing what the ones before did", async () => {
    const { build } = await install(`slug: "forum"`);
    const answer = await askGraphql(api, `mutation { a: cancelBuild(id: "${build.id}") { build { status } } b: cancelBuild(id: "${build.id}") { build { status } } c: installModule(slug: "blog") { build { status } } }`);
    expect(answer.data).toBeNull();
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([[["b"], "build_transition_refused"]]);
    // A mutation's field is never null, so that one that fails ends the answer; what came before it was done.
    expect((await api.ask("GET", `/admin/builds/${build.id}`)).json<{ status: string }>().status).toBe("cancelled");
  });

  describe("sent again with its key", () => {
    it("does nothing again, and answers as at first, whatever is asked of the answer", async () => {
      const first = await install(`slug: "forum", idempotencyKey: "one"`);
      const second = await askForData<{ installModule: unknown }>(api, `mutation ($slug: String!, $key: String) { installModule(slug: $slug, idempotencyKey: $key) { outcome build { id requestedBy } } }`, { slug: "forum", key: "one" });
      expect(second.installModule).toEqual({ outcome: "queued", build: { id: first.build.id, requestedBy: "admin" } });
      expect(await count("build_requests")).toBe(1);
    });

    it("means the same as the header", async () => {
      const first = await install(`slug: "forum"`, { "idempotency-key": "two" });
      const again = await install(`slug: "forum"`, { "idempotency-key": "two" });
      const byArgument = await install(`slug: "forum", idempotencyKey: "two"`);
      expect([again.build.id, byArgument.build.id, await count("build_requests")]).toEqual([first.build.id, first.build.id, 1]);
    });

    it("is refused for another request, of REST too", async () => {
      await install(`slug: "forum", idempotencyKey: "three"`);
      expect(codesOf(await askGraphql(api, `mutation { installModule(slug: "blog", idempotencyKey: "three") { outcome } }`))).toEqual(["idempotency_key_reused"]);
      const rest = await api.ask("POST", "/admin/builds", { install: ["forum"] }, { "idempotency-key": "three" });
      expect([rest.statusCode, rest.json<{ code: string }>().code]).toEqual([422, "idempotency_key_reused"]);
    });

    it("fails again as at first, although it would be granted now", async () => {
      const id = newUuid();
      const mutation = `mutation { cancelBuild(id: "${toPublicId("bld", id)}", idempotencyKey: "four") { build { id } } }`;
      expect(codesOf(await askGraphql(api, mutation))).toEqual(["build_not_found"]);
      await insertHistory(api, 1);
      await api.plane.handle.pool.query("update builds set status = 'queued'");
      expect(codesOf(await askGraphql(api, mutation))).toEqual(["build_not_found"]);
    });

    it("at the same time is done once", async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => install(`slug: "forum", idempotencyKey: "five"`)));
      expect(new Set(answers.map(({ build }) => build.id)).size).toBe(1);
      expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(["queued"]));
      expect(await count("build_requests")).toBe(1);
    });
  });

  it("answers many requests for one thing with one build", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => install(`slug: "forum"`)));
    expect(new Set(answers.map(({ build }) => build.id)).size).toBe(1);
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual([...Array.from({ length: 9 }, () => "joined"), "queued"]);
    expect(await count("builds")).toBe(1);
  });

  async function tokenOf(grants: readonly Grant[]): Promise<Record<string, string>> {
    const made = await api.ask("POST", "/admin/tokens", { name: newUuid(), grants: [{ role: "viewer" }] });
    const { id, token } = made.json<{ id: string; token: string }>();
    // Environments that the host does not have yet may be granted nowhere else.
    await setGrants(api.plane.handle.db, "token", toUuid("tok", id) ?? "", grants);
    return { authorization: `Bearer ${token}` };
  }

  async function codes(headers: Record<string, string>, document: string): Promise<readonly string[]> {
    return codesOf(await askGraphql(api, document, {}, headers));
  }

  function refusals(mutation: string): Promise<readonly string[]> {
    return codes({}, `mutation { ${mutation} }`);
  }

  async function originsFor(headers: Record<string, string>): Promise<unknown> {
    const { events } = await askForData<{ events: { nodes: readonly { origin: unknown }[] } }>(api, `{ events(first: 1) { nodes { origin { requestId } } } }`, {}, headers);
    return events.nodes[0]?.origin;
  }

  it("holds every field to the roles, environment by environment", async () => {
    const viewer = await tokenOf([{ environment: null, role: "viewer" }]);
    const operator = await tokenOf([{ environment: null, role: "viewer" }, { environment: "staging", role: "operator" }]);
    const administrator = await tokenOf([{ environment: null, role: "administrator" }, { environment: "prod", role: "viewer" }]);
    for (const headers of [viewer, operator, administrator]) expect(await codes(headers, `{ builds { nodes { id } } me { name } }`)).toEqual([]);
    for (const headers of [viewer, operator]) expect(await codes(headers, `mutation { installModule(slug: "forum") { outcome } }`)).toEqual(["forbidden"]);
    expect(await codes(administrator, `mutation { installModule(slug: "forum", deployTo: "prod") { outcome } }`)).toEqual(["forbidden"]);
    expect(await codes(viewer, `mutation { deploy(buildId: "bld_x", environment: "prod") { release { id } } }`)).toEqual(["forbidden"]);
    expect(await codes(operator, `mutation { rollback(environment: "prod") { release { id } } }`)).toEqual(["forbidden"]);
    // Allowed, so that what is refused is the environment that is not there, or the build.
    expect(await codes(operator, `mutation { rollback(environment: "staging") { release { id } } }`)).toEqual(["environment_not_found"]);
    expect(await codes(administrator, `mutation { cancelBuild(id: "bld_x") { build { id } } }`)).toEqual(["build_not_found"]);
    // Who may not see people does not see from where they asked.
    expect(await originsFor(viewer)).toBeNull();
    expect(await originsFor(administrator)).not.toBeNull();
    expect(await count("builds")).toBe(0);
  });
});
