import { existsSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestControlPlane } from "../support/control-plane.ts";
import { addressOf, databases, type DatabaseServer } from "../support/databases.ts";
import { dockerRegistry, startDockerRegistry, type TestRegistry } from "../support/docker-registry.ts";
import { isThere } from "../support/requirement.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

describe.runIf(isThere(dockerRegistry))("two machines: one database, one registry, nothing else in common", { timeout: 300_000 }, () => {
  let server: DatabaseServer | undefined;
  let registry: TestRegistry | undefined;
  let plane: TestControlPlane;
  let builder: TestWorker;
  let deployer: TestWorker;
  let elsewhere = "";
  beforeAll(async () => {
    server = await (databases.at(-1) ?? expect.unreachable("no database")).start();
    registry = await startDockerRegistry();
    const env = { DATABASE_URL: addressOf(await server.createDatabase()), MODYARD_ARTIFACTS: `oci://${registry.host}/modyard` };
    plane = await TestControlPlane.open({ args: ["--no-worker"], env });
    elsewhere = join(plane.root, "elsewhere");
    // What both would have downloaded: the machines share none of it.
    await mkdir(elsewhere);
    if (existsSync(join(plane.data, "cache"))) await cp(join(plane.data, "cache"), join(elsewhere, "cache"), { recursive: true });
    builder = await startTestWorker(["--host-repo", plane.host, "--data", elsewhere], env);
    const environment = `prod=${new URL(plane.applicationUrl).host}`;
    deployer = await startTestWorker(["--host-repo", plane.host, "--data", plane.data, "--only", "deployments", "--environment", environment], env);
  });
  afterAll(async () => {
    for (const worker of [builder, deployer]) {
      worker?.signal("SIGTERM");
      await worker?.ended;
    }
    await plane?.close();
    await registry?.close();
    await server?.close();
  });

  test("a worker whose data directory has no environments says that it does builds only", () => {
    expect(builder.ready).toMatchObject({ builds: true, deployments: false });
    expect(deployer.ready).toMatchObject({ builds: false, deployments: true });
  });

  test("what one built the other brings live", async () => {
    const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], reason: "forum", requested_by: "ada", deploy_to: "prod" });
    const { build, deployment } = await plane.api.waitForLive(id);
    expect(build).toMatchObject({ status: "success", attempt: 1 });
    expect(deployment).toMatchObject({ status: "success" });
    const begun = (await plane.api.journal()).filter(({ action, subject_id: subject }) => action === "build.started" && subject === id);
    expect(begun.map(({ details }) => (details as { holder: string }).holder)).toEqual([builder.ready.holder]);
    expect((await plane.application("/forum")).status).toBe(200);
    expect(existsSync(join(elsewhere, "environments"))).toBe(false);
    const lines = await plane.api.log(id);
    expect(lines.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
  });

  test("with the registry away the environment still tells, and offers, what is here", async () => {
    await registry?.stop();
    const { releases } = await plane.api.environment();
    expect(releases).toHaveLength(1);
    await registry?.start();
  });
});
