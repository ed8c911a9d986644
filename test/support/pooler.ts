import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { PostgresServer } from "./postgres-server.ts";

/** A PgBouncer before a server. */
export interface Pooler {
  url(database?: string): string;
  stop(): Promise<void>;
}

const program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].find((file) => existsSync(file));
const port = 54_330;

/** Whether this machine has PgBouncer; where everything must be tested (CI=true) its lack is an error. */
export function hasPooler(): boolean {
  if (program === undefined && process.env["CI"] === "true") throw new Error("no PgBouncer to test with: install Debian's package pgbouncer");
  return program !== undefined;
}

/** Starts PgBouncer on a socket beside the server's. */
export async function startPooler(server: PostgresServer, mode: "session" | "transaction"): Promise<Pooler> {
  const settings = join(server.directory, `pgbouncer-${mode}.ini`);
  const lines = [
    "[databases]",
    `* = host=${server.sockets} port=${server.port}`,
    "[pgbouncer]",
    `listen_port = ${port}`,
    `unix_socket_dir = ${server.sockets}`,
    "auth_type = any",
    `pool_mode = ${mode}`,
    "ignore_startup_parameters = extra_float_digits",
    ...(process.getuid?.() === 0 ? ["user = nobody"] : []),
  ];
  // With auth_type = any the server's user is that of the database's line.
  writeFileSync(settings, `${lines.join("\n").replace(`port=${server.port}`, `port=${server.port} user=modyard`)}\n`, { mode: 0o644 });
  const child = spawn(program ?? "pgbouncer", ["-q", settings], { stdio: "ignore" });
  const socket = join(server.sockets, `.s.PGSQL.${port}`);
  while (!(await accepts(socket))) {
    if (child.exitCode !== null) throw new Error("PgBouncer ended");
    await delay(20);
  }
  return {
    url: (database = "postgres") => `postgres://modyard@/${database}?host=${encodeURIComponent(server.sockets)}&port=${port}`,
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGINT");
      await gone;
    },
  };
}

/** Whether somebody listens: a socket's file is there before that. */
async function accepts(socket: string): Promise<boolean> {
  const connection = connect(socket);
  const accepted = await once(connection, "connect").then(() => true, () => false);
  connection.destroy();
  return accepted;
}
