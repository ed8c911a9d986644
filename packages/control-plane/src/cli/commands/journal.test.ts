import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { startModyard, type RunningCommand } from "../../../../../test/support/modyard.ts";
import { appendJournal } from "../../journal/journal.ts";

let api: TestApi;
let url: string;

beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => api.close());

async function note(subjectId: string): Promise<void> {
  await api.plane.handle.db.transaction().execute((trx) => appendJournal(trx, { actor: "test", action: "build.requested", subjectType: "build", subjectId }));
}

/** In the journal's own order the first of these comes after the second, whose number is the greater one. */
async function noteLate(late: string, early: string): Promise<void> {
  await api.plane.handle.db.transaction().execute(async (slow) => {
    await appendJournal(slow, { actor: "test", action: "build.requested", subjectType: "build", subjectId: late });
    await note(early);
  });
}

function follow(...args: readonly string[]): RunningCommand {
  return startModyard(["journal", "-f", ...args], { cwd: process.cwd(), env: { MODYARD_URL: url, MODYARD_TOKEN: api.token } });
}

/** What the command told of these builds until it was interrupted. */
async function toldBy(command: RunningCommand): Promise<readonly string[]> {
  command.interrupt();
  const { stdout } = await command.done;
  return stdout.match(/bld_\w+/g) ?? [];
}

it("tells no entry twice whose transaction ended after that of a later one, before or after it began to follow", async () => {
  await noteLate("bld_late", "bld_early");
  const command = follow("--limit", "2");
  await command.wrote("bld_early");
  await noteLate("bld_later", "bld_next");
  await command.wrote("bld_later");
  expect((await toldBy(command)).toSorted()).toEqual(["bld_early", "bld_late", "bld_later", "bld_next"]);
});

it("follows one subject, also one of which nothing is told yet", async () => {
  await note("bld_other");
  const command = follow("--subject", "bld_wanted");
  await note("bld_wanted");
  await command.wrote("bld_wanted");
  expect(await toldBy(command)).toEqual(["bld_wanted"]);
});
