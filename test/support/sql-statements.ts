import type { Pool, PoolClient } from "pg";

/** Every statement that a pool is given from now on. */
export function watchStatements(pool: Pool): { readonly statements: string[]; stop(): void } {
  const statements: string[] = [];
  const watched = new Map<PoolClient, PoolClient["query"]>();
  const watch = (client: PoolClient): void => {
    if (watched.has(client)) return;
    const query = client.query;
    watched.set(client, query);
    client.query = ((...args: Parameters<typeof query>) => {
      const [first] = args as readonly unknown[];
      statements.push(typeof first === "string" ? first : String((first as { readonly text?: unknown }).text));
      return Reflect.apply(query, client, args) as unknown;
    }) as typeof query;
  };
  pool.on("acquire", watch);
  return {
    statements,
    stop: () => {
      pool.off("acquire", watch);
      for (const [client, query] of watched) client.query = query;
    },
  };
}
