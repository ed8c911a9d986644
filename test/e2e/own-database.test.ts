import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type DatabaseServer } from "../support/databases.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { startModyard } from "../support/modyard.ts";

const [, second] = databases;

describe.skipIf(second === undefined)("the main job on a database of the operator's own", () => {
  let server: DatabaseServer | undefined;
  let plane: TestControlPlane | undefined;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = await second?.start();
    env = { DATABASE_URL: (await server?.createDatabase())?.connectionString ?? "" };
  });
  afterAll(async () => {
    await plane?.close();
    await server?.close();
  });
  const running = (): TestControlPlane => plane ?? expect.unreachable("nothing runs");
  const slugs = async (): Promise<readonly string[]> => ((await running().application("/health/modules")).body as { modules: { slug: string }[] }).modules.map(({ slug }) => slug).toSorted();
  const modyard = (...args: readonly string[]) => startModyard(args, { cwd: import.meta.dirname, env }).done;

  test("a server that may not migrate refuses the empty database, and serves it once it is migrated", async () => {
    await expect(TestControlPlane.open({ env: { ...env, MODYARD_MIGRATE: "0" } })).rejects.toThrow(/database_outdated.*modyard migrate up/s);
    expect(await modyard("migrate", "status")).toMatchObject({ code: 1, stdout: expect.stringMatching(/0001-first +pending/) as string });
    const ups = await Promise.all([modyard("migrate", "up", "--json"), modyard("migrate", "--json")]);
    expect(ups.map(({ code }) => code)).toEqual([0, 0]);
    const applied = ups.map(({ stdout }) => (JSON.parse(stdout) as { applied_now: string[] }).applied_now.length);
    expect(applied.filter((count) => count > 0)).toHaveLength(1);
    expect((await modyard("migrate", "status")).code).toBe(0);
    plane = await TestControlPlane.open({ deployed: true, env: { ...env, MODYARD_MIGRATE: "0" } });
    expect(existsSync(join(plane.data, "postgres"))).toBe(false);
  });

  test("forum is installed and goes live", async () => {
    const { build_id: id } = await running().api.requestBuild({ install: ["forum"], reason: "forum", requested_by: "ada", deploy_to: "prod" });
    expect(await running().api.waitForLive(id)).toMatchObject({ build: { status: "success" }, deployment: { status: "success" } });
    expect(await slugs()).toContain("forum");
  });

  test("everything is there after a kill and a restart, and the rollback goes live", async () => {
    const before = await running().api.releases();
    await running().end("SIGKILL");
    await running().start();
    expect(await running().api.releases()).toEqual(before);
    const back = await running().api.rollBack(before[0]?.build_id ?? "", {});
    expect(await running().api.waitForDeployment(back.deployment_id)).toMatchObject({ status: "success", kind: "rollback" });
    expect(await slugs()).not.toContain("forum");
  });

  test("no output tells the password", () => {
    expect(running().output).not.toContain(env["DATABASE_URL"]);
  });
});
