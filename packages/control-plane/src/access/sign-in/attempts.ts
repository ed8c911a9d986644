import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { sql } from "kysely";
import type { Executor } from "../../database/connection.ts";
import { fail } from "../../errors/problem.ts";

/** So many attempts within a span of time that begins with the first. */
interface Limit {
  readonly key: string;
  readonly most: number;
  readonly seconds: number;
}

/** Who tries a password, for whom. */
export interface Attempt {
  /** Where the request comes from. */
  readonly address: string;
  /** The e-mail address that was typed, whether there is somebody with it or not. */
  readonly email: string;
}

/**
 * Few for one person from one place; more for one person from everywhere, since strangers must not keep somebody out by trying; and
 * a bound on who tries many people. Everything is counted before the password is looked at, so that many at once get no more.
 */
function limitsOf({ address, email }: Attempt): readonly Limit[] {
  const place = placeOf(address);
  return [
    { key: keyOf("person and place", email, place), most: 5, seconds: 15 * 60 },
    { key: keyOf("person", email), most: 50, seconds: 60 * 60 },
    { key: keyOf("place", place), most: 100, seconds: 15 * 60 },
  ];
}

/** Counts an attempt. Throws too_many_attempts, with the seconds to wait, when there were too many. */
export async function countAttempt(db: Executor, attempt: Attempt): Promise<void> {
  const waits: number[] = [];
  for (const limit of limitsOf(attempt)) waits.push(await count(db, limit));
  const wait = Math.max(...waits);
  if (wait > 0) fail("too_many_attempts", `there were too many attempts; the next is looked at in ${wait} seconds`, { details: { retryAfterSeconds: wait } });
}

/** The password was right: what came before from there does not count any more, and this one does nowhere. */
export async function forgiveAttempt(db: Executor, attempt: Attempt): Promise<void> {
  const [own, ...others] = limitsOf(attempt).map(({ key }) => key);
  await db.deleteFrom("signInAttempts").where((eb) => eb.or([eb("key", "=", own ?? ""), eb("startedAt", "<", sql<Date>`now() - interval '1 day'`)])).execute();
  await db.updateTable("signInAttempts").set((eb) => ({ count: eb("count", "-", 1) })).where("key", "in", others).where("count", ">", 0).execute();
}

/** Resolves with the seconds to wait; 0: go on. */
async function count(db: Executor, { key, most, seconds }: Limit): Promise<number> {
  const { rows } = await sql<{ count: number; left: number }>`
    insert into sign_in_attempts as known (key, count, started_at) values (${key}, 1, now())
    on conflict (key) do update set
      count = case when known.started_at <= now() - make_interval(secs => ${seconds}) then 1 else least(known.count, ${most}) + 1 end,
      started_at = case when known.started_at <= now() - make_interval(secs => ${seconds}) then now() else known.started_at end
    returning count, ceil(extract(epoch from started_at - now()) + ${seconds})::integer as left`.execute(db);
  const [row] = rows;
  return row === undefined || row.count <= most ? 0 : Math.max(1, row.left);
}

/** A hash: people type passwords into the wrong field, too. */
function keyOf(kind: string, ...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify([kind, ...parts])).digest("hex");
}

/** Who has one address of version 6 has the whole network of 64 bits around it. */
export function placeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const plain = address.split("%")[0] ?? "";
  if (!isIPv6(plain)) return address;
  const [head = "", tail] = (URL.parse(`http://[${plain}]`)?.hostname ?? plain).replaceAll(/[[\]]/g, "").split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = tail === undefined ? front : [...front, ...Array.from({ length: 8 - front.length - back.length }, () => "0"), ...back];
  return groups.slice(0, 4).join(":");
}
