import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import type { Principal } from "../access/principal.ts";
import { noChange } from "../composition/change.ts";
import { newUuid } from "../database/identifiers.ts";
import { requestBuildAs } from "./operations/request-build.ts";
import type { BuildRequestedView } from "./views/build.ts";

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

interface Told {
  readonly action: string;
  readonly actor: string;
  readonly details: Readonly<Record<string, unknown>>;
}

async function journalOf(subject: string): Promise<readonly Told[]> {
  return ((await api.ask("GET", `/admin/events?subject=${subject}`)).json() as { events: Told[] }).events.toReversed();
}

it("lets a token ask in somebody's name, and tells both", async () => {
  const asked = await api.ask("POST", "/admin/builds", { install: ["forum"], requested_by: "admin@rustok", reason: "install forum" });
  const { build_id: id } = asked.json<BuildRequestedView>();
  const joined = await api.ask("POST", "/admin/builds", { install: ["forum"], requested_by: "grace", reason: "me too" });
  expect(joined.json()).toMatchObject({ build_id: id });
  await api.ask("POST", `/admin/builds/${id}/cancel`);
  expect((await api.ask("GET", `/admin/builds/${id}`)).json()).toMatchObject({ requested_by: "admin@rustok", cancel_requested_by: null });
  expect((await journalOf(id)).map(({ action, actor, details }) => [action, actor, details["requested_by"]])).toEqual([
    ["build.requested", "admin", "admin@rustok"],
    ["build.joined", "admin", "grace"],
    ["build.cancelled", "admin", undefined],
  ]);
});

it("names who asks where nobody else is named", async () => {
  const { build_id: id } = (await api.ask("POST", "/admin/builds", { install: ["blog"] })).json<BuildRequestedView>();
  expect((await api.ask("GET", `/admin/builds/${id}`)).json()).toMatchObject({ requested_by: "admin" });
  expect(await journalOf(id)).toMatchObject([{ action: "build.requested", actor: "admin", details: { branch: "main" } }]);
  expect((await journalOf(id))[0]?.details).not.toHaveProperty("requested_by");
});

it("lets a person who is signed in speak for nobody else", async () => {
  const ada: Principal = { kind: "person", id: newUuid(), name: "Ada", grants: [{ environment: null, role: "owner" }] };
  const ask = (requestedBy?: string) => requestBuildAs(api.plane, ada, { change: noChange, reason: "", force: true, requestedBy }, () => Promise.resolve());
  const before = (await journalOf("")).length;
  await expect(ask("Grace")).rejects.toMatchObject({ code: "requester_not_you" });
  expect(await journalOf("")).toHaveLength(before);
  await ask("Ada");
  await ask();
});

it("asks for the right to deploy before it looks whether there is such an environment", async () => {
  const robot: Principal = { kind: "token", id: newUuid(), name: "robot", grants: [{ environment: null, role: "administrator" }, { environment: "prod", role: "viewer" }, { environment: "nowhere", role: "viewer" }] };
  for (const deployTo of ["prod", "nowhere"]) {
    await expect(requestBuildAs(api.plane, robot, { change: noChange, reason: "", force: true, deployTo }, () => Promise.resolve())).rejects.toMatchObject({ code: "forbidden" });
  }
});
