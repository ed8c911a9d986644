import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { openBuildLog } from "../build/log.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { appendJournal, readJournal } from "../journal/journal.ts";
import { eventually } from "../../../../test/support/eventually.ts";

/** So many may one principal hold open at once. */
const mostStreams = 64;

let api: TestApi;
let url: URL;
const streams: Reader[] = [];

beforeAll(async () => {
  api = await openTestApi();
  url = new URL(await api.app.listen({ host: "127.0.0.1", port: 0 }));
});
afterAll(async () => {
  for (const stream of streams) stream.close();
  await api.close();
});

interface Received {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly text?: string; readonly subject_id?: string; readonly line?: number };
}

interface Reader {
  readonly events: Received[];
  readonly ended: Promise<unknown>;
  close(): void;
}

/** Reads a stream of events as a browser would. */
async function read(path: string, headers: Record<string, string> = {}): Promise<Reader> {
  const abort = new AbortController();
  const response = await fetch(new URL(path, url), { signal: abort.signal, headers: { accept: "text/event-stream", authorization: `Bearer ${api.token}`, ...headers } });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  const events: Received[] = [];
  const pump = async (): Promise<void> => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      events.push(...blocks.flatMap(parseEvent));
    }
  };
  const reader = { events, ended: pump().catch(() => undefined), close: () => abort.abort() };
  streams.push(reader);
  return reader;
}

function parseEvent(block: string): Received[] {
  const fields = new Map(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
  const [event, data] = [fields.get("event"), fields.get("data")];
  return event === undefined || data === undefined ? [] : [{ id: fields.get("id") ?? "", event, data: JSON.parse(data) as Received["data"] }];
}

function subjects(reader: Reader): readonly (string | undefined)[] {
  return reader.events.map(({ data }) => data.subject_id);
}

async function note(subjectId: string): Promise<void> {
  const entry = { actor: "test", action: "build.requested", subjectType: "build", subjectId } as const;
  await api.plane.handle.db.transaction().execute((trx) => appendJournal(trx, entry));
}

async function insertBuild(status: string): Promise<string> {
  const id = newUuid();
  const values = { id, status, stage: "build", profile: "monolith", manifestRef: "main", manifestHash: "", change: "{}", modulesDelta: JSON.stringify({ added: [], removed: [], changed: [] }), requestedBy: "test", reason: "" };
  await api.plane.handle.db.insertInto("builds").values(values).execute();
  return id;
}

describe("the journal's stream", () => {
  let last: number;
  beforeEach(async () => {
    const { rows } = await api.plane.handle.pool.query<{ last: number | null }>("select max(id)::int as last from journal");
    last = rows[0]?.last ?? 0;
  });

  it("tells what comes, and goes on after the last event that the client has", async () => {
    const first = await read("/admin/events", { "last-event-id": String(last) });
    await note("bld_1");
    await note("bld_2");
    await eventually(() => expect(subjects(first)).toEqual(["bld_1", "bld_2"]));
    const [one] = first.events;
    first.close();
    await note("bld_3");
    const second = await read("/admin/events?after=0", { "last-event-id": one?.id ?? "" });
    await eventually(() => expect(subjects(second)).toEqual(["bld_2", "bld_3"]));
  });

  it("begins at the beginning when the last event's number is none", async () => {
    const reader = await read("/admin/events", { "last-event-id": "nonsense" });
    await eventually(() => expect(reader.events[0]).toMatchObject({ event: "TokenCreated", data: { type: "TokenCreated" } }));
  });

  it("keeps to one subject where asked", async () => {
    const reader = await read(`/admin/events?subject=bld_wanted&after=${last}`);
    await note("bld_other");
    await note("bld_wanted");
    await eventually(() => expect(subjects(reader)).toEqual(["bld_wanted"]));
  });

  it("says that it is there to a reader whom everything wakes and nothing concerns", async () => {
    const socket = await openStream(`/admin/events?subject=bld_wanted&types=BuildRequested&after=${last}`);
    let text = "";
    socket.on("data", (chunk) => (text += String(chunk)));
    const waking = setInterval(() => void note("bld_other"), 300);
    await eventually(() => expect(text).toContain(": still here")).finally(() => clearInterval(waking));
    socket.destroy();
  });

  it("loses no entry whose transaction ends after that of a later one", async () => {
    const reader = await read(`/admin/events?after=${last}`);
    await api.plane.handle.db.transaction().execute(async (slow) => {
      await appendJournal(slow, { actor: "test", action: "build.requested", subjectType: "build", subjectId: "bld_slow" });
      await note("bld_fast");
      // Its number is the greater one, and it is told first: what the slow one commits comes after it.
      await eventually(() => expect(subjects(reader)).toEqual(["bld_fast"]));
    });
    await eventually(() => expect(subjects(reader)).toEqual(["bld_fast", "bld_slow"]));
    const [fast, slow] = await readJournal(api.plane.handle.db, { after: last, limit: 10 });
    expect([fast?.subjectId, slow?.subjectId, (slow?.id ?? 0) < (fast?.id ?? 0)]).toEqual(["bld_fast", "bld_slow", true]);
    // The greatest number is the last place again, which the next test begins after.
    await note("bld_last");
  });

  it("goes on after the database cut its listening connection", async () => {
    const reader = await read(`/admin/events?after=${last}`);
    await api.plane.handle.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'");
    await note("bld_after");
    await eventually(() => expect(subjects(reader)).toEqual(["bld_after"]));
  });
});

describe("a log's stream", () => {
  it("tells every line once, from the last number on, and ends with the build", async () => {
    const { db, pool } = api.plane.handle;
    const id = await insertBuild("running");
    const log = await openBuildLog(db, id, []);
    for (let line = 1; line <= 3; line += 1) log.write("compile", "stdout", `line ${line}`);
    await log.flush();
    const path = `/admin/builds/${toPublicId("bld", id)}/logs`;
    const whole = await read(path);
    const rest = await read(path, { "last-event-id": "2" });
    await eventually(() => expect(whole.events).toHaveLength(3));
    log.write("compile", "stderr", "\u001b[31mred\u001b[0m");
    await log.flush();
    await pool.query("update builds set status = 'success' where id = $1", [id]);
    await Promise.all([whole.ended, rest.ended]);
    expect(whole.events.map(({ event, data }) => (event === "end" ? event : data.text))).toEqual(["line 1", "line 2", "line 3", "\u001b[31mred\u001b[0m", "end"]);
    expect(rest.events.map(({ event, data }) => (event === "end" ? event : data.line))).toEqual([3, 4, "end"]);
  });

  it("costs no memory when a reader is slow, and the reader loses nothing", async () => {
    const lines = 30_000;
    const { db, pool } = api.plane.handle;
    const id = await insertBuild("success");
    await pool.query("insert into build_logs (build_id, line, step, stream, text) select $1, n, 'compile', 'stdout', repeat('x', 1000) from generate_series(1, $2::int) n", [id, lines]);
    const socket = await openStream(`/admin/builds/${toPublicId("bld", id)}/logs`);
    socket.pause();
    // Not a word is read for a while: the server stops reading from the database once the sockets are full.
    const reads = vi.spyOn(db, "selectFrom");
    for (let before = -1; before !== reads.mock.calls.length; ) {
      before = reads.mock.calls.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    // Two for each page of 1,000 lines, if it had read them all.
    expect(reads.mock.calls.length).toBeLessThan((2 * lines) / 1_000);
    reads.mockRestore();
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    socket.resume();
    await once(socket, "close");
    expect(text.match(/^id: \d+$/gm)).toEqual(Array.from({ length: lines }, (_, index) => `id: ${index + 1}`));
  });

  it("lives on when readers vanish in the middle", async () => {
    const id = await insertBuild("running");
    const path = `/admin/builds/${toPublicId("bld", id)}/logs`;
    const log = await openBuildLog(api.plane.handle.db, id, []);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => openStream(path)));
    for (const socket of sockets) socket.resetAndDestroy();
    for (let line = 0; line < 5_000; line += 1) log.write("compile", "stdout", "x".repeat(100));
    await log.flush();
    await eventually(() => expect(api.app.eventStreams.size).toBe(0));
    expect((await fetch(new URL("/healthz", url))).status).toBe(200);
  });

  it.each([
    ["the journal", () => "/admin/events", mostStreams],
    ["a log", (id: string) => `/admin/builds/${id}/logs`, mostStreams],
    // It is begun by who reads it.
    ["a subscription", () => `/graphql?query=${encodeURIComponent("subscription { events { id } }")}`, 0],
  ])("holds nothing for readers of %s who were gone before it was known who they are", async (name, pathOf, beginnings) => {
    const path = pathOf(toPublicId("bld", await insertBuild("queued")));
    const { token } = (await api.ask("POST", "/admin/tokens", { name: `reads ${name}`, grants: [{ role: "viewer" }] })).json<{ token: string }>();
    const begun = vi.spyOn(api.app.eventStreams, "add");
    const [came, went] = [vi.fn(), vi.fn()];
    const watch = (_request: unknown, response: ServerResponse): void => {
      came();
      response.once("close", went);
    };
    api.app.server.on("request", watch);
    const locker = await api.plane.handle.pool.connect();
    try {
      await locker.query("begin; lock table tokens in access exclusive mode");
      const sockets = Array.from({ length: mostStreams }, () => ask(path, token));
      await eventually(() => expect(came).toHaveBeenCalledTimes(mostStreams));
      for (const socket of sockets) socket.resetAndDestroy();
      await eventually(() => expect(went).toHaveBeenCalledTimes(mostStreams));
    } finally {
      api.app.server.off("request", watch);
      await locker.query("rollback");
      locker.release();
    }
    // Asked after them, and answered after them.
    expect((await api.ask("GET", "/admin/tokens")).statusCode).toBe(200);
    await eventually(() => expect(begun).toHaveBeenCalledTimes(beginnings));
    await eventually(() => expect(api.app.eventStreams.size).toBe(0));
    begun.mockRestore();
    await read(path, { authorization: `Bearer ${token}` });
  });

  beforeEach(async () => {
    for (const stream of streams.splice(0)) stream.close();
    await eventually(() => expect(api.app.eventStreams.size).toBe(0));
  });
});

/** Asks for a stream on a bare socket. */
function ask(path: string, token: string): Socket {
  const socket = connect(Number(url.port), url.hostname);
  socket.on("error", () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  return socket;
}

/** A stream on a bare socket, which reads only what it is told to. */
async function openStream(path: string): Promise<Socket> {
  const socket = ask(path, api.token);
  await once(socket, "readable");
  return socket;
}

it("ends its streams when it closes", async () => {
  const own = await openTestApi();
  const address = await own.app.listen({ host: "127.0.0.1", port: 0 });
  const response = await fetch(new URL("/admin/events", address), { headers: { accept: "text/event-stream", authorization: `Bearer ${own.token}` } });
  await own.close();
  expect(await response.text()).toContain("event: TokenCreated");
});
