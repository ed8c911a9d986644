import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { DatabaseHandle } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import { actorOf } from "./authenticate.ts";

const header = "idempotency-key";
const keyPattern = /^[\x21-\x7e]{1,200}$/;
/** A first request that answered nothing for so long died with its process. */
const abandonedSeconds = 60;

declare module "fastify" {
  interface FastifyRequest {
    /** The Idempotency-Key under which this request's answer is to be remembered. */
    claimedKey: string | undefined;
  }
}

/** Gives a repeated POST with the same Idempotency-Key the first one's answer, instead of doing it again. */
export function honourIdempotencyKeys(app: FastifyInstance, handle: DatabaseHandle): void {
  app.decorateRequest("claimedKey", undefined);
  app.addHook("preHandler", async (request, reply) => {
    const key = keyOf(request);
    if (key === undefined) return;
    const hash = hashOf(request);
    if (await claim(handle, key, actorOf(request), hash)) request.claimedKey = key;
    else await repeat(handle, request, reply, key, hash);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const key = request.claimedKey;
    if (key !== undefined) await remember(handle, key, actorOf(request), hashOf(request), reply.statusCode, typeof payload === "string" ? payload : "");
    return payload;
  });
}

function keyOf(request: FastifyRequest): string | undefined {
  const value = request.headers[header];
  if (request.method !== "POST" || value === undefined) return undefined;
  // To pass over a key that cannot be honoured would do twice what the client means to do once.
  if (typeof value !== "string" || !keyPattern.test(value)) return fail("request_invalid", "the Idempotency-Key must have 1 to 200 visible characters", { path: header });
  return value;
}

function hashOf(request: FastifyRequest): string {
  return createHash("sha256").update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`).digest("hex");
}

/** True: this request is the first and may be carried out. */
async function claim({ db }: DatabaseHandle, key: string, actor: string, requestHash: string): Promise<boolean> {
  const inserted = await db.insertInto("idempotencyKeys").values({ key, actor, requestHash }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return true;
  const abandoned = sql<boolean>`status_code is null and created_at < now() - make_interval(secs => ${abandonedSeconds})`;
  const taken = await db
    .updateTable("idempotencyKeys")
    .set({ createdAt: sql`now()` })
    .where("actor", "=", actor)
    .where("key", "=", key)
    .where("requestHash", "=", requestHash)
    .where(abandoned)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

async function repeat({ db }: DatabaseHandle, request: FastifyRequest, reply: FastifyReply, key: string, requestHash: string): Promise<void> {
  const row = await db.selectFrom("idempotencyKeys").selectAll().where("actor", "=", actorOf(request)).where("key", "=", key).executeTakeFirst();
  if (row === undefined || row.requestHash !== requestHash) fail("idempotency_key_reused", `the Idempotency-Key ${JSON.stringify(key)} was used for another request`);
  if (row.statusCode === null) fail("idempotency_in_progress", "the first request with this Idempotency-Key has not been answered yet");
  reply.header("idempotent-replayed", "true");
  await reply.status(row.statusCode).type(row.statusCode >= 400 ? "application/problem+json" : "application/json").send(row.response ?? "");
}

async function remember({ db }: DatabaseHandle, key: string, actor: string, requestHash: string, statusCode: number, response: string): Promise<void> {
  const mine = db.updateTable("idempotencyKeys").where("actor", "=", actor).where("key", "=", key).where("requestHash", "=", requestHash);
  if (statusCode < 500) {
    await mine.set({ statusCode, response }).where("statusCode", "is", null).execute();
    return;
  }
  // What failed on our side may be tried again with the same key.
  await db.deleteFrom("idempotencyKeys").where("actor", "=", actor).where("key", "=", key).where("statusCode", "is", null).execute();
}
