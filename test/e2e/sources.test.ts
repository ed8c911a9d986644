import { execFile } from "node:child_process";
import { appendFile, cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { buildsView, type BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { planView, type PlanView } from "../../packages/control-plane/src/api/views/plan.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { serveGit, type GitServer } from "../support/git-http.ts";
import { hostGit } from "../support/host-git.ts";
import { startModyard, type CommandRun } from "../support/modyard.ts";
import { makeOperator, type Operator } from "../support/operator.ts";
import { publishedName, writePublishedModule, type PublishedModule } from "../support/published-module.ts";
import { startRegistry, type Registry } from "../support/registry.ts";
import { openRelay, type Relay } from "../support/relay.ts";

const run = promisify(execFile);
const token = `npm_${"Secret0123".repeat(4).slice(0, 36)}`;

let plane: TestControlPlane;
let registry: Registry;
/** How everybody but the publisher reaches the registry: it can be down. */
let relay: Relay;
let isRegistryUp = true;
let gitServer: GitServer;
/** Both registry and git server show nothing to whoever has no credentials; only the operator has some. */
let operator: Operator;
let goodNpmrc: string;
const gitCredentials = "ada:hunter22-of-ada";
let wiki: string;
let wikiCommits: readonly string[];

beforeAll(async () => {
  relay = await openRelay(() => new URL(isRegistryUp ? registry.url : "http://127.0.0.1:1"));
  [registry, operator] = await Promise.all([startRegistry({ isPrivate: true }), makeOperator()]);
  // What the host itself is made of comes from this machine's registry; from then on there is one registry for everything. Down, it is told at once.
  plane = await TestControlPlane.open({ deployed: true, prepareHost, env: { ...operator.env, ACME_TOKEN: registry.token, npm_config_fetch_retries: "0" } });
  goodNpmrc = `registry=${relay.url}/\n${tokenLine("${ACME_TOKEN}")}`;
  await Promise.all([operator.writeNpmrc(goodNpmrc), operator.writeGitCredentials(gitServer.url.replace("//", `//${gitCredentials}@`))]);
  const scripts = { preinstall: leaveTrace, postinstall: leaveTrace };
  await Promise.all([{ slug: "notes" }, { slug: "stranger", descriptorSlug: "somebody" }, { slug: "sly", scripts }, { slug: "trusted", scripts }].map((module) => publish({ version: "1.0.0", ...module })));
});
afterAll(async () => {
  await plane?.close();
  await Promise.all([registry?.stop(), relay?.close(), gitServer?.stop(), operator?.remove()]);
});

/** How an npmrc names a token for the registry. */
const tokenLine = (value: string): string => `//${new URL(relay.url).host}/:_authToken=${value}\n`;

/** A host whose people set up a registry for their own scope and offer modules of every source. */
async function prepareHost(host: string): Promise<void> {
  wiki = join(host, "..", "git", "wiki.git");
  gitServer = await serveGit(join(wiki, ".."), { credentials: gitCredentials });
  wikiCommits = [await releaseWiki("1.0.0"), await releaseWiki("1.1.0")];
  await appendFile(join(host, ".npmrc"), `@acme:registry=${relay.url}/\n`);
  await writeNosyModule(join(host, "modules", "nosy"));
  const entries = {
    ...Object.fromEntries(["notes", "missing", "stranger", "sly", "trusted"].map((slug) => [slug, `source = "npm"\npackage = "${publishedName(slug)}"\nversion = "^1.0.0"`])),
    wiki: `source = "git"\npackage = "${publishedName("wiki")}"\ngit = "${gitServer.url}/wiki.git"\nrev = "v1.0.0"\nversion = "1.0.0"`,
    nosy: `source = "path"\npackage = "@platform/nosy"\npath = "modules/nosy"`,
  };
  const tables = Object.entries(entries).map(([slug, facts]) => `\n[modules.${slug}]\n${facts}\n${slug === "trusted" ? "allow_scripts = true\n" : ""}`);
  await appendFile(join(host, "marketplace.toml"), tables.join(""));
  await hostGit(host, "add", "--all");
  await hostGit(host, "commit", "--quiet", "--message", "Modules of every source");
}

const leaveTrace = `node -e "require('node:fs').writeFileSync('script-ran', '')"`;

async function publish(module: PublishedModule): Promise<void> {
  const directory = join(plane.root, "packages", module.slug);
  await writePublishedModule(directory, module);
  await registry.publish(directory);
}

/** Commits a version of the wiki as its author does, compiled, with a tag; its commit. */
async function releaseWiki(version: string): Promise<string> {
  await writePublishedModule(wiki, { slug: "wiki", version });
  await hostGit(wiki, "init", "--quiet", "--initial-branch", "main");
  await hostGit(wiki, "add", "--all");
  await hostGit(wiki, "commit", "--quiet", "--message", `Version ${version}`);
  await hostGit(wiki, "tag", `v${version}`);
  return hostGit(wiki, "rev-parse", "HEAD");
}

/** A module of the host's own tree whose test tells a secret, tries to reach the network, and looks for the operator's credentials. */
async function writeNosyModule(directory: string): Promise<void> {
  await cp(join(import.meta.dirname, "../fixtures/modules/broken-tests"), directory, { recursive: true });
  for (const file of ["package.json", "module.toml", "tsconfig.json", "src/index.ts"]) {
    const text = await readFile(join(directory, file), "utf8");
    await writeFile(join(directory, file), text.replaceAll("broken-tests", "nosy").replace("return a - b", "return a + b"));
  }
  await writeFile(
    join(directory, "src", "add.test.ts"),
    `import { readFileSync } from "node:fs";
import { test } from "node:test";
import { add } from "./index.ts";

test("adds", async () => {
  console.log(${JSON.stringify(`sum ${token} `)} + add(2, 2));
  const answer = await fetch(${JSON.stringify(relay.url)}).then(({ status }) => String(status), () => "none");
  console.log("answer of the network:", answer);
  const files = [".npmrc", ".gitconfig", ".git-credentials"].map((name) => ${JSON.stringify(operator.home)} + "/" + name);
  const seen = files.map((file) => { try { return readFileSync(file, "utf8"); } catch { return ""; } }).join("") + (process.env.ACME_TOKEN ?? "");
  console.log("credentials seen:", seen === "" ? "none" : seen);
});
`,
  );
}

function modyard(...args: readonly string[]): Promise<CommandRun> {
  return startModyard(args, { cwd: plane.root, env: { MODYARD_URL: plane.url, MODYARD_TOKEN: plane.token } }).done;
}

/** Runs a command to its successful end; the build that it reports. */
async function done(...args: readonly string[]): Promise<BuildView> {
  const { code, stdout, stderr } = await modyard(...args, "--json");
  const report = JSON.parse(stdout) as { build: BuildView; errors: unknown };
  expect({ code, errors: report.errors, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, errors: [], stderr: "" });
  return report.build;
}

const searched = (text: string): Promise<unknown> => plane.api.get(`/registry/packages?q=${text}`, z.unknown());

const plan = (change: unknown): Promise<PlanView> => plane.api.post("/plans", change, planView);

/** Version of each module that the running application reports, and its build. */
async function live(): Promise<{ readonly build: string; readonly versions: Readonly<Record<string, string>> }> {
  const { body } = await plane.application("/health/modules");
  const { build_id: build, modules } = body as { build_id: string; modules: { slug: string; version: string }[] };
  return { build, versions: Object.fromEntries(modules.map(({ slug, version }) => [slug, version])) };
}

async function onBranch(file: string): Promise<Record<string, Record<string, Record<string, string>>>> {
  return JSON.parse(await plane.git("show", `main:${file}`)) as Record<string, Record<string, Record<string, string>>>;
}

// One story: each test goes on where the one before ended.
describe("a module of an npm registry", () => {
  let installed: BuildView;
  let upgraded: BuildView;

  test("is planned by its own descriptor", async () => {
    const planned = await plan({ install: ["notes"] });
    expect(planned).toMatchObject({ may_be_built: true, unverified: [], blockers: [], warnings: [], delta: { added: [{ slug: "notes", version: "1.0.0" }] } });
    expect(planned.modules).toContainEqual(expect.objectContaining({ slug: "notes", name: "Published notes", version: "1.0.0" }));
  });

  test("goes live, in exactly the version that the lockfile has", async () => {
    installed = await done("install", "notes");
    expect(installed.modules).toContainEqual(expect.objectContaining({ slug: "notes", version: "1.0.0", integrity: expect.stringMatching(/^sha512-/) as string }));
    expect(await live()).toMatchObject({ build: installed.build_id, versions: { notes: "1.0.0" } });
    expect((await onBranch("package-lock.json"))["packages"]?.["node_modules/@acme/notes"]).toMatchObject({ version: "1.0.0", integrity: expect.stringMatching(/^sha512-/) as string });
    expect((await onBranch("apps/server/package.json"))["dependencies"]).toMatchObject({ "@acme/notes": "1.0.0" });
    expect(await plane.git("show", "main:modules.toml")).toContain(`notes = { package = "@acme/notes", source = "npm", version = "^1.0.0" }`);
  });

  test("is built by hand from the composition commit too", async () => {
    const clone = join(plane.root, "by-hand");
    await run("git", ["clone", "--quiet", plane.host, clone]);
    const credentials = { [`npm_config_//${new URL(relay.url).host}/:_authToken`]: registry.token };
    await run("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: clone, env: { ...process.env, ...credentials } });
    await run("npm", ["run", "build"], { cwd: clone });
    expect((await run("git", ["status", "--porcelain"], { cwd: clone })).stdout).toBe("");
  });

  test("stays as it is when newer versions are published", async () => {
    for (const version of ["1.1.0", "2.0.0"]) await publish({ slug: "notes", version });
    expect(await plan({})).toMatchObject({ delta: { added: [], removed: [], changed: [] }, modules: expect.arrayContaining([expect.objectContaining({ slug: "notes", version: "1.0.0" })]) as unknown });
  });

  test("is upgraded to the newest that its range allows", async () => {
    upgraded = await done("upgrade", "notes");
    expect(upgraded.modules_delta.changed).toEqual([{ slug: "notes", from: "1.0.0", to: "1.1.0" }]);
    expect(await live()).toMatchObject({ build: upgraded.build_id, versions: { notes: "1.1.0" } });
    expect(await plane.git("show", "main:modules.toml")).toContain(`version = "^1.1.0"`);
    expect(await plane.git("log", "-1", "--format=%s", "main")).toBe("modules: change notes 1.0.0 -> 1.1.0");
    // Told in the journal as an installation is.
    const events = await plane.api.journal();
    const story = (id: string): readonly string[] => events.filter(({ subject_id: subject, details }) => subject === id || JSON.stringify(details).includes(id)).map(({ action }) => action);
    expect(story(upgraded.build_id)).toEqual(story(installed.build_id));
    expect(story(upgraded.build_id)).toEqual(expect.arrayContaining(["build.requested", "composition.landed", "build.succeeded"]));
    expect(await plan({ upgrade: ["notes"] })).toMatchObject({ delta: { changed: [] }, warnings: [{ code: "module_up_to_date", module: "notes" }] });
  });

  test("is upgraded beyond its range to a version that is named", async () => {
    const build = await done("upgrade", "notes@2.0.0");
    expect(build.modules_delta.changed).toEqual([{ slug: "notes", from: "1.1.0", to: "2.0.0" }]);
    expect(await live()).toMatchObject({ build: build.build_id, versions: { notes: "2.0.0" } });
  });

  test("warns before it becomes older, and is rolled back without a build", async () => {
    const planned = await plan({ upgrade: ["notes@^1.0.0"] });
    expect(planned).toMatchObject({ may_be_built: true, delta: { changed: [{ slug: "notes", from: "2.0.0", to: "1.1.0" }] }, warnings: [{ code: "module_downgraded", module: "notes" }] });
    expect((await modyard("rollback", "--json")).code).toBe(0);
    expect(await live()).toMatchObject({ build: upgraded.build_id, versions: { notes: "1.1.0" } });
  });
});

describe("a module of a git repository", () => {
  let build: BuildView;

  test("is pinned to the commit of its tag", async () => {
    build = await done("install", "wiki", "nosy");
    expect(build.modules_delta.added).toEqual([{ slug: "nosy", version: "0.1.0" }, { slug: "wiki", version: "1.0.0" }]);
    expect(build.modules).toContainEqual(expect.objectContaining({ slug: "wiki", version: "1.0.0", integrity: wikiCommits[0] }));
    expect((await onBranch("apps/server/package.json"))["dependencies"]).toMatchObject({ "@acme/wiki": expect.stringMatching(new RegExp(`#${wikiCommits[0] ?? ""}$`)) as string });
    expect((await live()).versions).toMatchObject({ wiki: "1.0.0", notes: "2.0.0" });
  });

  test("the tests of a module reach no network, and what looks like a secret is not in the log", async () => {
    const lines = (await plane.api.log(build.build_id)).filter(({ step }) => step === "test").map(({ text }) => text);
    expect(lines).toContain("answer of the network: none");
    expect(lines).toContain("credentials seen: none");
    expect(lines).toContain("sum *** 4");
    expect((await plane.api.log(build.build_id)).map(({ text }) => text).join("\n")).not.toContain(token);
  });

  test("is upgraded to another revision", async () => {
    const { build_id: id } = await plane.api.requestBuild({ upgrade: [{ slug: "wiki", rev: "v1.1.0" }], reason: "newer wiki", deploy_to: "prod" });
    const { build: newer, deployment } = await plane.api.waitForLive(id);
    expect(deployment?.status).toBe("success");
    expect(newer.modules_delta.changed).toEqual([{ slug: "wiki", from: "1.0.0", to: "1.1.0" }]);
    expect(newer.modules).toContainEqual(expect.objectContaining({ slug: "wiki", integrity: wikiCommits[1] }));
    expect((await live()).versions).toMatchObject({ wiki: "1.1.0" });
  });
});

test("an upgrade of everything takes nothing back to what a catalog offers", async () => {
  const { code, stdout } = await modyard("upgrade", "--json");
  expect({ code, delta: (JSON.parse(stdout) as { plan: PlanView }).plan.delta }).toEqual({ code: 0, delta: { added: [], removed: [], changed: [] } });
});

describe("what cannot be installed", () => {
  test.each([
    { what: "a package that does not exist", change: { install: ["missing"] }, problem: { code: "package_not_found", module: "missing" } },
    { what: "a version that does not exist", change: { upgrade: ["notes@9.9.9"] }, problem: { code: "version_not_found", module: "notes", hint: expect.stringContaining("2.0.0, 1.1.0, 1.0.0") as string } },
    { what: "a revision that does not exist", change: { upgrade: [{ slug: "wiki", rev: "v9" }] }, problem: { code: "git_rev_not_found", module: "wiki" } },
    { what: "a module that calls itself something else", change: { install: ["stranger"] }, problem: { code: "descriptor_mismatch", module: "stranger" } },
  ])("$what blocks the plan and the build, by name", async ({ change, problem }) => {
    const planned = await plan(change);
    expect(planned.may_be_built).toBe(false);
    expect(planned.blockers).toMatchObject([problem]);
    const refused = await plane.api.refused("POST", "/builds", change);
    expect(refused).toMatchObject({ status: 409, problem: { code: "plan_blocked", problems: expect.arrayContaining([expect.objectContaining(problem)]) as unknown } });
  });

  test("a package that is published after all can be installed at once", async () => {
    await publish({ slug: "missing", version: "1.0.0" });
    expect(await plan({ install: ["missing"] })).toMatchObject({ may_be_built: true, delta: { added: [{ slug: "missing", version: "1.0.0" }] } });
  });
});

/** What comes from a registry, and is not here yet. */
const change = { install: ["sly", "trusted"], deploy_to: "prod" };

describe("credentials that ended", () => {
  afterAll(() => Promise.all([operator.writeNpmrc(goodNpmrc), operator.writeGitCredentials(gitServer.url.replace("//", `//${gitCredentials}@`))]));

  test("of a registry: the plan says which one, and what to renew; so does a build", async () => {
    expect(await searched("notes")).toMatchObject({ problem: null, packages: expect.arrayContaining([expect.objectContaining({ name: "@acme/notes" })]) as unknown });
    await operator.writeNpmrc(`registry=${relay.url}/\n${tokenLine("a-token-that-ended")}`);
    const denied = { message: expect.stringContaining(`${relay.url} refuses the credentials that Modyard has for it`) as string, hint: expect.stringContaining(`Renew the token in the .npmrc of the user that runs Modyard, in the line ${tokenLine("…").trim()}`) as string };
    const planned = await plan({ install: change.install });
    expect(planned).toMatchObject({ may_be_built: true, unverified: ["sly", "trusted"], warnings: [{ code: "descriptor_unverified", module: "sly", ...denied }, { code: "descriptor_unverified", module: "trusted", ...denied }] });
    const { code, stdout } = await modyard("install", ...change.install, "--no-deploy", "--yes");
    expect({ code, warned: stdout.includes("warning[descriptor_unverified]: The descriptor of `sly` could not be read: ") }).toEqual({ code: 1, warned: true });
    const [build] = (await plane.api.get("/builds?limit=1", buildsView)).builds;
    expect(build).toMatchObject({ status: "failed", error: { step: "resolve", deterministic: false, problems: [{ code: "registry_denied", ...denied }] } });
  });

  test("of a git server: as well", async () => {
    await operator.writeGitCredentials(gitServer.url.replace("//", "//ada:wrong@"));
    const planned = await plan({ upgrade: [{ slug: "wiki", rev: "v1.0.0" }] });
    expect(planned).toMatchObject({ unverified: ["wiki"], warnings: [{ code: "descriptor_unverified" }, { code: "module_downgraded" }] });
    expect(planned.warnings[0]).toMatchObject({ code: "descriptor_unverified", module: "wiki", message: expect.stringContaining(`${gitServer.url} does not show`) as string, hint: expect.stringContaining("credential helper") as string });
  });
});

describe("without any registry and git server", () => {
  test("what is new cannot be planned for sure, and its build says what could not be reached", async () => {
    isRegistryUp = false;
    relay.cut();
    await gitServer.stop();
    const planned = await plan({ install: change.install });
    expect(planned).toMatchObject({ may_be_built: true, unverified: ["sly", "trusted"], delta: { added: [{ slug: "sly", version: "^1.0.0" }, { slug: "trusted", version: "^1.0.0" }] } });
    expect(planned.warnings.map(({ code, module }) => `${code} ${module}`)).toEqual(["descriptor_unverified sly", "descriptor_unverified trusted"]);
    // npm remembers a version that fits, but not whether it still is the newest.
    expect((await plan({ upgrade: ["notes@^1.0.0"] })).unverified).toEqual(["notes"]);
    const build = await plane.api.waitForBuild((await plane.api.requestBuild(change)).build_id);
    expect((await live()).versions).toMatchObject({ wiki: "1.1.0" });
    expect(build).toMatchObject({ status: "failed", error: { step: "resolve", deterministic: false, problems: [{ code: "registry_unreachable", message: expect.stringContaining(relay.url) as string }] } });
  });

  test("a build that needs nothing new, a rollback and a deployment work", async () => {
    const before = await live();
    const build = await done("uninstall", "nosy");
    expect(await live()).toMatchObject({ build: build.build_id });
    expect((await modyard("rollback", "--json")).code).toBe(0);
    expect(await live()).toEqual(before);
    expect((await modyard("deploy", build.build_id, "--json")).code).toBe(0);
    expect((await live()).versions).toEqual(Object.fromEntries(Object.entries(before.versions).filter(([slug]) => slug !== "nosy")));
  });

  test("the registry is no obstacle any more when it is back; scripts run where the catalog allows them, and nowhere else", async () => {
    isRegistryUp = true;
    const requested = await plane.api.requestBuild(change);
    expect(requested.outcome).toBe("queued");
    const { build, deployment } = await plane.api.waitForLive(requested.build_id);
    expect({ build: build.error, deployment: deployment?.status }).toEqual({ build: null, deployment: "success" });
    expect(build.modules_delta.added).toEqual([{ slug: "sly", version: "1.0.0" }, { slug: "trusted", version: "1.0.0" }]);
    expect((await plane.application("/sly")).body).toEqual({ version: "1.0.0", scriptRan: false });
    expect((await plane.application("/trusted")).body).toEqual({ version: "1.0.0", scriptRan: true });
  });
});

test("no credentials are in what Modyard keeps, shows and hands on", async () => {
  const secrets = [registry.token, "a-token-that-ended", gitCredentials.split(":")[1] ?? ""];
  const { builds } = await plane.api.get("/builds?limit=50", buildsView);
  const logs = await Promise.all(builds.map(({ build_id: id }) => plane.api.log(id)));
  const shown = JSON.stringify([builds, logs, await plane.api.journal(), plane.output]);
  for (const secret of secrets) expect(shown).not.toContain(secret);
  // Artifacts lie here unpacked; the database's files and git's are packed in ways of their own.
  const { stdout } = await run("grep", ["-rlF", "--exclude-dir=postgres", ...secrets.flatMap((secret) => ["-e", secret]), plane.data]).catch((error: { readonly code: number; readonly stdout: string }) => error);
  expect(stdout).toBe("");
});
