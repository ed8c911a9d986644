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

/** Lists of the work: their addresses, and where their items are. Those of people, tokens and webhooks are walked where these are tested. */
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

/** Answers with many of something that are no list to turn over, each for its reason. Whoever adds one decides it here. */
const whole: Readonly<Record<string, string>> = {
  "/admin/builds/{id}/logs": "its lines have numbers: `after`, tested below",
  "/admin/journal/chain": "its links have positions: `after`",
  "/admin/journal/verdict": "the first problems of one verdict, and whether there are more",
  "/admin/journal/verification": "what one verification needs",
  "/admin/modules": "one composition: its order is its meaning",
  "/admin/permissions": "one table",
  "/admin/registry/checks": "one answer for each slug that was asked about",
  "/admin/registry/packages": "the best of what a registry found",
  "/admin/retention": "one plan",
  "/admin/settings": "one server's settings",
};

type Schema = Readonly<Record<string, unknown>> & { readonly properties?: Readonly<Record<string, { readonly type?: string }>> };
interface Operation {
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>;
}

/** What a GET answers with many of, by its address: those that say of themselves one thing are left out. */
function listsDescribed(): ReadonlyMap<string, { readonly parameters: readonly string[]; readonly properties: readonly string[] }> {
  const { paths } = api.app.swagger() as unknown as { readonly paths: Readonly<Record<string, { readonly get?: Operation }>> };
  const found = Object.entries(paths).flatMap(([path, { get }]) => {
    const schema = get?.responses["200"]?.content?.["application/json"]?.schema;
    const properties = schema?.["$ref"] === undefined ? Object.entries(schema?.properties ?? {}) : [];
    return path.startsWith("/admin/") && properties.some(([, { type }]) => type === "array") ? [[path, { parameters: (get?.parameters ?? []).map(({ name }) => name), properties: properties.map(([name]) => name) }] as const] : [];
  });
  return new Map(found);
}

it("every list pages by cursor, or is named with its reason", () => {
  const described = listsDescribed();
  const pages = [...described].filter(([, { parameters, properties }]) => parameters.includes("cursor") && parameters.includes("limit") && properties.includes("next_cursor")).map(([path]) => path);
  expect(pages.length).toBeGreaterThan(10);
  const others = [...described.keys()].filter((path) => !pages.includes(path));
  expect(others.toSorted()).toEqual(Object.keys(whole).filter((path) => described.has(path)).toSorted());
});

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

describe("lists that are there as a whole", () => {
  it("leases, oldest first; a cursor that names nothing is refused", async () => {
    const { db } = api.plane.handle;
    const rows = Array.from({ length: 3 }, (_, index) => ({ id: newUuid(), status: "running", stage: "build", profile: "monolith", manifestRef: `branch-${index}`, manifestHash: "h", change: "{}", modulesDelta: "{}", requestedBy: "ada", reason: "", leaseHolder: "one", leaseTakenAt: new Date(2026, 0, 1 + index), leaseExpiresAt: new Date(2099, 0, 1) }));
    await db.insertInto("builds").values(rows).execute();
    const walked: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: { leases: { subject_id: string }[]; next_cursor: string | null } = (await api.ask("GET", `/admin/leases?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`)).json();
      walked.push(...page.leases.map(({ subject_id: id }) => id));
      cursor = page.next_cursor;
    }
    await db.deleteFrom("builds").where("status", "=", "running").execute();
    expect(walked).toEqual(rows.map(({ id }) => toPublicId("bld", id)));
    for (const path of ["/admin/leases", "/admin/environments"]) expect([path, (await api.ask("GET", `${path}?cursor=none`)).json()]).toEqual([path, expect.objectContaining({ status: 400, code: "request_invalid" })]);
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
