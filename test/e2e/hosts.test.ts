import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { TestControlPlane } from "../support/control-plane.ts";
import { serveGit, type GitServer } from "../support/git-http.ts";
import { hostGit } from "../support/host-git.ts";
import { until } from "../support/rest-client.ts";

const by = { requested_by: "ada" };

describe("a host in a work tree", () => {
  let plane: TestControlPlane;
  let original: string;
  beforeAll(async () => {
    plane = await TestControlPlane.open();
    original = await plane.git("rev-parse", "main");
  });
  afterAll(() => plane?.close());

  test("a branch or environment that does not exist is refused by name, and nothing is queued", async () => {
    expect(await plane.api.refused("POST", "/builds", { install: ["forum"], manifest_ref: "no-such-branch", ...by })).toMatchObject({ status: 404, problem: { code: "ref_not_found" } });
    expect(await plane.api.refused("POST", "/builds", { install: ["forum"], manifest_ref: "--upload-pack=x", ...by })).toMatchObject({ problem: { code: "ref_not_found" } });
    const refusal = await plane.api.refused("POST", "/builds", { install: ["forum"], deploy_to: "moon", ...by });
    expect(refusal).toMatchObject({ status: 404, problem: { code: "environment_not_found", detail: expect.stringContaining("prod") } });
    expect(await plane.api.journal()).toEqual((await plane.api.journal()).filter(({ subject_type: type }) => type === "token"));
  });

  test("landing does not touch uncommitted work in modules.toml", async () => {
    const file = join(plane.host, "modules.toml");
    const mine = `${await readFile(file, "utf8")}# not committed yet\n`;
    await writeFile(file, mine);
    const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], deploy_to: "prod", ...by });
    const { build, deployment } = await plane.api.waitForLive(id);
    expect(build).toMatchObject({ status: "failed", result_commit: null, error: { step: "land", deterministic: false, problems: [{ code: "landing_refused", message: expect.stringMatching(/unstaged changes/) }] } });
    expect(deployment).toBeUndefined();
    expect(await readFile(file, "utf8")).toBe(mine);
    expect(await plane.git("rev-parse", "main")).toBe(original);
    expect(await plane.git("diff", "--name-only")).toBe("modules.toml");
    expect(await plane.git("diff", "--cached", "--name-only")).toBe("");
    await plane.git("checkout", "--quiet", "--", "modules.toml");
  });

  test("uncommitted work in other files stays, and the commit lands all the same", async () => {
    await writeFile(join(plane.host, "NOTES.md"), "mine\n");
    const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], ...by });
    expect((await plane.api.waitForBuild(id)).status).toBe("success");
    expect(await readFile(join(plane.host, "NOTES.md"), "utf8")).toBe("mine\n");
    expect(await readFile(join(plane.host, "modules.toml"), "utf8")).toContain("forum = ");
    expect(await plane.git("status", "--porcelain")).toBe("?? NOTES.md");
  });

  test("an application port that is in use is the deployment's error", async () => {
    const [build] = ((await (await plane.api.raw("GET", "/builds?status=success")).json()) as { builds: { id: string }[] }).builds;
    const squatter = await occupy(Number(new URL(plane.applicationUrl).port));
    const { deployment_id: id } = await plane.api.deploy(build?.id ?? "", { environment: "prod" });
    const failed = await plane.api.waitForDeployment(id);
    squatter.close();
    expect(failed).toMatchObject({ status: "failed", error: { problems: [{ code: "port_in_use" }] } });
    const again = await plane.api.deploy(build?.id ?? "", { environment: "prod" });
    expect((await plane.api.waitForDeployment(again.deployment_id)).status).toBe("success");
    expect((await plane.application("/forum")).status).toBe(200);
  });

  test("an API port that is in use ends the second server with a clear error", async () => {
    const { code, stderr } = await serveOnce(plane.host, join(plane.root, "second"), new URL(plane.url).port);
    expect(code).toBe(1);
    expect(stderr).toContain("port_in_use");
    expect(stderr).toContain("--port");
    // A failed start leaves no database running.
    expect(plane.databaseOf(join(plane.root, "second"))).toBeUndefined();
  });

  test("a full disk refuses a build before it begins, by name, and queues nothing", async () => {
    await plane.end("SIGTERM");
    await plane.start({ MODYARD_FREE_MEGABYTES: "999999999" });
    const refusal = await plane.api.refused("POST", "/builds", { install: ["blog"], ...by });
    expect(refusal).toMatchObject({ status: 507, problem: { code: "disk_full" } });
    await plane.end("SIGTERM");
    await plane.start({ MODYARD_FREE_MEGABYTES: "1" });
    const again = await plane.api.requestBuild({ install: ["blog"], ...by });
    expect(again.outcome).toBe("queued");
    expect((await plane.api.waitForBuild(again.build_id)).status).toBe("success");
  });

  test("a modyard.toml that became unreadable does not take the way back with it", async () => {
    const { build_id: id } = await plane.api.requestBuild({ uninstall: ["forum"], deploy_to: "prod", ...by });
    const { deployment } = await plane.api.waitForLive(id);
    expect(deployment?.status).toBe("success");
    await writeFile(join(plane.host, "modyard.toml"), "this is not TOML\n");
    await plane.git("commit", "--quiet", "--all", "--message", "Oops");
    expect(await plane.api.refused("POST", "/builds", { install: ["forum"], ...by })).toMatchObject({ status: 422, problem: { code: "toml_syntax" } });
    const back = await plane.api.rollBack(deployment?.build_id ?? "", {});
    expect((await plane.api.waitForDeployment(back.deployment_id)).status).toBe("success");
    expect((await plane.application("/forum")).status).toBe(200);
    // Nor does a restart lose the environment.
    await plane.end("SIGKILL");
    await plane.target.stopGateway();
    await plane.start();
    await until("the application", async () => fetch(`${plane.applicationUrl}/forum`).then(({ status }) => status, () => 0), (status) => status === 200);
  });
});

describe("a repository that is no host", () => {
  let plane: TestControlPlane | undefined;
  afterEach(() => plane?.close());

  test("without modyard.toml every request says so", async () => {
    plane = await TestControlPlane.open({
      prepareHost: async (directory) => {
        await rm(join(directory, "modyard.toml"));
        await hostGit(directory, "commit", "--quiet", "--all", "--message", "No descriptor");
      },
    });
    for (const [path, body] of [["/builds", { install: ["forum"], ...by }], ["/plans", { install: ["forum"] }]] as const) {
      const refusal = await plane.api.refused("POST", path, body);
      expect(refusal.problem).toMatchObject({ code: "host_incomplete", detail: expect.stringContaining("modyard.toml") });
    }
    expect((await plane.api.refused("GET", "/environments")).problem.code).toBe("host_incomplete");
    // Once it is there, no restart is needed.
    await plane.git("revert", "--no-edit", "HEAD");
    expect((await plane.api.environment()).name).toBe("prod");
  });
});

describe("a host at a git address", () => {
  let plane: TestControlPlane;
  let served: string;
  let git: GitServer;
  beforeAll(async () => {
    served = await mkdtemp(join(tmpdir(), "modyard-served-"));
    git = await serveGit(served, { push: true });
    const publish = async (directory: string): Promise<void> => void (await hostGit(directory, "clone", "--quiet", "--bare", directory, join(served, "platform.git")));
    plane = await TestControlPlane.open({ deployed: true, prepareHost: publish, hostAddress: () => `${git.url}/platform.git` });
  });
  afterAll(async () => {
    await plane?.close();
    await git?.stop();
    await rm(served, { recursive: true, force: true });
  });

  test("an install lands there by a push", async () => {
    const { build_id: id } = await plane.api.requestBuild({ install: ["forum"], deploy_to: "prod", ...by });
    const { build, deployment } = await plane.api.waitForLive(id);
    expect([build.status, deployment?.status]).toEqual(["success", "success"]);
    expect(await hostGit(join(served, "platform.git"), "rev-parse", "main")).toBe(build.result_commit);
    expect((await plane.application("/forum")).status).toBe(200);
  });

  test("while it is down, builds say so, and the way back works", async () => {
    await git.stop();
    expect(await plane.api.refused("POST", "/builds", { install: ["blog"], ...by })).toMatchObject({ status: 503, problem: { code: "host_not_found" } });
    const active = (await plane.api.environment()).active_release;
    const back = await plane.api.rollBack(active?.build_id ?? "", {});
    expect((await plane.api.waitForDeployment(back.deployment_id)).status).toBe("success");
    expect((await plane.application("/forum")).status).toBe(404);
    const forward = await plane.api.deploy(active?.build_id ?? "", { environment: "prod" });
    expect((await plane.api.waitForDeployment(forward.deployment_id)).status).toBe("success");
    expect((await plane.application("/forum")).status).toBe(200);
  });
});

async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function serveOnce(host: string, data: string, port: string): Promise<{ readonly code: number; readonly stderr: string }> {
  const binary = fileURLToPath(new URL("../../packages/control-plane/bin/modyard.js", import.meta.url));
  const child = spawn(process.execPath, [binary, "serve", "--host-repo", host, "--data", data, "--port", port], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, stderr };
}
