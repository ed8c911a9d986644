import { Client } from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../../../../test/support/free-port.ts";
import { databases, openTestDatabase, quiet } from "../../../../test/support/databases.ts";
import { hasPooler, startPooler } from "../../../../test/support/pooler.ts";
import { findPostgresPrograms, startPostgresServer, type PostgresServer, type ServerOptions } from "../../../../test/support/postgres-server.ts";
import { ModyardError } from "../errors/problem.ts";
import { openDatabase } from "./connection.ts";
import { migrate } from "./migrate.ts";
import { assertUsableServer, inspectServer, serverProblems, type ServerFacts } from "./server-check.ts";

const well: ServerFacts = { version: "17.2", major: 17, readOnly: false, mayCreate: true, clockMs: 0, notifies: true };
const codes = (facts: Partial<ServerFacts>, toMigrate = true): readonly string[] => serverProblems({ ...well, ...facts }, { toMigrate }).map(({ code }) => code);

/** The problem that an address leads to. */
async function told(url: string): Promise<{ readonly code: string; readonly text: string }> {
  const error: unknown = await assertUsableServer({ connectionString: url }).then(() => new Error("it was usable"), (thrown: unknown) => thrown);
  if (!(error instanceof ModyardError)) throw error;
  return { code: error.problems.map(({ code }) => code).join(" "), text: JSON.stringify(error.problems) };
}

describe("what makes a server unusable", () => {
  it.each([[13, ["database_too_old"]], [9, ["database_too_old"]], [14, []], [18, []]])("version %i", (major, expected) => {
    expect(codes({ major })).toEqual(expected);
  });

  it("everything is told at once, and rights only to who would migrate", () => {
    expect(codes({ major: 12, readOnly: true, mayCreate: false, notifies: false })).toEqual(["database_too_old", "database_read_only", "database_rights_missing", "database_pooled"]);
    expect(codes({ mayCreate: false }, false)).toEqual([]);
  });
});

describe.each(databases)("on $name", (kind) => {
  it("a good server is told from others by what it says of itself", async () => {
    const database = await openTestDatabase(kind);
    try {
      const facts = await inspectServer(database.connection);
      expect(facts).toMatchObject({ readOnly: false, mayCreate: true, notifies: true });
      expect(facts.major).toBeGreaterThanOrEqual(14);
      expect(facts.version.startsWith(String(facts.major))).toBe(true);
      expect(Math.abs(facts.clockMs)).toBeLessThan(5_000);
      await assertUsableServer(database.connection);
    } finally {
      await database.close();
    }
  });
});

describe.skipIf(findPostgresPrograms() === undefined)("a server of the operator's own", () => {
  let server: PostgresServer | undefined;
  afterEach(() => server?.stop());

  async function start(options: ServerOptions = {}): Promise<PostgresServer> {
    server = await startPostgresServer(options);
    return server;
  }

  it("wrong password, none at all, unknown user, unknown database", async () => {
    const { url } = await start({ password: "r1ght-secret", hba: ["local all all scram-sha-256"] });
    const wrong = await told(url("postgres", "modyard", "wr0ng-secret"));
    expect(wrong.code).toBe("database_sign_in_refused");
    expect(wrong.text).not.toContain("wr0ng-secret");
    expect((await told(url())).code).toBe("database_sign_in_refused");
    expect((await told(url("postgres", "nobody-here", "r1ght-secret"))).code).toBe("database_sign_in_refused");
    const unknown = await told(url("nowhere", "modyard", "r1ght-secret"));
    expect(unknown.code).toBe("database_not_found");
    expect(unknown.text).toContain("nowhere");
    expect(unknown.text).not.toContain("r1ght-secret");
    await assertUsableServer({ connectionString: url("postgres", "modyard", "r1ght-secret") });
  });

  it("TLS wanted by one side only", async () => {
    const port = await freePort();
    await start({ tcpPort: port, hba: ["hostssl all all 127.0.0.1/32 trust"] });
    expect(await told(`postgres://modyard@127.0.0.1:${port}/postgres`)).toMatchObject({ code: "database_encryption_refused", text: expect.stringContaining("sslmode=verify-full") as string });
    expect((await told(`postgres://modyard@127.0.0.1:${port}/postgres?sslmode=verify-full`)).code).toBe("database_encryption_refused");
  });

  it("a standby, and sessions that are read-only", async () => {
    const { url } = await start({ files: { "standby.signal": "" }, settings: { max_connections: "100" } });
    expect(await told(url())).toMatchObject({ code: "database_read_only" });
    await server?.stop();
    expect((await told((await start({ settings: { default_transaction_read_only: "on" } })).url())).code).toBe("database_read_only");
  });

  it("rights that are missing are told by who migrates, and not needed by who need not", async () => {
    const { url } = await start();
    const owner = new Client(url());
    await owner.connect();
    for (const statement of ["create role app login", "create database mine"]) await owner.query(statement);
    const mine = new Client(url("mine"));
    await mine.connect();
    await mine.query("revoke create on schema public from public");
    const app = openDatabase({ connectionString: url("mine", "app") }, quiet);
    await expect(migrate(app.db)).rejects.toMatchObject({ code: "database_rights_missing" });
    expect((await inspectServer({ connectionString: url("mine", "app") })).mayCreate).toBe(false);
    const own = openDatabase({ connectionString: url("mine") }, quiet);
    await migrate(own.db);
    await mine.query("grant select, insert, update, delete on all tables in schema public to app");
    expect((await migrate(app.db)).applied).toEqual([]);
    await Promise.all([app.close(), own.close(), owner.end(), mine.end()]);
  });

  it("no connection left", async () => {
    const { url } = await start({ settings: { max_connections: "5", superuser_reserved_connections: "1" } });
    const clients = Array.from({ length: 5 }, () => new Client(url()));
    await Promise.all(clients.map((client) => client.connect()));
    expect((await told(url())).code).toBe("database_full");
    await Promise.all(clients.map((client) => client.end()));
  });

  it.runIf(hasPooler())("a pooler in transaction mode, and not one in session mode", async () => {
    const pooled = await start();
    const transaction = await startPooler(pooled, "transaction");
    expect((await told(transaction.url())).code).toBe("database_pooled");
    await transaction.stop();
    const session = await startPooler(pooled, "session");
    await assertUsableServer({ connectionString: session.url() });
    await session.stop();
  });

  it("an address where nobody is", async () => {
    expect((await told("postgres://user:s3cret@localhost:1/x")).code).toBe("database_unreachable");
    const { code, text } = await told("postgres://user:s3cret@db.invalid/x");
    expect([code, text.includes("s3cret")]).toEqual(["database_unreachable", false]);
  });
});
