import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { once } from "node:events";
import pc from "picocolors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { freePort } from "../../../../../test/support/free-port.ts";
import { databases, openTestDatabase } from "../../../../../test/support/databases.ts";
import { openDirectory } from "../../../../../test/support/directory.ts";
import { startModyard } from "../../../../../test/support/modyard.ts";
import { copyExample } from "../../../../../scripts/copy-example.ts";
import { startEmbeddedServer } from "../../database/embedded/server.ts";
import { visibleWidth } from "../table.ts";
import { missing, ok, warning, type Check, type Machine } from "./check.ts";
import { findInstaller } from "./installer.ts";
import { printFindings } from "./print-findings.ts";
import { runChecks, type GroupedFinding } from "./run-checks.ts";

const report = z.object({ ok: z.boolean(), findings: z.array(z.object({ group: z.string(), name: z.string(), status: z.enum(["ok", "warning", "missing"]), text: z.string(), fix: z.string().nullable() })) });
type Report = z.output<typeof report>;

let directory: string;
let host: string;
/** An empty PATH. */
let nothing: string;
let args: readonly string[];
beforeAll(async () => {
  directory = openDirectory("doctor");
  host = join(directory, "host");
  nothing = join(directory, "nothing");
  for (const path of [host, nothing]) mkdirSync(path);
  await copyExample({ to: host });
  args = ["--host-repo", host, "--port", "0", "--environment", `prod=127.0.0.1:${await freePort()}`];
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function doctor(more: readonly string[] = [], env: Record<string, string> = {}): Promise<Report & { readonly code: number | null; readonly output: string }> {
  const { code, stdout, stderr } = await startModyard(["doctor", ...args, "--data", join(directory, "data"), ...more, "--json"], { cwd: directory, env }).done;
  expect(stderr).toBe("");
  const parsed = report.parse(JSON.parse(stdout));
  expect(code).toBe(parsed.ok ? 0 : 1);
  for (const { status, fix } of parsed.findings) if (status !== "ok") expect(fix).not.toBe("");
  return { ...parsed, code, output: stdout };
}

const named = ({ findings }: Report, group: string, name: string) => findings.filter((each) => each.group === group && each.name === name);
const lacking = ({ findings }: Report): readonly string[] => findings.filter(({ status }) => status === "missing").map(({ name }) => name);

describe("modyard doctor", () => {
  it("finds everything on a machine that has everything, and changes nothing", async () => {
    const before = readdirSync(directory);
    const found = await doctor();
    expect(lacking(found)).toEqual([]);
    for (const group of ["Machine", "Build tools", "Sandbox", "Data", "Database", "Host", "Ports"]) expect(found.findings.map((each) => each.group)).toContain(group);
    expect(named(found, "Host", "modyard.toml")[0]?.text).toContain("npm host");
    expect(named(found, "Sandbox", "Applications")).toHaveLength(1);
    expect(readdirSync(directory)).toEqual(before);
    expect(execFileSync("git", ["status", "--porcelain", "--ignored"], { cwd: host, encoding: "utf8" })).toBe("");
  });

  it("says without git, npm and the sandbox's programs what to install", async () => {
    const found = await doctor([], { PATH: nothing });
    expect(lacking(found)).toEqual(["git", "npm", "Repository"]);
    expect(named(found, "Build tools", "git")[0]?.fix).toMatch(/install.* git$|apk add git$/);
    expect(named(found, "Build tools", "cargo")[0]).toMatchObject({ status: "warning" });
    for (const { status, fix } of found.findings.filter(({ group }) => group === "Sandbox")) expect([status, fix]).toEqual(["warning", expect.stringContaining("util-linux")]);
  });

  it("says which database does not answer, and no password", async () => {
    const found = await doctor([], { DATABASE_URL: "postgres://ada:s3cret@127.0.0.1:1/modyard" });
    expect(lacking(found)).toEqual(["Server"]);
    expect(named(found, "Database", "Server")[0]).toMatchObject({ text: expect.stringContaining("127.0.0.1:1") as string, fix: expect.stringContaining("DATABASE_URL") as string });
    expect(found.output).not.toContain("s3cret");
  });

  it("says what is wrong with the host, each thing for itself", async () => {
    expect(named(await doctor(["--branch", "nowhere"]), "Host", "Repository")[0]).toMatchObject({ status: "missing", text: expect.stringContaining("nowhere") as string });
    expect(lacking(await doctor(["--host-repo", join(directory, "gone")]))).toEqual(["Repository"]);
    const broken = join(directory, "broken");
    mkdirSync(broken);
    await copyExample({ to: broken });
    const commit = (): void => void execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qam", "change"], { cwd: broken });
    rmSync(join(broken, "marketplace.toml"));
    commit();
    expect(named(await doctor(["--host-repo", broken]), "Host", "Catalogs")).toEqual([expect.objectContaining({ status: "warning", text: expect.stringContaining("marketplace.toml") as string })]);
    writeFileSync(join(broken, "modules.toml"), "schema = 1\nsorce = 1\n");
    commit();
    const texts = (await doctor(["--host-repo", broken])).findings.filter(({ group }) => group === "Host").map(({ text }) => text);
    expect(texts.join("\n")).toMatch(/modules\.toml:\d+/);
  });

  it("says which ports are taken, and by whom they may be", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const found = await doctor(["--port", String(port), "--environment", `prod=127.0.0.1:${port}`]);
    expect(lacking(found)).toEqual(["API", "prod"]);
    expect(named(found, "Ports", "prod")[0]?.fix).toBe("modyard serve --environment prod=127.0.0.1:ANOTHER_PORT");
    other.close();
    expect(lacking(await doctor(["--bind", "203.0.113.9", "--port", "4600"]))).toEqual(["API"]);
  });

  it("says what is wrong with the data directory and how full its disk is", async () => {
    const file = join(directory, "a-file");
    writeFileSync(file, "");
    expect(lacking(await doctor(["--data", file]))).toEqual(["Directory"]);
    const open = join(directory, "open");
    mkdirSync(open);
    execFileSync("chmod", ["777", open]);
    expect(named(await doctor(["--data", open]), "Data", "Directory")[0]).toMatchObject({ status: "warning", fix: `chmod go-w ${open}` });
    expect(lacking(await doctor([], { MODYARD_FREE_MEGABYTES: "999999999" }))).toEqual(["Disk"]);
  });

  it("looks into an embedded server that runs, and leaves it running", async () => {
    const data = join(directory, "embedded");
    const server = await startEmbeddedServer(data);
    const found = await doctor(["--data", data]);
    expect(named(found, "Database", "Server")[0]).toMatchObject({ status: "ok", text: expect.stringContaining("PostgreSQL 18") as string });
    expect(named(found, "Database", "Migrations")[0]).toMatchObject({ status: "warning", fix: "modyard migrate up" });
    await server.stop();
    expect(named(await doctor(["--data", data]), "Database", "Server")[0]?.text).toContain("rests");
  });

  it.each(databases.slice(1))("looks into $name", async (kind) => {
    const database = await openTestDatabase(kind);
    const found = await doctor([], { DATABASE_URL: database.connection.connectionString ?? "" });
    expect(found.findings.filter(({ group }) => group === "Database").map(({ name, status }) => [name, status])).toEqual([["Server", "ok"], ["Migrations", "ok"], ["Clock", "ok"]]);
    await database.close();
    expect(existsSync(join(directory, "data"))).toBe(false);
  });
});

const check = (name: string, run: Check["run"], seconds?: number): Check => ({ group: "Machine", name, run, ...(seconds !== undefined && { seconds }) });

describe("checks", () => {
  const machine = {} as Machine;

  it("that fail or hang are told, and stop none of the others", async () => {
    const found = await runChecks(
      [
        check("throws", () => Promise.reject(new Error("broken"))),
        check("throws at once", () => {
          throw new Error("at once");
        }),
        check("hangs", () => new Promise(() => undefined), 0.05),
        check("works", () => Promise.resolve([ok("works", "well")])),
      ],
      machine,
    );
    expect(found.map(({ name, status, text }) => `${name} ${status} ${text}`)).toEqual(["throws missing broken", "throws at once missing at once", "hangs missing could not be checked within 0.05 seconds", "works ok well"]);
  });
});

describe("the installer's words", () => {
  it("are those of the machine's package manager, for who asks", async () => {
    const bin = join(directory, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "apk"), "", { mode: 0o755 });
    const first = await findInstaller(bin, true);
    expect(first.command("cc")).toMatch(/install|apk add build-base/);
    expect((await findInstaller(bin, false)).command("git")).toMatch(/^(?:sudo |brew )/);
  });
});

describe("what is printed", () => {
  const findings: readonly GroupedFinding[] = [
    { group: "Machine", ...ok("Node.js", "Node.js runs") },
    { group: "Data", ...warning("File system", `A rather long sentence ${"that goes on ".repeat(12)}`, `a-command ${"--with-options ".repeat(10)}`) },
    { group: "Ports", ...missing("API", "Taken", "modyard serve --port ANOTHER_PORT") },
  ];
  const print = (columns: number | undefined): readonly string[] => {
    const lines: string[] = [];
    printFindings({ colors: pc.createColors(columns !== undefined), isTerminal: columns !== undefined, isLive: false, columns, line: (text = "") => void lines.push(text), write: () => undefined }, findings);
    return lines;
  };

  it.each([40, 80, 200])("fits a terminal of %i columns", (columns) => {
    expect(Math.max(...print(columns).map(visibleWidth))).toBeLessThanOrEqual(Math.min(columns, 100));
  });

  it("is one line a finding and one a command, without colours, elsewhere", () => {
    const lines = print(undefined);
    expect(lines.join("\n")).not.toContain("\u001b");
    expect(lines).toContain("  ✗ API          Taken");
    expect(lines.at(-1)).toBe("1 missing, 1 warning");
  });
});
