import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sandboxAbility } from "../../packages/control-plane/src/deployment/gateway/sandbox/ability.ts";
import { bringUp } from "../contracts/target-contract.ts";
import { makeProcessHarness } from "../support/process-harness.ts";

const starter = fileURLToPath(new URL("../fixtures/sandboxed-starter.ts", import.meta.url));
const isRoot = process.getuid?.() === 0;
const { namespaces, missing } = await sandboxAbility();
const nobody = { uid: 65_534, gid: 65_534 };

/** Whether a user without root can run this Node and these files, and make user namespaces. */
function nobodyCan(): boolean {
  const outcome = spawnSync("unshare", ["--user", "--map-current-user", "--mount", process.execPath, "-e", `require("node:fs").readFileSync(${JSON.stringify(starter)})`], { ...nobody, cwd: "/", encoding: "utf8" });
  if (outcome.status !== 0) process.stderr.write(`the sandbox of applications is not tested as a user without root: ${outcome.stderr}\n`);
  return outcome.status === 0;
}

if (namespaces === undefined) process.stderr.write(`the sandbox of applications is not tested: ${missing.join("; ")}\n`);
const users = [
  ...(namespaces === undefined ? [] : [{ user: isRoot ? "root" : "this user", as: {} }]),
  ...(isRoot && nobodyCan() ? [{ user: "a user without root", as: nobody }] : []),
];

describe.each(users)("an application of $user", ({ as }) => {
  let root: string;
  let data: string;
  let environment: string;
  let control: ChildProcess;
  let sockets: Server;
  let facts: { readonly addresses: readonly [string, string]; readonly gatewayPid: number; readonly pids: readonly [number, number] };

  beforeAll(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "modyard-apps-")));
    data = join(root, "data");
    environment = join(data, "environments", "prod");
    mkdirSync(environment, { recursive: true });
    mkdirSync(join(root, "other"));
    writeFileSync(join(data, "admin-token"), "top-secret", { mode: 0o600 });
    writeFileSync(join(root, ".npmrc"), "//registry/:_authToken=top-secret", { mode: 0o600 });
    sockets = createServer((socket) => socket.end("reached")).listen(join(data, "db.sock"));
    await once(sockets, "listening");
    if ("uid" in as) {
      for (const path of [root, data, join(data, "environments"), environment, join(data, "admin-token"), join(root, ".npmrc"), join(data, "db.sock"), join(root, "other")]) chownSync(path, as.uid, as.gid);
    }
    chmodSync(root, 0o755);
    control = spawn(process.execPath, [starter, environment, data, join(root, ".npmrc")], { ...as, cwd: "/", stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, OF_THE_CONTROL_PLANE: "top-secret" } });
    const [line] = (await once(control.stdout ?? expect.fail("no output"), "data")) as [Buffer];
    facts = JSON.parse(line.toString()) as typeof facts;
  });
  afterAll(async () => {
    if (control?.exitCode === null) {
      control.stdin?.end();
      await once(control, "exit");
    }
    sockets?.close();
    rmSync(root, { recursive: true, force: true });
  });

  /** What becomes of JavaScript in the first application: its value, or the code of what it threw. */
  async function attempt(script: string): Promise<unknown> {
    const response = await fetch(facts.addresses[0], { method: "POST", body: script, headers: { connection: "close" } });
    const { value, error } = (await response.json()) as { readonly value?: unknown; readonly error?: string };
    return error ?? value;
  }
  const read = (path: string): Promise<unknown> => attempt(`return require("node:fs").readFileSync(${JSON.stringify(path)}, "utf8")`);
  const list = (path: string): Promise<unknown> => attempt(`return require("node:fs").readdirSync(${JSON.stringify(path)})`);
  const append = (path: string): Promise<unknown> => attempt(`const fs = require("node:fs"); fs.closeSync(fs.openSync(${JSON.stringify(path)}, "a")); return "written"`);
  const shell = (command: string): Promise<unknown> => attempt(`const { status, stdout } = require("node:child_process").spawnSync("sh", ["-c", ${JSON.stringify(command)}], { encoding: "utf8" }); return [status === 0, stdout]`);

  test("sees nothing of the data directory but its own artifact, and no credentials of the operator", async () => {
    expect(await read(join(data, "admin-token"))).toBe("ENOENT");
    expect(await list(data)).toEqual(["environments"]);
    expect(await list(environment)).toEqual(["prepared"]);
    expect(await list(join(environment, "prepared"))).toEqual(["sha256-rel_1"]);
    expect(await read(join(root, ".npmrc"))).toBe("");
    expect(await attempt(`return new Promise((resolve, reject) => require("node:net").connect(${JSON.stringify(join(data, "db.sock"))}).on("connect", () => resolve("connected")).on("error", reject))`)).toBe("ENOENT");
  });

  test("cannot look into control plane, gateway or another application", async () => {
    for (const pid of [process.pid, control.pid, facts.gatewayPid, facts.pids[1]]) {
      expect([pid, await read(`/proc/${pid}/environ`)]).toEqual([pid, "EACCES"]);
      expect([pid, await list(`/proc/${pid}/root/`)]).toEqual([pid, "EACCES"]);
      expect([pid, await read(`/proc/${pid}/mem`)]).toEqual([pid, "EACCES"]);
    }
    // The others see it: by its marks a gateway finds it again.
    expect(readFileSync(`/proc/${facts.pids[0]}/environ`, "utf8")).toContain("MODYARD_RELEASE_ID=rel_1");
  });

  test("cannot uncover what is covered, not even in namespaces of its own", async () => {
    for (const command of [
      `umount ${data}`, `umount -l ${data}`, "mount -o remount,rw /", "mount -t proc proc /mnt", "mount -t tmpfs none /mnt",
      `unshare --user --map-root-user --mount sh -c 'umount ${data} || umount -l ${data}; cat ${data}/admin-token'`,
      `unshare --user --map-root-user --mount sh -c 'mount --bind / /mnt && cat /mnt${data}/admin-token'`,
      `unshare --user --map-root-user --mount sh -c 'mount --rbind / /mnt; umount -l /mnt${data}; cat /mnt${data}/admin-token'`,
      `unshare --user --map-root-user --mount sh -c 'mount -o remount,bind,rw / && touch ${root}/other/made'`,
    ]) {
      expect([command, await shell(command)]).toEqual([command, [false, expect.not.stringContaining("secret")]]);
    }
    expect(existsSync(join(root, "other", "made"))).toBe(false);
  });

  test("writes its own artifact and temporary files, and nothing else", async () => {
    expect(await append(join(environment, "prepared", "sha256-rel_1", "made"))).toBe("written");
    expect(readFileSync(join(environment, "prepared", "sha256-rel_1", "made"), "utf8")).toBe("");
    expect(await append(join(root, "other", "made"))).toBe("written"); // Below /tmp.
    for (const path of ["/dev/null", "/dev/shm/made", "/var/tmp/modyard-made"]) expect([path, await append(path)]).toEqual([path, "written"]);
    rmSync("/var/tmp/modyard-made");
    expect(await append(join(environment, "prepared", "sha256-rel_2", "app.mjs"))).toBe("ENOENT");
    for (const path of [join(data, "made"), join(environment, "made"), "/etc/made", "/usr/bin/made", "/var/made"]) expect([path, await append(path)]).toEqual([path, expect.stringMatching(/^E(?:ROFS|ACCES)$/)]);
  });

  test("has no rights beyond its user's, and cannot change the kernel's settings", async () => {
    const status = String(await read("/proc/self/status"));
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^CapBnd:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    for (const path of ["/proc/sys/kernel/core_pattern", "/proc/sys/vm/overcommit_memory", "/proc/sysrq-trigger", "/sys/kernel/mm/transparent_hugepage/enabled"]) {
      if (existsSync(path)) expect([path, await append(path)]).toEqual([path, expect.stringMatching(/^E(?:ROFS|ACCES|PERM)$/)]);
    }
    if (isRoot && !("uid" in as)) expect((await list("/dev")) as string[]).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(?:vd|sd|nvme|mem|kmsg)/)]));
  });

  test("finds neither container engines nor service managers", async () => {
    for (const name of await list("/run") as string[]) expect(["mount", "systemd", "resolvconf", "NetworkManager", "nscd", "postgresql", "mysqld", "mariadb", "redis", "redis-server", "valkey", "memcached", "mongodb"]).toContain(name);
  });
});

describe.runIf(namespaces !== undefined)("the sandbox of applications", () => {
  test("is not weakened by what the host puts into the environment", async () => {
    const harness = await makeProcessHarness();
    try {
      // Programs of the host's own in the place of those that lay out the sandbox would run with all rights.
      const evil = mkdtempSync(join(tmpdir(), "modyard-evil-"));
      for (const name of ["unshare", "mount", "umount", "mkdir", "setpriv", "ln"]) writeFileSync(join(evil, name), `#!/bin/sh\necho "$0" >> ${evil}/used\nexit 0\n`, { mode: 0o755 });
      const started = await bringUp(harness.target, harness.release("rel_1", { PATH: evil, LD_PRELOAD: join(evil, "mount"), BASH_ENV: join(evil, "mount"), ENV: join(evil, "mount") }));
      expect(existsSync(join(evil, "used"))).toBe(false);
      expect(await (await fetch(`${started.address}/env`)).json()).toMatchObject({ PATH: evil, LD_PRELOAD: join(evil, "mount") });
      expect(readFileSync(`/proc/${started.pid}/status`, "utf8")).toMatch(/^CapBnd:\t0+$/m);
      rmSync(evil, { recursive: true });
    } finally {
      await harness.close();
    }
  });

  test("shows what the operator names, from the next start on", async () => {
    const shown = mkdtempSync(join(tmpdir(), "modyard-shown-"));
    const harness = await makeProcessHarness({ sandbox: { hidden: [shown], shown: [] } });
    try {
      const files = async (address = ""): Promise<string> => (await fetch(address, { method: "POST", body: `require("node:fs").appendFileSync("${shown}/made", "x"); return 1` })).text();
      const run = (id: string) => ({ ...harness.release(id), command: [process.execPath, "obedient.mjs"] as const });
      expect(await files((await bringUp(harness.target, run("rel_1"))).address)).toContain("EROFS");
      expect(await files((await bringUp(harness.again({ sandbox: { hidden: [shown], shown: [shown] } }), run("rel_2"))).address)).toBe('{"value":1}');
      expect(readFileSync(join(shown, "made"), "utf8")).toBe("x");
      expect(await files((await bringUp(harness.again({ sandbox: "off" }), run("rel_3"))).address)).toBe('{"value":1}');
      expect((await harness.target.check("rel_3")).lastLines.join("\n")).toContain("not in a sandbox: the operator turned it off");
      expect((await harness.target.check("rel_1")).lastLines.join("\n")).not.toContain("sandbox");
    } finally {
      await harness.close();
      rmSync(shown, { recursive: true });
    }
  });

  test("a program that is not there is told as it was without one", async () => {
    const harness = await makeProcessHarness();
    try {
      const run = { ...harness.release("rel_1"), command: ["no-such-program"] as const };
      await harness.target.prepare(run);
      await harness.target.start(run);
      expect(await harness.target.check("rel_1")).toMatchObject({ status: "failed", exit: { code: 127 }, lastLines: expect.arrayContaining([expect.stringContaining("could not start no-such-program: spawn no-such-program ENOENT")]) });
    } finally {
      await harness.close();
    }
  });
});
