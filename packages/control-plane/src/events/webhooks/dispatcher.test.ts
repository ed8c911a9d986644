import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { databases, openTestDatabase, quiet, type TestDatabase } from "../../../../../test/support/databases.ts";
import { openDirectory } from "../../../../../test/support/directory.ts";
import { eventually } from "../../../../../test/support/eventually.ts";
import { WebhookReceiver } from "../../../../../test/support/webhook-receiver.ts";
import { showEntry } from "../../api/views/journal.ts";
import { newUuid, toPublicId } from "../../database/identifiers.ts";
import { openListener, type Listener } from "../../database/listener.ts";
import { appendJournal, journalChannel, readJournal, type JournalEntry } from "../../journal/journal.ts";
import { addressPolicy } from "./addresses.ts";
import type { Resolve } from "./connector.ts";
import type { WebhookContext } from "./context.ts";
import { listDeliveries, trimDeliveries, type Delivery } from "./deliveries.ts";
import { startWebhooks, type DispatcherOptions } from "./dispatcher.ts";
import { changeWebhook, createWebhook, resend, rotateSecret, type WebhookSettings } from "./manage.ts";
import { provideSecretKey } from "./secret-key.ts";
import { openSender } from "./sender.ts";
import { getWebhook, type WebhookRow } from "./store.ts";

const by = { actor: "ada", reason: "a test" };
/** Three attempts without waiting. */
const pauses = [0, 0];

describe.each(databases)("on $name", (kind) => {
  let database: TestDatabase;
  let listener: Listener;
  let receiver: WebhookReceiver;
  let directory: string;
  let context: WebhookContext;
  const running: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    listener = await openListener(database.connection, [journalChannel], quiet);
    receiver = await WebhookReceiver.start();
    directory = openDirectory("webhooks");
    context = { handle: database.handle, listener, logger: quiet, dataDirectory: directory, webhookPrivate: "all", show: showEntry };
  });
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
    await database.handle.pool.query("delete from webhooks");
  });
  afterAll(async () => {
    receiver?.stop();
    await listener?.stop();
    await database?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function dispatch(options: DispatcherOptions = {}, changes: Partial<WebhookContext> = {}): void {
    running.push(startWebhooks({ ...context, ...changes }, { pauses, ...options }));
  }

  async function make(path: string, settings: Partial<WebhookSettings> = {}): Promise<WebhookRow> {
    const made = await database.handle.db.transaction().execute((trx) => createWebhook(trx, provideSecretKey(context), { url: receiver.url(path), description: "", types: ["BuildRequested"], environments: [], ...settings }, by));
    await receiver.knows(path, made.secret);
    return made.webhook;
  }

  function happen(subjectId: string, entry: Partial<JournalEntry> = {}): Promise<void> {
    return database.handle.db.transaction().execute((trx) => appendJournal(trx, { actor: "ada", action: "build.requested", subjectType: "build", subjectId, ...entry }));
  }

  async function insertBuild(deployTo: string): Promise<string> {
    const id = newUuid();
    const values = { id, status: "success", stage: "complete", profile: "monolith", manifestRef: "main", manifestHash: "", change: "{}", modulesDelta: "{}", requestedBy: "ada", reason: "", deployTo };
    await database.handle.db.insertInto("builds").values(values).execute();
    return toPublicId("bld", id);
  }

  function deliveriesOf({ id }: WebhookRow): Promise<readonly Delivery[]> {
    return listDeliveries(database.handle.db, id, { limit: 1_000 });
  }

  async function settled(webhook: WebhookRow, statuses: readonly string[]): Promise<readonly Delivery[]> {
    return eventually(async () => {
      const deliveries = (await deliveriesOf(webhook)).toReversed();
      expect(deliveries.map(({ status }) => status)).toEqual(statuses);
      return deliveries;
    });
  }

  const subjectsOf = (path: string) => receiver.messages(path).map(({ subject }) => subject);

  it("tells what happens from then on, once and in order, signed for this receiver", async () => {
    await happen("before");
    const webhook = await make("ok/order");
    dispatch();
    const subjects = Array.from({ length: 30 }, (_, index) => `bld_${index}`);
    for (const subject of subjects) await happen(subject);
    const deliveries = await settled(webhook, subjects.map(() => "delivered"));
    expect(subjectsOf("ok/order")).toEqual(subjects);
    const [first] = receiver.messages("ok/order");
    expect(first).toMatchObject({ verified: [true], type: "BuildRequested", method: "POST", contentType: "application/json", id: expect.stringMatching(/^whd_/) });
    expect(deliveries[0]).toMatchObject({ attempts: 1, type: "BuildRequested", history: [{ responseStatus: 200, response: "thank you" }] });
  });

  it("tells what is wanted only", async () => {
    const types = await make("ok/types", { types: ["BuildFailed"] });
    const environments = await make("ok/environments", { types: [], environments: ["prod"] });
    dispatch();
    await happen("bld_failed", { action: "build.failed" });
    await happen("bld_prod", { details: { deployTo: "prod" } });
    const build = await insertBuild("prod");
    await happen(build, { action: "build.succeeded" });
    await happen(await insertBuild("staging"), { action: "build.succeeded" });
    await happen("dpl_staging", { action: "deployment.started", details: { environment: "staging" } });
    await happen("dpl_prod", { action: "deployment.started", details: { environment: "prod" } });
    await happen("prod", { action: "environment.restored", subjectType: "environment" });
    await settled(types, ["delivered"]);
    await settled(environments, ["delivered", "delivered", "delivered", "delivered"]);
    expect(subjectsOf("ok/types")).toEqual(["bld_failed"]);
    expect(subjectsOf("ok/environments")).toEqual(["bld_prod", build, "dpl_prod", "prod"]);
  });

  it("tells of people and tokens only where that is named", async () => {
    const named = await make("ok/people", { types: ["PersonSignedIn", "TokenCreated"] });
    const all = await make("ok/all", { types: [] });
    dispatch();
    await happen("per_1", { action: "person.signed_in", subjectType: "person" });
    await happen("tok_1", { action: "token.created", subjectType: "token" });
    await happen("tok_1", { action: "token.revoked", subjectType: "token" });
    await happen("bld_1");
    await settled(all, ["delivered"]);
    await settled(named, ["delivered", "delivered"]);
    expect([subjectsOf("ok/all"), subjectsOf("ok/people")]).toEqual([["bld_1"], ["per_1", "tok_1"]]);
  });

  it("tries again under the same id, and what comes after goes ahead of it", async () => {
    const webhook = await make("fails-first/2");
    dispatch();
    await happen("bld_again");
    const [delivery] = await settled(webhook, ["delivered"]);
    const messages = receiver.messages("fails-first/2");
    expect(messages.map(({ attempt, verified }) => [attempt, verified])).toEqual([[1, [true]], [2, [true]], [3, [true]]]);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(1);
    expect(delivery?.history.map(({ responseStatus, error }) => [responseStatus, error])).toEqual([[500, "answered 500"], [500, "answered 500"], [204, undefined]]);
    expect(await getWebhook(database.handle.db, webhook.id)).toMatchObject({ failingSince: null });
  });

  it("gives up after the last attempt, and sends again what somebody wants again", async () => {
    const webhook = await make("status/500/dead");
    dispatch();
    await happen("bld_1");
    await happen("bld_2");
    const dead = await settled(webhook, ["dead", "dead"]);
    expect(dead.map(({ attempts }) => attempts)).toEqual([3, 3]);
    expect(await getWebhook(database.handle.db, webhook.id)).toMatchObject({ enabled: true, failingSince: expect.any(Date) });
    await receiver.mend("status/500/dead");
    const { count } = await database.handle.db.transaction().execute((trx) => resend(trx, webhook.id, "dead", by));
    expect(count).toBe(2);
    const delivered = await settled(webhook, ["delivered", "delivered"]);
    expect(delivered.map(({ id }) => id)).toEqual(dead.map(({ id }) => id));
    expect(new Set(receiver.messages("status/500/dead").map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    ["close", "the connection was closed without an answer", null, 60_000],
    ["redirect/ok", "answered 302: redirects are not followed", 302, 60_000],
    ["hang", "no answer in time", null, 400],
  ])("takes %s for a failure", async (path, error, status, timeout) => {
    const webhook = await make(path);
    dispatch({ sender: openSender(addressPolicy("all"), { timeout }) });
    await happen("bld_x");
    const [delivery] = await settled(webhook, ["dead"]);
    expect(delivery?.history.map((each) => [each.error, each.responseStatus ?? null])).toEqual([[error, status], [error, status], [error, status]]);
    expect(receiver.messages("ok/redirected")).toEqual([]);
  });

  it.each(["trickle", "big"])("takes the status of %s for the answer, and keeps a little of its body", async (path) => {
    const webhook = await make(path);
    dispatch({ sender: openSender(addressPolicy("all"), { timeout: 1_000 }) });
    await happen("bld_x");
    const [delivery] = await settled(webhook, ["delivered"]);
    // The last attempt: an answer that a busy machine gives after that second is no answer, and asked for again.
    const { response } = delivery?.history.at(-1) ?? {};
    expect(response?.length).toBeLessThanOrEqual(2_048);
    expect(response).toMatch(/^(the end never comes|x{2048})$/);
  });

  it("leaves a receiver alone for as long as it asks", async () => {
    const webhook = await make("later/3600");
    dispatch();
    await happen("bld_1");
    await eventually(async () => expect((await getWebhook(database.handle.db, webhook.id)).pausedUntil).not.toBeNull());
    await happen("bld_2");
    await settled(webhook, ["pending", "pending"]);
    const { pausedUntil } = await getWebhook(database.handle.db, webhook.id);
    expect(Number(pausedUntil) - Date.now()).toBeGreaterThan(3_000_000);
    // The pause over, all of it is sent, beginning with what was not tried yet.
    await receiver.mend("later/3600");
    await database.handle.pool.query("update webhooks set paused_until = now(); update webhook_deliveries set next_at = now()");
    await settled(webhook, ["delivered", "delivered"]);
    expect(subjectsOf("later/3600")).toEqual(["bld_1", "bld_1", "bld_2"]);
  });

  it("switches a webhook off whose receiver is gone, and tells why", async () => {
    const webhook = await make("status/410");
    dispatch();
    await happen("bld_1");
    await settled(webhook, ["dead"]);
    expect(await getWebhook(database.handle.db, webhook.id)).toMatchObject({ enabled: false, disabledReason: expect.stringContaining("410") });
    const entries = await readJournal(database.handle.db, { limit: 1_000, actions: ["webhook.disabled"] });
    expect(entries.at(-1)).toMatchObject({ actor: "modyard", reason: expect.stringContaining("410"), details: { receiver: new URL(receiver.url("")).origin } });
    await happen("bld_2");
    await expect(database.handle.db.transaction().execute((trx) => resend(trx, webhook.id, "dead", by))).rejects.toThrow("switched off");
    // Switched on again it hears of what happens from then on.
    await receiver.mend("status/410");
    await database.handle.db.transaction().execute((trx) => changeWebhook(trx, webhook.id, { enabled: true }, by));
    await happen("bld_3");
    await eventually(() => expect(subjectsOf("status/410").at(-1)).toBe("bld_3"));
    expect(subjectsOf("status/410")).not.toContain("bld_2");
  });

  it("switches a webhook off after days of nothing but failures", async () => {
    const webhook = await make("status/503/days");
    await database.handle.pool.query("update webhooks set failing_since = now() - interval '5 days 1 minute'");
    dispatch({ pauses: [3_600_000] });
    await happen("bld_1");
    await eventually(async () => expect(await getWebhook(database.handle.db, webhook.id)).toMatchObject({ enabled: false, disabledReason: expect.stringContaining("nothing but failures since") }));
    await settled(webhook, ["pending"]);
  });

  it("signs by both secrets while one is being changed, and by the new one alone at once when it must be", async () => {
    const webhook = await make("ok/rotated");
    const rotate = async (hours: number): Promise<void> => receiver.knows("ok/rotated", (await database.handle.db.transaction().execute((trx) => rotateSecret(trx, provideSecretKey(context), webhook.id, hours, by))).secret);
    await rotate(24);
    dispatch();
    await happen("bld_1");
    await eventually(() => expect(receiver.messages("ok/rotated").find(({ subject }) => subject === "bld_1")?.verified).toEqual([true, true]));
    await rotate(0);
    await happen("bld_2");
    await eventually(() => expect(receiver.messages("ok/rotated").find(({ subject }) => subject === "bld_2")?.verified).toEqual([false, false, true]));
  });

  it("connects to no private address, whatever a name says and however often it says something else", async () => {
    const asked: string[] = [];
    const resolve: Resolve = (hostname, _options, callback) => {
      asked.push(hostname);
      callback(null, [{ address: "127.0.0.1", family: 4 }, { address: "::ffff:127.0.0.1", family: 6 }]);
    };
    const named = await make("ok/named", { url: receiver.url("ok/named", "rebinding.example") });
    const literal = await make("ok/literal");
    const mapped = await make("ok/mapped", { url: receiver.url("ok/mapped", "[::ffff:127.0.0.1]") });
    dispatch({ sender: openSender(addressPolicy(["10.0.0.0/8"]), { resolve }) });
    await happen("bld_1");
    for (const webhook of [named, literal, mapped]) {
      const [delivery] = await settled(webhook, ["dead"]);
      expect(delivery?.history[0]?.error).toContain("MODYARD_WEBHOOK_PRIVATE");
    }
    expect([...new Set(asked)]).toEqual(["rebinding.example"]);
    expect(["ok/named", "ok/literal", "ok/mapped"].flatMap((path) => receiver.messages(path))).toEqual([]);
  });

  it("connects to the private address that a name has where that network is allowed, by one look-up", async () => {
    let looks = 0;
    const resolve: Resolve = (_hostname, _options, callback) => {
      looks += 1;
      // The second look would say another address: it must not be asked for.
      callback(null, [{ address: looks === 1 ? "127.0.0.1" : "10.255.255.1", family: 4 }]);
    };
    const webhook = await make("ok/allowed", { url: receiver.url("ok/allowed", "receiver.example") });
    dispatch({ sender: openSender(addressPolicy(["127.0.0.0/8"]), { resolve }) });
    await happen("bld_1");
    await settled(webhook, ["delivered"]);
    expect([looks, subjectsOf("ok/allowed")]).toEqual([1, ["bld_1"]]);
  });

  it("is done by one process at a time: two send nothing twice and in order", async () => {
    const webhook = await make("ok/two");
    dispatch();
    dispatch();
    const subjects = Array.from({ length: 60 }, (_, index) => `bld_${index}`);
    for (const subject of subjects) await happen(subject);
    await settled(webhook, subjects.map(() => "delivered"));
    expect(subjectsOf("ok/two")).toEqual(subjects);
  });

  it("does not let one that hangs hold up the others", async () => {
    await make("hang/slow");
    const webhook = await make("ok/quick");
    dispatch();
    await happen("bld_1");
    await happen("bld_2");
    await settled(webhook, ["delivered", "delivered"]);
    expect(receiver.messages("hang/slow")).toHaveLength(1);
  });

  it("keeps secrets sealed, and leaves to others what their key sealed", async () => {
    const webhook = await make("ok/sealed");
    const { rows } = await database.handle.pool.query("select * from webhooks");
    expect(JSON.stringify(rows)).not.toContain("whsec_");
    dispatch({}, { webhookKey: "of another machine, with another data directory" });
    await happen("bld_1");
    const other = await make("ok/own");
    dispatch();
    await happen("bld_2");
    await settled(other, ["delivered"]);
    await settled(webhook, ["delivered", "delivered"]);
    expect(receiver.messages("ok/sealed").map(({ verified }) => verified)).toEqual([[true], [true]]);
  });

  it("removes what is old, and keeps what waits", async () => {
    const webhook = await make("later/7200");
    dispatch();
    for (let number = 0; number < 4; number += 1) await happen(`bld_${number}`);
    await settled(webhook, ["pending", "pending", "pending", "pending"]);
    await database.handle.pool.query(
      `update webhook_deliveries set status = case entry_id % 2 when 0 then 'dead' else 'delivered' end, finished_at = now() - case when entry_id % 4 < 2 then interval '31 days' else interval '1 day' end
       where id in (select id from webhook_deliveries order by entry_id limit 3)`,
    );
    await trimDeliveries(database.handle.db);
    const left = await deliveriesOf(webhook);
    expect(left.every(({ finishedAt }) => finishedAt === null || Date.now() - finishedAt.getTime() < 2 * 86_400_000)).toBe(true);
    expect(left.filter(({ status }) => status === "pending")).toHaveLength(1);
    expect(left.length).toBeLessThan(4);
  });
});
