import type pg from "pg";

/** The part of a connection's settings that says where to and as whom: plain values that other libraries and threads take. */
export function plainConnection(connection: pg.PoolConfig): Record<string, unknown> {
  const { connectionString, host, user, database, port, password } = connection;
  return Object.fromEntries(Object.entries({ connectionString, host, user, database, port, password }).filter(([, value]) => value !== undefined));
}
