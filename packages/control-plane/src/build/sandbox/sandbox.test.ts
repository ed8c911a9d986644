import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { eventually } from "../../../../../test/support/eventually.ts";
import type { Command, CommandOutcome } from "../../toolchains/toolchain.ts";
import { sandboxCapabilities, type SandboxCapabilities } from "./capabilities.ts";
import { fixedPlace } from "../../toolchains/toolchain.ts";
import { createSandbox, type SandboxOptions } from "./sandbox.ts";

const plain: SandboxCapabilities = { diesWithWorker: false, ownProcesses: false, ownFiles: false, ownNetwork: false, limits: false, missing: [] };
const real = await sandboxCapabilities();
const levels = [{ level: "plain process group", capabilities: plain }, ...(real.ownFiles ? [{ level: "namespaces", capabilities: real }] : [])];

let root: string;
let data: string;
let workspace: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "modyard-sandbox-")));
  data = join(root, "data");
  workspace = join(data, "workspaces", "one two");
  await mkdir(workspace, { recursive: true });
  await writeFile(join(data, "admin-token"), "secret");
});

afterEach(() => rm(root, { recursive: true, force: true }));

function sandbox(capabilities: SandboxCapabilities, more: Partial<SandboxOptions> = {}) {
  const run = createSandbox({ workspace, hiddenDirectories: [data], scratchDirectory: join(data, "scratch"), onLine: () => {}, signal: new AbortController().signal, capabilities, ...more });
  return (argv: Command["argv"], command: Partial<Command> = {}): Promise<CommandOutcome> => run({ argv, cwd: workspace, network: "none", timeoutSeconds: 60, ...command });
}

const text = (outcome: CommandOutcome): string => stripVTControlCharacters(outcome.lines.map((line) => line.text).join("\n"));
const node = (script: string): Command["argv"] => [process.execPath, "-e", script];

/** Processes of this machine whose command line holds `token`. */
async function running(token: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid=,stat=,args="], { maxBuffer: 1e8 });
  return stdout.split("\n").filter((line) => line.includes(token) && !/^\s*\d+\s+Z/.test(line));
}

/** A program that starts one child in its group and one that leaves it, both deaf to SIGTERM, says when they are, and waits. */
function family(token: string, parent: "deaf" | "obedient" = "obedient"): Command["argv"] {
  const deaf = `process.on("SIGTERM",()=>{});setInterval(()=>{},1e6);console.log("deaf")/*${token}*/`;
  return node(`
    const { once } = require("node:events");
    const { spawn } = require("node:child_process");
    ${parent === "deaf" ? `process.on("SIGTERM", () => {});` : ""}
    const children = [false, true].map((detached) => spawn(process.execPath, ["-e", ${JSON.stringify(deaf)}], { stdio: ["ignore", "pipe", "ignore"], detached }));
    Promise.all(children.map(({ stdout }) => once(stdout, "data"))).then(() => console.log("started"));
    setInterval(() => {}, 1e6); /*${token}*/`);
}

describe.each(levels)("with $level", ({ capabilities }) => {
  test("hands on what its command's own reader makes of each line, and keeps that", async () => {
    const logged: string[] = [];
    const run = sandbox(capabilities, { onLine: (line) => logged.push(line.text) });
    const outcome = await run(node(`console.log('{"a":1}');console.log("plain")`), { present: (line) => (line.text.startsWith("{") ? [{ ...line, text: "a is 1" }, { ...line, text: "really" }] : []) });
    expect(logged).toEqual(["a is 1", "really"]);
    expect(outcome.lines.map((line) => line.text)).toEqual(logged);
  });

  test("gives exit code and lines of both streams, without standard input", async () => {
    const outcome = await sandbox(capabilities)(node(`process.stdin.on("end",()=>{console.log("über");console.error("bad");process.exit(3)}).resume()`));
    expect(outcome).toMatchObject({ exitCode: 3, timedOut: false });
    expect(outcome.lines).toContainEqual({ stream: "stdout", text: "über" });
    expect(outcome.lines).toContainEqual({ stream: "stderr", text: "bad" });
  });

  test("passes nothing of the control plane's environment", async () => {
    process.env["MODYARD_TEST_SECRET"] = "hunter2";
    const outcome = await sandbox(capabilities)(node(`console.log(JSON.stringify(process.env))`), { env: { EXTRA: "yes" } });
    delete process.env["MODYARD_TEST_SECRET"];
    const seen = JSON.parse(text(outcome)) as Record<string, string>;
    const allowed = ["PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "LANG", "TZ", "CI", "FORCE_COLOR", "EXTRA", "MODYARD_COMMAND", "PWD", "OLDPWD", "SHLVL", "_", "LC_CTYPE"];
    expect(Object.keys(seen).filter((name) => !allowed.includes(name))).toEqual([]);
    expect(seen["EXTRA"]).toBe("yes");
    expect(seen["HOME"]).toContain(join("scratch", "home"));
  });

  test("arguments reach the program as they are", async () => {
    const odd = ["a b", "$(touch x)", "'\"", "", "-n", "ünï\ncode"];
    const outcome = await sandbox(capabilities)([...node(`console.log(JSON.stringify(process.argv.slice(1)))`), "--", ...odd] as unknown as Command["argv"]);
    expect(JSON.parse(text(outcome))).toEqual(odd);
  });

  test("says that a program is not there", async () => {
    expect(await sandbox(capabilities)(["no-such-program"])).toMatchObject({ exitCode: 127, notFound: true, lines: [{ text: "no-such-program: command not found" }] });
  });

  test("at its time limit nothing of the command is left, not even what left the process group", async () => {
    const token = `family-${process.pid}-${Math.random()}`;
    // On a busy machine a second may be too short for the family to start.
    for (let timeoutSeconds = 1, said = ""; !said.includes("started"); timeoutSeconds *= 2) {
      const outcome = await sandbox(capabilities)(family(token, "deaf"), { timeoutSeconds });
      expect(outcome.timedOut).toBe(true);
      expect(outcome.outOfMemory).toBeUndefined();
      expect(await running(token)).toEqual([]);
      said = text(outcome);
    }
  });

  test("on abort it rejects with the reason when nothing is left", async () => {
    const token = `family-${process.pid}-${Math.random()}`;
    const controller = new AbortController();
    const onLine = (): void => controller.abort(new Error("cancelled by test"));
    await expect(sandbox(capabilities, { signal: controller.signal, onLine })(family(token))).rejects.toThrow("cancelled by test");
    expect(await running(token)).toEqual([]);
    await expect(sandbox(capabilities, { signal: controller.signal })(["true"])).rejects.toThrow("cancelled by test");
  });

  test("what a command leaves behind ends with it", async () => {
    const token = `left-${process.pid}-${Math.random()}`;
    const outcome = await sandbox(capabilities)(node(`require("node:child_process").spawn(process.execPath, ["-e", "setInterval(()=>{},1e6)/*${token}*/"], { detached: true, stdio: "inherit" }).unref()`));
    expect(outcome.exitCode).toBe(0);
    expect(await running(token)).toEqual([]);
  });

  test("a killed program and a full heap count as out of memory, a failure does not", async () => {
    const run = sandbox(capabilities);
    expect((await run(node(`process.kill(process.pid, "SIGKILL")`))).outOfMemory).toBe(true);
    expect((await run([process.execPath, "--max-old-space-size=30", "-e", "const a=[];for(;;)a.push(new Array(1e4).fill(Math.random()))"])).outOfMemory).toBe(true);
    expect((await run(node(`process.exit(1)`))).outOfMemory).toBeUndefined();
  });

  test("keeps the last ten thousand lines", async () => {
    let seen = 0;
    const outcome = await sandbox(capabilities, { onLine: () => (seen += 1) })(node(`for (let i = 1; i <= 25000; i++) console.log(i)`));
    expect(seen).toBe(25_000);
    expect(outcome.lines.length).toBe(10_000);
    expect(text(outcome).endsWith("\n25000")).toBe(true);
  });
});

describe.runIf(real.ownFiles)("with namespaces, the command", () => {
  test("sees its workspace but neither the data directory's secrets nor other builds", async () => {
    await mkdir(join(data, "workspaces", "other"));
    const outcome = await sandbox(real)(node(`
      const fs = require("node:fs");
      fs.writeFileSync("made.txt", "x");
      console.log(JSON.stringify([fs.readdirSync("../.."), fs.readdirSync(".."), fs.existsSync("${data}/admin-token")]))`));
    expect(JSON.parse(text(outcome))).toEqual([["scratch", "workspaces"], ["one two"], false]);
    expect(await readFile(join(workspace, "made.txt"), "utf8")).toBe("x");
  });

  test("sees none of the operator's credentials, wherever they are; package managers see them while they may ask registries", async () => {
    const operator = await mkdtemp(join(tmpdir(), "modyard-operator-"));
    const secret = [".npmrc", ".git-credentials", ".gitconfig", ".netrc", ".ssh/id", "elsewhere/npmrc", "elsewhere/client-secret", "cargo/credentials.toml"];
    try {
      for (const file of [...secret, "plain"]) {
        await mkdir(dirname(join(operator, file)), { recursive: true });
        await writeFile(join(operator, file), `what is in ${file}`);
      }
      vi.stubEnv("HOME", operator);
      vi.stubEnv("NPM_CONFIG_USERCONFIG", join(operator, "elsewhere", "npmrc"));
      vi.stubEnv("MODYARD_OIDC_CLIENT_SECRET_FILE", join(operator, "elsewhere", "client-secret"));
      vi.stubEnv("CARGO_HOME", join(operator, "cargo"));
      const read = node(`for (const file of ${JSON.stringify([...secret, "plain"])}) try { console.log(require("fs").readFileSync(${JSON.stringify(operator)} + "/" + file, "utf8")); } catch {}`);
      const seen = async (network: Command["network"]): Promise<readonly string[]> => text(await sandbox(real)(read, { network, readable: [operator] })).split("\n").filter((line) => line !== "");
      expect(await seen("none")).toEqual(["what is in plain"]);
      expect(await seen("registries")).toEqual([...secret, "plain"].map((file) => `what is in ${file}`));
    } finally {
      vi.unstubAllEnvs();
      await rm(operator, { recursive: true, force: true });
    }
  });

  test("cannot uncover what is hidden", async () => {
    const outcome = await sandbox(real)(["sh", "-c", `umount ${data}; umount -l ${data}; cat ${data}/admin-token; ls /proc/1/root${data}`]);
    expect(text(outcome)).not.toContain("secret");
    expect(text(outcome)).not.toContain("admin-token\n");
    expect(outcome.exitCode).not.toBe(0);
  });

  test("can write its workspace, its home, /tmp, /var/tmp and what it is given; nothing else", async () => {
    const cache = join(data, "cache", "npm");
    await mkdir(cache, { recursive: true });
    const file = `modyard-${process.pid}`;
    const script = `for d in . "$HOME" /tmp /var/tmp ${cache} ${data}/cache /usr/local /var/lib ${root}; do (: > "$d/${file}") 2>/dev/null && echo "yes $d" || echo "no $d"; done`;
    const outcome = await sandbox(real)(["sh", "-c", script], { writable: [cache] });
    const answers = outcome.lines.map((line) => line.text.split(" ")[0]);
    // ${data}/cache is the empty directory that covers the real one; what is written there is gone with the command.
    expect(answers.slice(0, 5)).toEqual(["yes", "yes", "yes", "yes", "yes"]);
    expect(answers.slice(6, 8)).toEqual(["no", "no"]);
    await expect(readFile(join(data, "cache", file))).rejects.toThrow("ENOENT");
    for (const shared of [tmpdir(), "/var/tmp"]) await expect(readFile(join(shared, file))).rejects.toThrow("ENOENT");
    await expect(readFile(join(root, file))).rejects.toThrow("ENOENT");
    expect(await readFile(join(cache, file), "utf8")).toBe("");
  });

  test("sees no process but its own", async () => {
    const outcome = await sandbox(real)(node(`console.log(require("node:fs").readdirSync("/proc").filter((n) => /^\\d+$/.test(n)).length)`));
    expect(Number(text(outcome))).toBeLessThan(6);
  });

  // They ask for user 0, who a build of a control plane that runs as root is, and for no capability.
  test("cannot change the kernel's settings", async () => {
    const before = await readFile("/proc/sys/kernel/core_pattern", "utf8");
    const outcome = await sandbox(real)(node(`
      const fs = require("node:fs"), path = require("node:path"), open = [];
      const visit = (at, depth) => {
        for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
          const file = path.join(at, entry.name);
          if (entry.isDirectory() && depth > 0 && !/^(\\d+|self|thread-self)$/.test(entry.name)) try { visit(file, depth - 1) } catch {}
          if (entry.isFile()) try { fs.closeSync(fs.openSync(file, "a")); open.push(file) } catch {}
        }
      };
      visit("/proc", 5); visit("/sys", 3);
      // Pressure files only tell their reader when to wake up.
      console.log(JSON.stringify(open.filter((file) => !file.startsWith("/proc/pressure/"))));`));
    expect(JSON.parse(text(outcome))).toEqual([]);
    expect(await readFile("/proc/sys/kernel/core_pattern", "utf8")).toBe(before);
  });

  test("sees readable directories below hidden ones, and cannot write them", async () => {
    const shared = join(data, "shared");
    await mkdir(shared);
    await writeFile(join(shared, "a"), "visible");
    const outcome = await sandbox(real, { readableDirectories: [shared] })(["sh", "-c", `cat ${shared}/a; echo x > ${shared}/b`]);
    expect(text(outcome)).toContain("visible");
    await expect(readFile(join(shared, "b"))).rejects.toThrow("ENOENT");
  });

  test("ends with the worker that started it, even when that is killed", async () => {
    const token = `orphan-${process.pid}-${Math.random()}`;
    const worker = join(root, "worker.ts");
    await writeFile(worker, `
      import { createSandbox } from ${JSON.stringify(join(import.meta.dirname, "sandbox.ts"))};
      const run = createSandbox({ workspace: ${JSON.stringify(workspace)}, hiddenDirectories: [], scratchDirectory: ${JSON.stringify(join(data, "scratch"))}, onLine: (line) => console.log(line.text), signal: new AbortController().signal });
      await run({ argv: ${JSON.stringify(family(token))}, cwd: ${JSON.stringify(workspace)}, network: "none", timeoutSeconds: 60 });`);
    const child = spawn(process.execPath, [worker], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect((await running(token)).length).toBeGreaterThanOrEqual(3);
    child.kill("SIGKILL");
    await eventually(async () => expect(await running(token)).toEqual([]));
  });
});

describe.runIf(real.limits)("limits", () => {
  test("a command that wants too much memory is ended, and it is said why", async () => {
    const run = sandbox(real, { limits: { memoryBytes: 200 * 2 ** 20 } });
    const greedy = node(`const kept = []; for (let i = 0; i < 40; i++) kept.push(Buffer.alloc(20 * 2 ** 20, 1)); console.log("got it all")`);
    expect(await run(greedy)).toMatchObject({ outOfMemory: true, timedOut: false });
    expect(text(await sandbox(real)(greedy))).toBe("got it all");
  });

  test("a command cannot start processes without end", async () => {
    const many = node(`const { spawn } = require("node:child_process"); let failed = 0; for (let i = 0; i < 100; i++) { const c = spawn("sleep", ["5"]); c.on("error", () => failed++); } setTimeout(() => { console.log(failed > 20); process.exit() }, 500)`);
    expect(text(await sandbox(real, { limits: { processes: 60 } })(many))).toBe("true");
    expect(text(await sandbox(real)(many))).toBe("false");
  });
});

describe.runIf(real.ownNetwork)("network", () => {
  let server: Server;
  let url: string;

  beforeEach(async () => {
    server = createServer((_request, response) => response.end("reached"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("`registries` reaches it, `none` does not", async () => {
    const ask = node(`fetch("${url}").then((r) => r.text()).then(console.log, (e) => console.log("failed", e.cause.code))`);
    expect(text(await sandbox(real)(ask, { network: "registries" }))).toBe("reached");
    expect(text(await sandbox(real)(ask, { network: "none" }))).toBe("failed ECONNREFUSED");
  });

  test("`none` still has a loopback of its own, for tests that start servers", async () => {
    const own = node(`const s = require("node:http").createServer((q, r) => r.end("own")).listen(0, "127.0.0.1", async () => { console.log(await (await fetch("http://127.0.0.1:" + s.address().port)).text()); process.exit() })`);
    expect(text(await sandbox(real)(own))).toBe("own");
  });
});

test.runIf(real.ownFiles)("mounts directories at places of their own, writable or not, and forgets them afterwards", async () => {
  const cache = join(data, "cache");
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, "known"), "yes");
  const mounts = [{ from: workspace, at: `${fixedPlace}/workspace`, mode: "rw" }, { from: cache, at: `${fixedPlace}/cache`, mode: "ro" }] as const;
  const script = `exec 2>&1; pwd; cat ${fixedPlace}/cache/known; echo; touch ${fixedPlace}/cache/new || echo refused; echo made > made; ls ${cache} 2>&1 | head -1`;
  const outcome = await sandbox(real)(["sh", "-c", script], { cwd: `${fixedPlace}/workspace`, mounts });
  expect(text(outcome)).toContain(`${fixedPlace}/workspace\nyes`);
  expect(text(outcome)).toContain("refused");
  expect(await readFile(join(workspace, "made"), "utf8")).toBe("made\n");
  await expect(readFile(join(cache, "new"))).rejects.toThrow("ENOENT");
  await expect(readFile(join(fixedPlace, "cache", "known"))).rejects.toThrow("ENOENT");
});
