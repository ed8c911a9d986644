import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { storedPrincipal } from "../../packages/control-plane/src/access/hand.ts";
import { toUuid } from "../../packages/control-plane/src/database/identifiers.ts";
import { rejectDeployment } from "../../packages/control-plane/src/deployment/end-waiting.ts";
import { settleBranch, settleBranches } from "../../packages/control-plane/src/deployment/settle-branch.ts";
import { commitTakingBack, findChange } from "../../packages/control-plane/src/deployment/take-back.ts";
import { getDeployment } from "../../packages/control-plane/src/deployment/store.ts";
import { ApprovalDesk, type Hand } from "../support/approval-desk.ts";
import { hostGit } from "../support/host-git.ts";

let desk: ApprovalDesk;
let ada: Hand;
let bob: Hand;
beforeAll(async () => {
  desk = await ApprovalDesk.open();
  [ada, bob] = [await desk.token("ada", "administrator"), await desk.token("bob", "administrator")];
});
afterAll(() => desk?.close());
beforeEach(async () => {
  await desk.clear();
  await desk.protect();
});

const git = (...args: readonly string[]): Promise<string> => hostGit(desk.api.plane.config.host, ...args);
const tip = (): Promise<string> => git("rev-parse", "main");
const treeOf = (commit: string): Promise<string> => git("rev-parse", `${commit}^{tree}`);

async function commitToHost(text: string): Promise<string> {
  await appendFile(join(desk.api.plane.config.host, "modules.toml"), `# ${text}\n`);
  await git("commit", "--quiet", "--all", "--message", text);
  return tip();
}

/** A change that landed to be deployed, and its deployment that waits. */
async function land(values: Readonly<Record<string, unknown>> = {}) {
  const before = await tip();
  const landed = await commitToHost("the change");
  const build = await desk.build({ sourceCommit: before, resultCommit: landed, deployTo: "prod", ...values });
  const { id } = await desk.deploy(ada, build);
  return { before, landed, build, id };
}

const branchOf = async (id: string) => (await desk.deployment(id)).approval?.branch;
const hintOf = async (id: string) => (await desk.deployment(id)).error?.problems[0]?.hint;
const told = async (action: string) => desk.api.plane.handle.db.selectFrom("journal").select(["reason", "details"]).where("action", "=", action).orderBy("id", "desc").limit(1).executeTakeFirst();

describe("the change of a deployment that was not approved", () => {
  test.each(["reject", "withdraw"] as const)("is taken back from the branch after a %s", async (decision) => {
    const { before, landed, id } = await land();
    await desk.decide(decision === "reject" ? bob : ada, decision, id, { reason: "no" });
    expect([await treeOf("main"), await git("rev-parse", "main^")]).toEqual([await treeOf(before), landed]);
    expect(await git("log", "-1", "--format=%s")).toBe("modules: take back what was not approved for prod");
    expect(await branchOf(id)).toBe("taken_back");
    expect(await hintOf(id)).toContain("taken back from main");
    expect((await told("composition.taken_back"))?.details).toMatchObject({ commit: await tip() });
  });

  test("stays when others built on it, and the deployment and the journal say so", async () => {
    const { id } = await land();
    const later = await commitToHost("somebody's own");
    await desk.decide(bob, "reject", id);
    expect([await tip(), await branchOf(id)]).toEqual([later, "kept"]);
    expect(await hintOf(id)).toContain("stays in main");
    expect((await told("composition.kept"))?.reason).toContain("other commits");
  });

  test("stays when it runs elsewhere, or waits once more", async () => {
    const { build, landed, id } = await land();
    const another = await desk.deploy(ada, build);
    await desk.decide(bob, "reject", id);
    expect([await tip(), await branchOf(id)]).toEqual([landed, "kept"]);
    await desk.decide(bob, "reject", another.id);
    expect(await branchOf(another.id)).toBe("taken_back");
  });

  test("stays without a word when it was built for its own sake", async () => {
    const { landed, id } = await land({ deployTo: null });
    await desk.decide(bob, "reject", id);
    expect([await tip(), await branchOf(id)]).toEqual([landed, null]);
  });

  test("is gone with a branch that somebody deleted", async () => {
    const { landed, id } = await land({ manifestRef: "deleted" });
    await desk.decide(bob, "reject", id);
    expect([await tip(), await branchOf(id)]).toEqual([landed, null]);
  });

  test("is taken back by the recovery when the process died after the decision, and once only", async () => {
    const { before, id } = await land();
    const { plane } = desk.api;
    await rejectDeployment(plane.handle, { id, by: await storedPrincipal(plane.handle.db, bob.principal), reason: "no" }, () => Promise.resolve());
    expect(await branchOf(id)).toBe("pending");
    await Promise.all([settleBranches(plane), settleBranches(plane)]);
    expect([await branchOf(id), await treeOf("main")]).toEqual(["taken_back", await treeOf(before)]);
    const done = await tip();
    await settleBranches(plane);
    expect(await tip()).toBe(done);
  });

  test("is known to be taken back when the process died before it could say so", async () => {
    const { id } = await land();
    const { plane } = desk.api;
    await rejectDeployment(plane.handle, { id, by: await storedPrincipal(plane.handle.db, bob.principal), reason: "no" }, () => Promise.resolve());
    const found = await findChange(plane, plane.handle.db, await getDeployment(plane.handle.db, id));
    await plane.repository.land(await commitTakingBack(plane, found ?? expect.unreachable(), "take back", "no"), "main");
    const done = await tip();
    await settleBranch(plane, toUuid("dpl", id) ?? "");
    expect([await branchOf(id), await tip()]).toEqual(["taken_back", done]);
  });

  test("stays, with the reason, when the host's repository refuses", async () => {
    const { landed, id } = await land();
    await appendFile(join(desk.api.plane.config.host, "modules.toml"), "# not committed\n");
    await desk.decide(bob, "reject", id);
    expect([await tip(), await branchOf(id)]).toEqual([landed, "kept"]);
    expect(await hintOf(id)).toContain("refused");
    await git("checkout", "--quiet", "--", ".");
  });
});
