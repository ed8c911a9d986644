import type { Pool } from "pg";

/** Everything that the database holds, but for when tokens and sessions were used last: two that are equal were not written in between. */
export async function fingerprint(pool: Pool): Promise<Readonly<Record<string, string>>> {
  const { rows } = await pool.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1");
  const hashes = await Promise.all(
    rows.map(async ({ name }) => {
      const text = name === "tokens" ? "to_jsonb(it) - 'last_used_at'" : "to_jsonb(it)";
      const { rows: found } = await pool.query<{ hash: string | null }>(`select md5(string_agg((${text})::text, '|' order by (${text})::text)) as hash from "${name}" it`);
      return [name, found[0]?.hash ?? ""] as const;
    }),
  );
  return Object.fromEntries(hashes);
}
