import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ClientConfig } from "pg";
import { pino } from "pino";
import { openDatabase } from "../../../database/connection.ts";
import { findBinaryPackage } from "../../../database/embedded/binaries.ts";
import { connectionAt, locatePlaces } from "../../../database/embedded/places.ts";
import { findPostmaster } from "../../../database/embedded/postmaster.ts";
import { ModyardError } from "../../../errors/problem.ts";
import { readSchemaState, type SchemaState } from "../../../database/schema-state.ts";
import { inspectServer, serverProblems, type ServerFacts } from "../../../database/server-check.ts";
import { missing, ok, warning, type Check, type Finding, type Machine } from "../check.ts";
import { findingsOf } from "../run-checks.ts";

const clockLimitMs = 2_000;

async function database({ config: { databaseUrl, dataDirectory } }: Machine): Promise<readonly Finding[]> {
  return databaseUrl === undefined ? embedded(dataDirectory) : connected({ connectionString: databaseUrl }, "of DATABASE_URL");
}

async function embedded(dataDirectory: string): Promise<readonly Finding[]> {
  const places = locatePlaces(dataDirectory);
  if (findPostmaster(places) !== undefined) return connected(connectionAt(places), "embedded");
  const name = "Server";
  // Throws what to install.
  findBinaryPackage();
  if (existsSync(join(places.data, "PG_VERSION"))) return [ok(name, "The embedded PostgreSQL rests; it starts with `modyard serve`")];
  return [ok(name, `The embedded PostgreSQL is made at the first start${places.home.startsWith(dataDirectory) ? "" : `, in ${places.home}: its user cannot reach the data directory`}`)];
}

async function connected(connection: ClientConfig, which: string): Promise<readonly Finding[]> {
  const facts = await inspectServer(connection);
  const state = await schemaState(connection);
  const problems = serverProblems(facts, { toMigrate: state.pending.length > 0 }).flatMap((each) => findingsOf("Server", new ModyardError(each)));
  const server = problems.length > 0 ? problems : [ok("Server", `PostgreSQL ${facts.version.split(" ")[0]} (${which}) answers, notifications arrive`)];
  return [...server, migrations(state), clock(facts)];
}

async function schemaState(connection: ClientConfig): Promise<SchemaState> {
  const handle = openDatabase({ ...connection, max: 1 }, pino({ level: "silent" }));
  try {
    return await readSchemaState(handle.db);
  } finally {
    await handle.close();
  }
}

function migrations({ applied, pending, newer, newerBreaking }: SchemaState): Finding {
  const name = "Migrations";
  if (newerBreaking.length > 0) return missing(name, `The database belongs to a newer Modyard: ${newerBreaking.join(", ")}`, "Install the Modyard that used this database last, or a newer one.");
  if (pending.length > 0) return warning(name, `${pending.length} pending; \`modyard serve\` applies them unless it may not`, "modyard migrate up");
  return ok(name, `All ${applied.length - newer.length} applied${newer.length > 0 ? `, and ${newer.length} of a newer version that do no harm` : ""}`);
}

function clock({ clockMs }: ServerFacts): Finding {
  const name = "Clock";
  const seconds = (Math.abs(clockMs) / 1000).toFixed(1);
  if (Math.abs(clockMs) <= clockLimitMs) return ok(name, "Server and this machine agree");
  return warning(name, `The server's clock is ${seconds} s ${clockMs > 0 ? "ahead of" : "behind"} this machine's: times in logs and records disagree`, "timedatectl set-ntp true (on both machines)");
}

export const databaseChecks: readonly Check[] = [{ group: "Database", name: "Server", seconds: 25, run: database }];
