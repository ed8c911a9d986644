import { buildsView } from "../../packages/control-plane/src/api/views/build.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestControlPlane } from "../support/control-plane.ts";
import { startModyard, type CommandRun, type RunningCommand } from "../support/modyard.ts";
import { until } from "../support/rest-client.ts";
import { openRelay, type Relay } from "../support/relay.ts";

// One server for all: each test goes on from what the one before left.
let plane: TestControlPlane;
let relay: Relay;

beforeAll(async () => {
  plane = await TestControlPlane.open({ modules: ["broken-compile", "broken-crash"] });
  relay = await openRelay(() => new URL(plane.url));
});
afterAll(async () => {
  await relay?.close();
  await plane?.close();
});

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningCommand {
  return startModyard(args, { cwd: plane.root, env: { MODYARD_URL: relay.url, MODYARD_TOKEN: plane.token, ...env } });
}

function modyard(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CommandRun> {
  return start(args, env).done;
}

/** The one JSON document on standard output. */
function json(run: CommandRun): Record<string, unknown> {
  return JSON.parse(run.stdout) as Record<string, unknown>;
}

describe("the way to the server", () => {
  it("says that a server cannot be reached, and exits 4", async () => {
    const nowhere = { MODYARD_URL: "http://127.0.0.1:1" };
    const run = await modyard(["status"], nowhere);
    expect(run.code).toBe(4);
    expect(run.stdout).toBe("");
    expect(run.stderr).toContain("error[server_unreachable]: the server http://127.0.0.1:1 cannot be reached");
    const asJson = await modyard(["install", "forum", "--wait", "--json"], nowhere);
    expect(asJson.code).toBe(4);
    expect(json(asJson)).toMatchObject({ errors: [{ code: "server_unreachable", hint: expect.stringContaining("modyard serve") }] });
  });

  it("exits 3 without a token or with a wrong one, and never shows it", async () => {
    for (const [MODYARD_TOKEN, code] of [["", "unauthenticated"], ["notatoken", "unauthenticated"], ["mya_notatokenofthisserver", "token_misspelt"]] as const) {
      const run = await modyard(["status"], { MODYARD_TOKEN });
      expect(run.code).toBe(3);
      expect(run.stderr).toContain(`error[${code}]`);
      expect(run.stderr).toContain("MODYARD_TOKEN_FILE");
      expect(run.stderr).not.toContain("notatoken");
    }
    expect(json(await modyard(["builds", "--json"], { MODYARD_TOKEN: "" }))).toMatchObject({ errors: [{ code: "unauthenticated" }] });
  });

  it("takes the token from a file, and the address from --server or MODYARD_URL", async () => {
    const file = { MODYARD_TOKEN: "", MODYARD_TOKEN_FILE: "data/admin-token" };
    expect((await modyard(["status"], file)).code).toBe(0);
    expect((await modyard(["status", "--server", relay.url.replace("http://", "")], { ...file, MODYARD_URL: "http://127.0.0.1:1" })).code).toBe(0);
    expect((await modyard(["status"], { ...file, MODYARD_URL: relay.url })).code).toBe(0);
    expect((await modyard(["status", "--server", "ftp://somewhere"])).code).toBe(2);
    expect((await modyard(["status", "--server", "http://admin:secret@127.0.0.1"])).stderr).toContain("error[server_address_invalid]: the address carries a password");
  });

  it("understands that another program answers", async () => {
    expect((await modyard(["status", "--server", `${relay.url}/elsewhere`])).code).toBe(1);
  });
});

describe("from the first build to the journal", () => {
  it("says what to do where there is nothing yet", async () => {
    expect((await modyard(["builds"])).stdout).toContain("`modyard build` makes the first");
    expect((await modyard(["releases"])).stdout).toContain("no releases yet");
    expect((await modyard(["status"])).stdout).toMatch(/^○ prod {2}empty/);
    expect((await modyard(["logs"])).code).toBe(1);
    expect((await modyard(["rollback"])).code).toBe(3);
  });

  it("installs a module and brings it to users, with one line for each step", async () => {
    const run = await modyard(["install", "forum", "--deploy", "prod", "--reason", "people want to talk"]);
    expect(run.stderr.match(/^ {2}[ \d%]{7}(\w+)$/gm)?.map((line) => line.trim().replace(/^\d+ %\s+/, "")).filter((name) => name !== "waiting")).toEqual([
      "checkout", "render", "resolve", "generate", "compile", "test", "package", "publish", "land",
      "prepare", "start", "smoke", "switch", "observe",
    ]);
    expect(run.stdout).toContain("+ forum 0.1.0");
    expect(run.stdout).toMatch(/✓ bld_\w{26} built in (?:\d+ min )?[\d.]+ s \(\+forum\)/);
    expect(run.stdout).toMatch(new RegExp(`✓ prod runs rel_\\w+: ${plane.applicationUrl}`));
    expect(run.stdout + run.stderr).not.toContain("\u001b");
    expect(run.code).toBe(0);
    expect((await plane.application("/forum")).status).toBe(200);
  });

  it("needs no build for what is there already, and no deployment either", async () => {
    const before = (await plane.api.journal()).length;
    expect(await modyard(["install", "forum", "--no-deploy"])).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing changes.") });
    // Where there is one environment, it is meant.
    const again = await modyard(["install", "forum"]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/was built already.*\n✓ prod runs it already as rel_/) });
    expect((await plane.api.journal()).slice(before).map(({ action }) => action)).toEqual(["build.joined"]);
  });

  it("shows the plan's blockers and exits 3", async () => {
    const run = await modyard(["uninstall", "content", "--json"]);
    expect(run.code).toBe(3);
    expect(json(run)).toMatchObject({ ok: false, plan: { may_be_built: false }, build: null, errors: [{ code: "module_needed", module: "content" }] });
    expect((await modyard(["install", "fourm"])).stdout).toContain("Did you mean `forum`?");
  });

  it("tells of a failed build the step, the module, the lines, what to do and how to get the rest, and exits 1", async () => {
    const run = await modyard(["install", "blog", "broken-compile", "--deploy", "prod"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("✗ The build failed in compile, module broken-compile\n");
    expect(run.stderr).toContain("modules/broken-compile/src/index.ts:4:14: error[compile_failed]: Type 'number'");
    expect(run.stderr).toContain("hint: ");
    expect(run.stderr).toContain("  │ 4 export const greeting: string = 42;");
    expect(run.stderr).toContain("the rest without broken-compile: modyard install blog --deploy prod\n");
    const again = await modyard(["install", "blog", "broken-compile", "--json"]);
    expect(again.code).toBe(1);
    expect(json(again)).toMatchObject({ ok: false, outcome: "failed", build: { status: "failed", next: { rest: { without: ["broken-compile"], change: { install: [{ slug: "blog" }] } } } }, deployment: null, errors: [{ code: "compile_failed", module: "broken-compile", line: 4 }] });
    expect((await plane.application("/forum")).status).toBe(200);
  });

  it("uninstalls and follows the log through a cut connection, every line once", async () => {
    const detached = await modyard(["uninstall", "forum", "--deploy", "prod", "--detach"]);
    const id = detached.stdout.trim().split("\n").at(-1) ?? "";
    expect(id).toMatch(/^bld_/);
    const following = start(["logs", "-f", id]);
    await following.wrote("── compile");
    relay.cut();
    const run = await following.done;
    expect(run.stderr).toContain("trying again for a minute");
    expect(run.stderr).toContain("the server is back");
    expect(run.stderr, run.stdout).toContain(`✓ ${id} success`);
    expect(run.code).toBe(0);
    const lines = await plane.api.log(id);
    expect(run.stdout.trimEnd().split("\n").length).toBe(lines.length);
    expect(json(await modyard(["logs", id, "--json"]))).toMatchObject({ complete: true, lines: lines.map(({ line, text }) => ({ line, text })) });
    expect((await modyard(["logs"])).stdout).toBe(run.stdout);
    const { deployment } = await plane.api.waitForLive(id);
    expect(deployment?.status).toBe("success");
    expect((await plane.application("/forum")).status).toBe(404);
  });

  it("rolls back without a name, and to a named release", async () => {
    const [newest, oldest] = await plane.api.releases();
    const back = await modyard(["rollback", "--reason", "missed", "--json"]);
    expect(back.code).toBe(0);
    expect(json(back)).toMatchObject({ ok: true, deployment: { kind: "rollback", status: "success", release_id: oldest?.id, reason: "missed" }, url: plane.applicationUrl, errors: [] });
    expect((await plane.application("/forum")).status).toBe(200);
    expect(await modyard(["rollback", newest?.id ?? ""])).toMatchObject({ code: 0, stdout: expect.stringContaining(`✓ prod runs ${newest?.id ?? ""}`) });
    expect((await modyard(["rollback", newest?.id ?? ""])).code).toBe(3);
    expect((await modyard(["rollback", "rel_1"])).code).toBe(1);
  });

  it("deploys an earlier build again", async () => {
    const [, first] = await plane.api.releases();
    const run = await modyard(["deploy", first?.build_id ?? "", "prod", "--json"]);
    expect(run.code).toBe(0);
    expect(json(run)).toMatchObject({ ok: true, deployment: { kind: "deploy", build_id: first?.build_id } });
    expect((await modyard(["deploy", "bld_00000000000000000000000000", "prod"])).code).toBe(1);
  });

  it("lets Ctrl-C stop the watching only, and cancels when asked to", async () => {
    const watching = start(["build", "--force", "--no-deploy"]);
    await watching.wrote("compile");
    watching.interrupt();
    const run = await watching.done;
    expect(run.code).toBe(130);
    const [, id = ""] = /modyard cancel (bld_\w+)/.exec(run.stderr) ?? [];
    expect(run.stderr).toContain(`modyard logs -f ${id}`);
    expect((await plane.api.build(id)).cancel_requested_by).toBeNull();
    const cancelled = await modyard(["cancel", id, "--reason", "not needed", "--json"]);
    expect(cancelled.code).toBe(0);
    expect(json(cancelled)).toMatchObject({ ok: true, build: { status: "cancelled" } });
    expect((await modyard(["cancel", id])).code).toBe(3);
  });

  it("goes on watching when the server was killed and comes back", async () => {
    const watching = start(["build", "--force", "--no-deploy", "--json"]);
    const { builds: [build] } = await until("a running build", () => plane.api.get("/builds?status=running", buildsView), ({ builds }) => builds.length > 0);
    await plane.end("SIGKILL");
    await watching.wrote("trying again for a minute");
    await plane.start();
    const run = await watching.done;
    expect(run.stderr).toContain("the server is back");
    expect(json(run)).toMatchObject({ ok: true, build: { build_id: build?.build_id, status: "success" } });
    expect(run.code).toBe(0);
  });

  it("tells of a failed deployment what serves on, and exits 1", async () => {
    const { active_release: before } = await plane.api.environment();
    const run = await modyard(["install", "broken-crash", "--deploy", "prod"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("✗ The deployment failed in smoke");
    expect(run.stderr).toContain("error[application_exited]");
    expect(run.stderr).toContain(`prod runs ${before?.id ?? ""}: ${plane.applicationUrl}`);
    const id = /(bld_\w+) built/.exec(run.stdout)?.[1] ?? "";
    const again = await modyard(["deploy", id, "prod", "--json"]);
    expect(again.code).toBe(1);
    expect(json(again)).toMatchObject({ ok: false, deployment: { status: "failed", error: { step: "smoke" } }, errors: [{ code: "application_exited" }] });
  });

  it("shows what there is, for people and as JSON", async () => {
    const status = await modyard(["status"]);
    expect(status.stdout).toMatch(/^● prod {2}running/);
    expect(status.stdout).toContain("forum 0.1.0");
    expect(json(await modyard(["status", "--json"]))).toMatchObject({ environments: [{ name: "prod", url: plane.applicationUrl, active_release: { status: "active" } }], builds: [] });
    expect((await modyard(["releases", "--environment", "prod"])).stdout).toMatch(/^RELEASE.*\nrel_\w+ +prod +failed[\s\S]*\nrel_\w+ +prod +active/);
    expect((json(await modyard(["releases", "--json"]))["releases"] as unknown[]).length).toBe(5);
    expect((await modyard(["builds", "--status", "failed"])).stdout.trim().split("\n").length).toBe(2);
    expect(json(await modyard(["builds", "--limit", "1", "--json"]))).toMatchObject({ builds: [{ status: "success" }], next_cursor: expect.any(String) });
    expect((await modyard(["builds", "--limit", "0"])).code).toBe(2);
  });

  it("tells the journal, newest last, and goes on with -f", async () => {
    const journal = await modyard(["journal", "--limit", "100"]);
    expect(journal.stdout).toMatch(/build\.requested[\s\S]*by admin · \+forum · “people want to talk”[\s\S]*build\.cancelled/);
    expect((json(await modyard(["journal", "--json", "--limit", "3"]))["events"] as unknown[]).length).toBe(3);
    const following = start(["journal", "-f", "--limit", "1"]);
    await following.wrote("by ");
    expect((await modyard(["build", "--no-deploy"])).code).toBe(0);
    await following.wrote("build.succeeded");
    following.interrupt();
    expect((await following.done).code).toBe(130);
  });
});
