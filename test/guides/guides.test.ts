import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, test } from "vitest";
import { catalogue } from "../../packages/control-plane/src/errors/catalogue.ts";
import { parseHostDescriptor } from "../../packages/control-plane/src/manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../packages/control-plane/src/manifest/parse-manifest.ts";
import { repositoryRoot } from "../../scripts/example/files.ts";
import { freePort } from "../support/free-port.ts";
import { blocksOf, guideText, scriptOf } from "./guide.ts";

const guides = ["make-your-application-a-host.md", "write-a-module.md"] as const;

interface Followed {
  readonly directory: string;
  readonly code: number;
  readonly output: string;
}

/** Does everything that a guide tells for one kind of host, in an empty directory, in one shell. */
async function follow(guide: (typeof guides)[number], session: string): Promise<Followed> {
  const blocks = blocksOf(await guideText(guide)).filter((block) => block.session === "setup" || block.session === session);
  expect(blocks.length).toBeGreaterThan(5);
  const directory = await mkdtemp(join(tmpdir(), "modyard-guide-"));
  const person = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.org", GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.org" };
  // What hangs is ended with everything that it started. Crates that were compiled once are not compiled again: the guides' own are tiny.
  const target = join(repositoryRoot, "node_modules", ".cache", "modyard", "guide-target");
  const env = { ...process.env, ...person, MODYARD: repositoryRoot, PORT: String(await freePort()), CARGO_TARGET_DIR: target, CARGO_PROFILE_DEV_DEBUG: "0", CARGO_INCREMENTAL: "0", NO_COLOR: "1" };
  return new Promise((settle) => {
    const child = execFile("timeout", ["--kill-after=5", "570", "bash", "-c", `exec 2>&1\n${scriptOf(blocks)}`], { cwd: directory, env, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => settle({ directory, code: child.exitCode ?? -1, output: stdout }));
  });
}

async function followed(guide: (typeof guides)[number], session: string, check: (outcome: Followed) => Promise<void>): Promise<void> {
  const outcome = await follow(guide, session);
  try {
    expect(outcome.output.split("\n").slice(-40).join("\n") + (outcome.code === 0 ? "" : "\nFAILED")).not.toMatch(/FAILED$/);
    await check(outcome);
  } finally {
    await rm(outcome.directory, { recursive: true, force: true });
  }
}

describe("make your application a host", () => {
  it("works for Node as it is written", { timeout: 600_000 }, () => followed("make-your-application-a-host.md", "node", async ({ directory, output }) => {
    expect(output).toContain("warning[health_missing]");
    expect(output).toContain('{"status":"ok","build_id":"by-hand","release_id":null,"modules":[]}');
    expect(output).toContain("Nothing to write.");
    expect(output).toContain("src/modules/generated.ts: up to date");
    expect(parseHostDescriptor(await readFile(join(directory, "modyard.toml"), "utf8"), "modyard.toml")).toMatchObject({ ok: true, value: { preset: "npm" } });
    expect(parseManifest(await readFile(join(directory, "modules.toml"), "utf8"), "modules.toml")).toMatchObject({ ok: true, value: { app: "my-server", build: { target: "node20" } } });
  }));

  it("works for Rust as it is written", { timeout: 600_000 }, () => followed("make-your-application-a-host.md", "rust", async ({ directory, output }) => {
    expect(output).toContain("A Rust host; its server is apps/server");
    expect(output).not.toContain("Not seen in the sources");
    expect(output).toMatch(/"build_id":"by-hand".*"modules":\[\]/);
    expect(output).toContain("apps/server/src/modules/generated.rs: up to date");
    expect(parseManifest(await readFile(join(directory, "modules.toml"), "utf8"), "modules.toml")).toMatchObject({ ok: true, value: { app: "my-server" } });
  }));
});

describe("write a module", () => {
  it("works for Node as it is written", { timeout: 600_000 }, () => followed("write-a-module.md", "node", async ({ directory, output }) => {
    expect(output).toMatch(/greetings +@platform\/greetings +path +modules\/greetings/);
    expect(output).toMatch(/✔ greets by name/);
    expect(await readFile(join(directory, "platform/apps/server/src/modules/generated.ts"), "utf8")).toContain('import { module as greetingsModule } from "@platform/greetings";');
  }));

  it("works for Rust as it is written", { timeout: 600_000 }, () => followed("write-a-module.md", "rust", async ({ directory, output }) => {
    expect(output).toContain("test tests::greets_by_name ... ok");
    expect(await readFile(join(directory, "platform/apps/server/src/modules/generated.rs"), "utf8")).toContain("registry.register(Box::new(GreetingsModule::new()));");
  }));
});

describe.each(guides)("%s", (name) => {
  test("names only codes that there are, and only files that are there", async () => {
    const text = await guideText(name);
    const table = text.slice(text.indexOf("## What goes wrong"));
    const codes = [...table.matchAll(/^\| (?<codes>`.*?) \| /gm)].flatMap(({ groups }) => [...(groups?.["codes"] ?? "").matchAll(/`([a-z_]+)`/g)].map((match) => match[1] ?? ""));
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !(code in catalogue))).toEqual([]);
    for (const [, target = ""] of text.matchAll(/\]\((?!#|https?:)([^)#]+)/g)) expect((await stat(resolve(repositoryRoot, "docs", "guides", target))).isFile()).toBe(true);
  });

  test("links its own headings as they are", async () => {
    const text = await guideText(name);
    const anchors = new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading.toLowerCase().replaceAll(/[^\w\- ]/g, "").replaceAll(" ", "-")));
    for (const [, anchor = ""] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
  });
});

test("the README leads to the guides", async () => {
  const readme = await readFile(join(repositoryRoot, "README.md"), "utf8");
  for (const name of guides) expect(readme).toContain(`(docs/guides/${name})`);
});
