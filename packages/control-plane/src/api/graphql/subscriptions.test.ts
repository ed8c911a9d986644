import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { readEvents, type StreamedEvent } from "../../../../../test/support/event-stream.ts";
import { eventually } from "../../../../../test/support/eventually.ts";
import { insertHistory } from "../../../../../test/support/graphql.ts";
import { openBuildLog } from "../../build/log.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { appendJournal } from "../../journal/journal.ts";

let api: TestApi;
let url: string;
const open: AbortController[] = [];

beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  for (const each of open) each.abort();
  await api.close();
});

/** Listens over a real connection: by POST, or by GET as browsers do. */
async function listen(query: string, { method = "POST", headers = {} }: { method?: "GET" | "POST"; headers?: Record<string, string> } = {}): Promise<Response> {
  const abort = new AbortController();
  open.push(abort);
  const address = method === "GET" ? `${url}/graphql?query=${encodeURIComponent(query)}` : `${url}/graphql`;
  const body = method === "POST" ? { body: JSON.stringify({ query }) } : {};
  return fetch(address, { method, signal: abort.signal, ...body, headers: { accept: "text/event-stream", authorization: `Bearer ${api.token}`, ...(method === "POST" && { "content-type": "application/json" }), ...headers } });
}

/** What an event says of the subscription's field. */
function told<T>({ data }: StreamedEvent, field: string): T {
  return (data as { readonly data: Readonly<Record<string, T>> }).data[field] as T;
}

async function note(subjectId: string): Promise<void> {
  await api.plane.handle.db.transaction().execute((trx) => appendJournal(trx, { actor: "test", action: "build.requested", subjectType: "build", subjectId }));
}

async function lastEntry(): Promise<number> {
  const { rows } = await api.plane.handle.pool.query<{ last: number }>("select coalesce(max(id), 0)::int as last from journal");
  return rows[0]?.last ?? 0;
}

const isOver = (events: readonly StreamedEvent[]): boolean => events.at(-1)?.event === "complete";

function subjectsOf(events: readonly StreamedEvent[]): readonly string[] {
  return events.map((event) => told<{ subjectId: string }>(event, "events").subjectId);
}

describe("events", () => {
  it.each(["POST", "GET"] as const)("loses nothing when the connection is cut in the middle (by %s)", async (method) => {
    const after = await lastEntry();
    const name = (index: number): string => `cut-${method}-${index}`;
    const query = `subscription { events(after: ${after}) { id type subjectId } }`;
    for (let index = 0; index < 30; index += 1) await note(name(index));
    const first = await readEvents(await listen(query, { method }), (events) => events.length >= 7);
    const last = first.at(-1)?.id ?? "";
    expect(Number(last)).toBe(told<{ id: number }>(first.at(-1) ?? ({} as StreamedEvent), "events").id);
    // What happens while nobody listens.
    for (let index = 30; index < 40; index += 1) await note(name(index));
    const second = readEvents(await listen(query, { method, headers: { "last-event-id": last } }), (events) => events.length >= 60 - first.length);
    for (let index = 40; index < 60; index += 1) await note(name(index));
    expect(subjectsOf([...first, ...(await second)])).toEqual(Array.from({ length: 60 }, (_, index) => name(index)));
  });

  it("begins after the number that it is given, and keeps to the types and the subject asked for", async () => {
    const before = await lastEntry();
    await note("typed");
    await note("other");
    const events = await readEvents(await listen(`subscription { events(after: ${before}, types: [BuildRequested], subject: "typed") { type subjectId } }`), ({ length }) => length >= 1);
    expect(events.map((event) => told(event, "events"))).toEqual([{ type: "BuildRequested", subjectId: "typed" }]);
    const refused = await listen(`subscription { events(after: -1) { id } }`);
    expect(await refused.text()).toContain("request_invalid");
  });
});

describe("buildLog", () => {
  let uuid: string;
  beforeEach(async () => {
    await api.plane.handle.pool.query("truncate builds cascade");
    [uuid = ""] = await insertHistory(api, 1);
    await api.plane.handle.pool.query("update builds set status = 'running', finished_at = null");
  });
  const query = (after: number): string => `subscription { buildLog(id: "${toPublicId("bld", uuid)}", after: ${after}) { line text } }`;

  it("tells every line once over cuts of the connection, and completes with the build", async () => {
    const log = await openBuildLog(api.plane.handle.db, uuid, []);
    const lines: number[] = [];
    const write = async (number: number): Promise<void> => {
      for (let index = 0; index < number; index += 1) log.write("compile", "stdout", `text ${index}`);
      await log.flush();
    };
    await write(700);
    for (let cut = 0; cut < 4; cut += 1) {
      const from = lines.at(-1) ?? 0;
      const events = await readEvents(await listen(query(from)), ({ length }) => length >= 40);
      lines.push(...events.map((event) => told<{ line: number }>(event, "buildLog").line));
      await write(50);
    }
    const rest = readEvents(await listen(query(lines.at(-1) ?? 0)), isOver);
    await write(10);
    await api.plane.handle.pool.query("update builds set status = 'success'");
    const events = await rest;
    lines.push(...events.slice(0, -1).map((event) => told<{ line: number }>(event, "buildLog").line));
    expect(events.at(-1)?.event).toBe("complete");
    // Three lines were there before.
    expect(lines).toEqual(Array.from({ length: 3 + 700 + 200 + 10 }, (_, index) => index + 1));
  });

  it("says what is wrong on the stream", async () => {
    const events = await readEvents(await listen(`subscription { buildLog(id: "bld_x") { line } }`));
    expect(events.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(JSON.stringify(events[0]?.data)).toContain("build_not_found");
    expect(JSON.stringify(events[0]?.data)).not.toContain("http");
  });
});

describe("buildProgress", () => {
  it("tells how a build is now, then every change, until it is over", async () => {
    await api.plane.handle.pool.query("truncate builds cascade");
    const [uuid = ""] = await insertHistory(api, 1);
    const { pool } = api.plane.handle;
    await pool.query("update builds set status = 'running', progress = 10, stage = 'build'");
    const query = `subscription { buildProgress(id: "${toPublicId("bld", uuid)}") { status progress step build { steps { name } } } }`;
    const first = await readEvents(await listen(query), ({ length }) => length >= 1);
    expect(told(first[0] ?? ({} as StreamedEvent), "buildProgress")).toEqual({ status: "running", progress: 10, step: "render", build: { steps: [{ name: "checkout" }, { name: "render" }] } });
    // While nobody listens.
    await pool.query("update builds set progress = 40");
    const finish = async (): Promise<void> => {
      await pool.query(`insert into build_steps (build_id, attempt, position, name, status) values ('${uuid}', 1, 3, 'resolve', 'running')`);
      await pool.query("update builds set status = 'success', progress = 100, stage = 'complete'");
      await note("wakes");
    };
    let finished: Promise<void> | undefined;
    const events = await readEvents(await listen(query), (soFar) => {
      if (soFar.length > 0) finished ??= finish();
      return isOver(soFar);
    });
    await finished;
    const progress = events.slice(0, -1).map((event) => told<{ progress: number; step: string }>(event, "buildProgress"));
    expect([progress[0]?.progress, progress.at(-1)?.progress, progress.at(-1)?.step]).toEqual([40, 100, "resolve"]);
  });
});

describe("a stream", () => {
  it("leaves nothing behind when its reader goes", async () => {
    await eventually(() => expect(api.app.eventStreams.size).toBe(0));
    const response = await listen(`subscription { events(after: ${await lastEntry()}) { id } }`);
    await eventually(() => expect(api.app.eventStreams.size).toBe(1));
    await response.body?.cancel();
    await eventually(() => expect(api.app.eventStreams.size).toBe(0));
  });

  it.each(["*/*", "text/*", "text/html, */*;q=0.8"])("has numbers to go on from, also for who accepts %s", async (accept) => {
    await note("accepted");
    const response = await listen(`subscription { events(after: ${(await lastEntry()) - 1}) { subjectId } }`, { headers: { accept } });
    const [event] = await readEvents(response, ({ length }) => length >= 1);
    expect([response.headers.get("connection"), Number(event?.id)]).toEqual(["close", await lastEntry()]);
  });

  it("comes in no other form, nor does anything else", async () => {
    for (const query of ["subscription { events { id } }", "{ me { name } }"]) {
      const response = await listen(query, { headers: { accept: "multipart/mixed" } });
      expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: "graphql_invalid", hint: expect.stringContaining("Accept") as string })]);
    }
  });

  it("is refused to who may not ask", async () => {
    const response = await listen("subscription { events { id } }", { headers: { authorization: "Bearer unknown-token" } });
    expect([response.status, response.headers.get("content-type")]).toEqual([401, "application/problem+json; charset=utf-8"]);
  });

  it("ends without saying that it is complete when its reader may not listen any more", async () => {
    const made = (await api.ask("POST", "/admin/tokens", { name: "listener", grants: [{ role: "viewer" }] })).json<{ id: string; token: string }>();
    const response = await listen(`subscription { events(after: ${await lastEntry()}) { id } }`, { headers: { authorization: `Bearer ${made.token}` } });
    const reading = readEvents(response);
    await api.plane.handle.pool.query("update tokens set revoked_at = now() where name = 'listener'");
    expect((await reading).map(({ event }) => event)).not.toContain("complete");
  });

  it("does not hold a server that stops, and is not said to be complete", async () => {
    const other = await openTestApi();
    try {
      const address = await other.app.listen({ host: "127.0.0.1", port: 0 });
      const response = await fetch(`${address}/graphql`, { method: "POST", headers: { accept: "text/event-stream", "content-type": "application/json", authorization: `Bearer ${other.token}` }, body: JSON.stringify({ query: "subscription { events { id } }" }) });
      const reading = readEvents(response);
      await eventually(() => expect(other.app.eventStreams.size).toBe(1));
      await other.app.close();
      expect((await reading).map(({ event }) => event)).not.toContain("complete");
    } finally {
      await other.close();
    }
  });
});
