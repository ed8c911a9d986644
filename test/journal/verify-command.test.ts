import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../packages/control-plane/src/config/config.ts";
import { readAnchors } from "../../packages/control-plane/src/journal/anchor.ts";
import { startServer, type RunningServer } from "../../packages/control-plane/src/server.ts";
import { copyExample } from "../../scripts/copy-example.ts";
import { addressOf, databases, type DatabaseServer } from "../support/databases.ts";
import { openDirectory } from "../support/directory.ts";
import { startModyard, type CommandRun } from "../support/modyard.ts";

const forge = `
  update journal set reason = 'forged' where id = (select entry_id from journal_chain where position = 2);
  do $$ declare link record; entry journal; last bytea;
  begin
    select hash into last from journal_chain where position = 1;
    for link in select * from journal_chain where position > 1 order by position loop
      select * into entry from journal where id = link.entry_id;
      update journal_chain set previous_hash = last, hash = journal_hash(link.position, last, entry) where position = link.position returning hash into last;
    end loop;
  end $$`;
const cutTail = "delete from journal where id = (select entry_id from journal_chain order by position desc limit 1); delete from journal_chain where position = (select max(position) from journal_chain)";

describe.each(databases)("modyard journal verify, on $name", (kind) => {
  const directory = openDirectory("verify");
  const [host, data] = [join(directory, "host"), join(directory, "data")];
  let databaseServer: DatabaseServer;
  let env: Record<string, string>;
  let server: RunningServer | undefined;
  let log = "";

  beforeAll(async () => {
    mkdirSync(host);
    await copyExample({ to: host });
    databaseServer = await kind.start();
    env = { DATABASE_URL: addressOf(await databaseServer.createDatabase()), MODYARD_DATA: data };
    await start();
    for (const count of ["zero", "one", "two", "three", "four"]) await note(`number ${count}`);
  });
  afterAll(async () => {
    await server?.stop();
    await databaseServer?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    const logger = pino({ level: "info" }, { write: (line: string) => void (log += line) });
    server = await startServer(readConfig({ hostRepo: host, data, port: "0" }, env), logger, { builds: false, deployments: false });
  }

  async function restart(): Promise<void> {
    await server?.stop();
    await start();
  }

  const run = (...args: readonly string[]): Promise<CommandRun> => startModyard(["journal", "--json", ...args], { cwd: directory, env: { ...env, MODYARD_URL: server?.url ?? "", MODYARD_TOKEN: token() } }).done;

  const token = (): string => readFileSync(join(data, "admin-token"), "utf8").trim();

  async function note(reason: string): Promise<void> {
    const answer = await fetch(`${server?.url}/admin/retention`, { method: "POST", headers: { authorization: `Bearer ${token()}`, "content-type": "application/json" }, body: JSON.stringify({ reason }) });
    expect(answer.status).toBe(200);
  }

  function verify(...args: readonly string[]): Promise<CommandRun> {
    return startModyard(["journal", "verify", ...args], { cwd: directory, env: { ...env, MODYARD_URL: server?.url ?? "", MODYARD_TOKEN: token() } }).done;
  }

  /** As a superuser past every trigger; `undo` puts everything back. */
  async function tamper(statements: string): Promise<{ undo(): Promise<void> }> {
    const client = new Client({ connectionString: env["DATABASE_URL"] });
    await client.connect();
    await client.query(`set session_replication_role = replica; create table kept_journal as table journal; create table kept_chain as table journal_chain; ${statements}`);
    return {
      undo: async () => {
        await client.query("delete from journal; delete from journal_chain; insert into journal overriding system value table kept_journal; insert into journal_chain table kept_chain; drop table kept_journal, kept_chain");
        await client.end();
      },
    };
  }

  test("fits, from outside and from the database itself", async () => {
    await restart();
    const { anchors } = readAnchors(join(data, "journal-anchors"));
    expect(anchors.length).toBeGreaterThanOrEqual(2);
    const [remote, local] = [await verify(), await verify("--local", "--json")];
    expect([remote.code, remote.stderr]).toEqual([0, ""]);
    expect(remote.stdout).toMatch(/^The journal is as it was written: \d+ entries, compared with \d+ anchors\.\nhead \d+:[0-9a-f]{64}\n$/);
    const told = JSON.parse(local.stdout) as { ok: boolean; checked: number; head: { position: number; hash: string } };
    expect([local.code, told.ok, told.checked]).toEqual([0, true, told.head.position]);
    expect(remote.stdout).toContain(`head ${told.head.position}:${told.head.hash}`);
    expect(log).toContain(`"hash":"${anchors.at(-1)?.hash ?? ""}"`);
  });

  test("finds a chain that was written anew, by the anchors, and the server says so", async () => {
    const { anchors } = readAnchors(join(data, "journal-anchors"));
    const last = anchors.at(-1) ?? expect.unreachable();
    const { undo } = await tamper(forge);
    try {
      const [remote, local] = [await verify("--json"), await verify("--local")];
      expect([remote.code, JSON.parse(remote.stdout)]).toMatchObject([1, { ok: false, problems: [{ code: "journal_anchor_mismatch" }] }]);
      expect([local.code, local.stderr]).toEqual([1, expect.stringContaining("error[journal_anchor_mismatch]")]);
      const away = join(directory, "elsewhere");
      mkdirSync(away);
      const [unknown, known] = [await verify("--local", "--data", away), await verify("--local", "--data", away, "--head", `${last.position}:${last.hash}`)];
      expect([unknown.code, known.code]).toEqual([0, 1]);
      writeFileSync(join(away, "copy"), readFileSync(join(data, "journal-anchors")));
      expect((await verify("--local", "--data", away, "--anchors", join(away, "copy"))).code).toBe(1);
      log = "";
      await restart();
      expect(log).toContain("the journal does not fit what was written down of it");
    } finally {
      await undo();
      // The anchors of the forged chain: what an operator would keep as evidence.
      writeFileSync(join(data, "journal-anchors"), anchors.map(({ at = "", position, hash }) => `${at} ${position} ${hash}\n`).join(""));
    }
  });

  test("finds that the end was deleted", async () => {
    await restart();
    const { undo } = await tamper(cutTail);
    try {
      expect(await verify()).toMatchObject({ code: 1, stderr: expect.stringContaining("error[journal_tail_missing]") as string });
    } finally {
      await undo();
    }
    expect((await verify()).code).toBe(0);
  });

  test("finds a changed word and tells where", async () => {
    const { undo } = await tamper("update journal set details = '{}' where id = (select entry_id from journal_chain where position = 3)");
    try {
      expect(await verify()).toMatchObject({ code: 1, stderr: expect.stringMatching(/error\[journal_entry_changed\]: entry \d+ at position 3/) as string });
    } finally {
      await undo();
    }
  });

  test("tells the journal by filters", async () => {
    const reasons = async (...args: readonly string[]): Promise<unknown> => (JSON.parse((await run(...args)).stdout) as { events: { reason: string }[] }).events.map(({ reason }) => reason);
    expect(await reasons("--action", "retention.*", "--search", "number three", "--since", "1h")).toEqual(["number three"]);
    expect(await reasons("--actor", "nobody")).toEqual([]);
    expect(await reasons("--until", "1h")).toEqual([]);
    expect((await run("--since", "lately")).code).toBe(2);
    expect((await run("--follow", "--actor", "ada")).code).toBe(2);
    expect((await verify("--head", "5")).code).toBe(2);
  });
});

describe("a file of anchors", () => {
  test("that ends in half a line tells the whole ones", () => {
    const directory = openDirectory("anchors");
    const file = join(directory, "journal-anchors");
    writeFileSync(file, `2026-11-22T00:00:00.000Z 7 ${"a".repeat(64)}\n2026-11-22T00:01`);
    expect(readAnchors(file)).toEqual({ anchors: [{ at: "2026-11-22T00:00:00.000Z", position: 7, hash: "a".repeat(64) }], unreadable: [2] });
    rmSync(directory, { recursive: true, force: true });
  });
});
