import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { newUuid, toPublicId } from "../database/identifiers.ts";
import { appendJournal } from "../journal/journal.ts";

let api: TestApi;
let count = 0;

/** One more of everything that lists show, newer than all there is. */
async function addOne(): Promise<void> {
  const { db } = api.plane.handle;
  count += 1;
  const id = newUuid();
  const composition = JSON.stringify({ modules: [], defaultEnabled: [] });
  const delta = JSON.stringify({ added: [], removed: [], changed: [] });
  await db.insertInto("builds").values({ id, status: "success", stage: "complete", profile: "monolith", manifestRef: "main", manifestHash: "h", change: "{}", modulesDelta: delta, requestedBy: "ada", reason: "", deployTo: "prod" }).execute();
  const release = `rel_20261121_120000_${String(count).padStart(3, "0")}`;
  await db.insertInto("releases").values({ id: release, status: "superseded", buildId: id, environment: "prod", artifactDigest: "1".repeat(64), surfaces: "[]", manifestHash: "h", sourceCommit: "c", composition }).execute();
  await db.insertInto("deployments").values({ id: newUuid(), status: "success", kind: "deploy", environment: "prod", releaseId: release, buildId: id, steps: "[]", requestedBy: "ada", reason: "" }).execute();
  await appendJournal(db, { actor: "ada", action: "build.requested", subjectType: "build", subjectId: toPublicId("bld", id) });
}

beforeAll(async () => {
  api = await openTestApi();
  for (let number = 0; number < 6; number += 1) await addOne();
});
afterAll(() => api?.close());

/** Every list: its address, and where its items are. */
const lists: readonly (readonly [string, string])[] = [
  ["/admin/builds", "builds"],
  ["/admin/builds?status=success", "builds"],
  ["/admin/builds?manifest_ref=main&deploy_to=prod", "builds"],
  ["/admin/releases", "releases"],
  ["/admin/releases?environment=prod", "releases"],
  ["/admin/environments/prod", "releases"],
  ["/admin/deployments", "deployments"],
  ["/admin/deployments?environment=prod", "deployments"],
  ["/admin/events", "events"],
  ["/admin/events?actor=ada&action=build.requested", "events"],
  ["/admin/catalog", "entries"],
];

interface Page {
  readonly items: readonly string[];
  readonly next: string | null;
}

async function read(path: string, name: string, parameters: Readonly<Record<string, string>>): Promise<Page> {
  const response = await api.ask("GET", `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams(parameters)}`);
  expect(response.statusCode).toBe(200);
  const body = response.json<Record<string, unknown>>();
  const items = (body[name] as readonly { readonly id?: unknown; readonly slug?: string }[]).map(({ id, slug }) => String(id ?? slug));
  return { items, next: body["next_cursor"] as string | null };
}

describe("walked in pages of one while more come in", () => {
  it.each(lists)("%s gives each item once, in order", async (path, name) => {
    const before = (await read(path, name, { limit: "200" })).items;
    expect(before.length).toBeGreaterThanOrEqual(3);
    const walked: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Page = await read(path, name, { limit: "1", ...(cursor !== undefined && { cursor }) });
      expect(page.items).toHaveLength(1);
      walked.push(...page.items);
      cursor = page.next;
      if (walked.length < 4) await addOne();
    }
    expect(walked).toEqual(before);
  });

  it("a log gives each line once", async () => {
    const { db } = api.plane.handle;
    const { id } = await db.selectFrom("builds").select("id").orderBy("id").executeTakeFirstOrThrow();
    const write = (line: number): Promise<unknown> => db.insertInto("buildLogs").values({ buildId: id, line, step: "compile", stream: "stdout", text: `line ${line}` }).execute();
    for (const line of [1, 2, 3]) await write(line);
    const lines: number[] = [];
    for (let after = 0, complete = false; !complete; ) {
      const page = (await api.ask("GET", `/admin/builds/${toPublicId("bld", id)}/logs?limit=1&after=${after}`)).json<{ lines: { line: number }[]; next_after: number; complete: boolean }>();
      lines.push(...page.lines.map(({ line }) => line));
      if (lines.length === 2) await write(4);
      ({ next_after: after, complete } = page);
    }
    expect(lines).toEqual([1, 2, 3, 4]);
  });
});

describe("what is no cursor, and no limit", () => {
  it.each(lists)("%s says so", async (path) => {
    const at = path.split("?")[0] ?? "";
    for (const query of ["cursor=No Such!", "cursor=", "cursor=rel_0", "limit=0", "limit=1000000", "limit=x"]) {
      const response = await api.ask("GET", `${at}?${query.replace(" ", "%20")}`);
      const fits = at === "/admin/catalog" && query === "cursor=rel_0";
      if (!fits) expect([query, response.statusCode, response.json()]).toEqual([query, 400, expect.objectContaining({ code: "request_invalid" })]);
    }
  });

  it("the log's place is a number", async () => {
    const [first] = (await read("/admin/builds", "builds", { limit: "1" })).items;
    for (const query of ["after=x", "after=-1", "limit=0", "limit=5001"]) {
      expect((await api.ask("GET", `/admin/builds/${first ?? ""}/logs?${query}`)).json()).toMatchObject({ status: 400, code: "request_invalid" });
    }
  });
});
