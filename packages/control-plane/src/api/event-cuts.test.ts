import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { readServerEvents, type ServerSentEvent } from "../client/server-events.ts";
import { tellProgress } from "../events/build-progress.ts";
import { appendJournal } from "../journal/journal.ts";

let api: TestApi;
let url: URL;

beforeAll(async () => {
  api = await openTestApi();
  url = new URL(await api.app.listen({ host: "127.0.0.1", port: 0 }));
});
afterAll(() => api?.close());

/** One connection, which is cut after so many bytes or so many milliseconds, in the middle of whatever comes. */
async function readCut(lastEventId: string, bytes: number, milliseconds: number, take: (event: ServerSentEvent) => void): Promise<void> {
  const socket = connect(Number(url.port), url.hostname);
  // With an error: a socket that is destroyed without one before it is connected says nothing to who waits for that.
  const timer = setTimeout(() => socket.destroy(Object.assign(new Error("cut"), { code: "CUT" })), milliseconds);
  try {
    await once(socket, "connect");
    // HTTP/1.0: without chunks, the bytes after the head are the stream's own.
    socket.write(`GET /admin/events HTTP/1.0\r\nHost: x\r\nAccept: text/event-stream\r\nLast-Event-ID: ${lastEventId}\r\nAuthorization: Bearer ${api.token}\r\n\r\n`);
    for await (const event of readServerEvents(firstBytes(socket, bytes))) take(event);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  } finally {
    clearTimeout(timer);
    socket.resetAndDestroy();
  }
}

async function* firstBytes(socket: Socket, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  let isHead = true;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    const body = isHead ? chunk.subarray(chunk.indexOf("\r\n\r\n") + 4) : chunk;
    isHead = false;
    yield body.subarray(0, left);
    left -= body.length;
    if (left <= 0) return;
  }
}

async function insertRunningBuild(): Promise<string> {
  const id = newUuid();
  const values = { id, status: "running", stage: "build", progress: 12, profile: "monolith", manifestRef: `branch-${id}`, manifestHash: "", change: "{}", modulesDelta: JSON.stringify({ added: [], removed: [], changed: [] }), requestedBy: "test", reason: "" };
  await api.plane.handle.db.insertInto("builds").values(values).execute();
  return toPublicId("bld", id);
}

/** Writers as workers are: transactions of every length, some undone, and progress in between. */
async function write(build: string, isOver: () => boolean): Promise<void> {
  const { db } = api.plane.handle;
  for (let number = 0; !isOver(); number += 1) {
    const isUndone = Math.random() < 0.2;
    await db
      .transaction()
      .execute(async (trx) => {
        await appendJournal(trx, { actor: "ada", action: "build.step_retried", subjectType: "build", subjectId: build, details: { number, filler: "ü".repeat(Math.floor(Math.random() * 200)) } });
        await sleep(Math.random() * 8);
        if (isUndone) throw new Error("undone");
      })
      .catch(() => undefined);
    await tellProgress(db, { build_id: build, attempt: 1, stage: "build", step: "compile", progress: number % 100 });
  }
}

it("gives a reader who is cut off hundreds of times every event once and in order, while builds run", { timeout: 300_000 }, async () => {
  const builds = await Promise.all([insertRunningBuild(), insertRunningBuild(), insertRunningBuild()]);
  const ids: number[] = [];
  const progress = new Set<string>();
  const take = ({ id, event, data }: ServerSentEvent): void => {
    if (id !== undefined) ids.push(Number(id));
    else if (event === "BuildProgress") progress.add((JSON.parse(data) as { build_id: string }).build_id);
  };
  const readOn = (bytes: number, milliseconds: number) => readCut(String(ids.at(-1) ?? 0), bytes, milliseconds, take);
  let cuts = 0;
  const writing = Promise.all(builds.map((build) => write(build, () => cuts >= 300)));
  for (; cuts < 300; cuts += 1) await readOn(1 + Math.floor(Math.random() * 4_000), 10 + Math.random() * 90);
  await writing;
  const { rows } = await api.plane.handle.pool.query<{ id: number }>("select entry_id::int as id from journal_chain order by position");
  for (let rest = 0; rest < 100 && ids.at(-1) !== rows.at(-1)?.id; rest += 1) await readOn(1_000_000, 500);
  expect(ids).toEqual(rows.map(({ id }) => id));
  expect(rows.length).toBeGreaterThan(300);
  expect(progress).toEqual(new Set(builds));
});
