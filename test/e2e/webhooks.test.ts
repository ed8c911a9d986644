import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deliveriesView, webhookSecretView, webhookView, type DeliveryView } from "../../packages/control-plane/src/api/views/webhook.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { startModyard } from "../support/modyard.ts";
import { until } from "../support/rest-client.ts";
import { WebhookReceiver } from "../support/webhook-receiver.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

let plane: TestControlPlane;
let receiver: WebhookReceiver;
let workers: TestWorker[] = [];

beforeAll(async () => {
  [plane, receiver] = await Promise.all([TestControlPlane.open({ env: { MODYARD_WEBHOOK_PRIVATE: "1" } }), WebhookReceiver.start()]);
});
afterEach(async () => {
  for (const worker of workers) worker.signal("SIGKILL");
  await Promise.all(workers.map(({ ended }) => ended));
  workers = [];
});
afterAll(async () => {
  receiver?.stop();
  await plane?.close();
});

async function startWorker(): Promise<TestWorker> {
  const worker = await startTestWorker(["--host-repo", plane.host, "--data", plane.data], { MODYARD_WEBHOOK_PRIVATE: "1" });
  workers.push(worker);
  return worker;
}

async function make(path: string, types: readonly string[]): Promise<string> {
  const { id, secret } = await plane.api.post("/webhooks", { url: receiver.url(path), types }, webhookSecretView);
  await receiver.knows(path, secret ?? "");
  return id;
}

/** Another webhook, switched off, whose changes are events. */
let bell: string | undefined;
async function ring(times: number): Promise<void> {
  bell ??= (await plane.api.post("/webhooks", { url: receiver.url("ok/bell"), types: ["BuildFailed"] }, webhookSecretView)).id;
  for (let number = 0; number < times; number += 1) await plane.api.raw("PATCH", `/webhooks/${bell}`, { description: String(number) });
}

const deliveries = async (id: string): Promise<readonly DeliveryView[]> => (await plane.api.get(`/webhooks/${id}/deliveries?limit=200`, deliveriesView)).deliveries.toReversed();

const changes = async (): Promise<readonly number[]> => (await plane.api.journal()).filter(({ action, subject_id: subject }) => action === "webhook.changed" && subject === bell).map(({ id }) => id);

const allDelivered = (some: readonly DeliveryView[]) => some.every(({ status }) => status === "delivered");

const run = async (...args: readonly string[]) => startModyard(["webhooks", ...args], { cwd: plane.root, env: { MODYARD_URL: plane.url, MODYARD_TOKEN: plane.token } }).done;

test("by the command line", async () => {
  const added = await run("add", receiver.url("status/500/cli"), "--types", "BuildFailed", "--environments", "prod", "--json");
  const { id } = webhookSecretView.parse(JSON.parse(added.stdout));
  expect((await run()).stdout).toMatch(new RegExp(`${id} +on +0/0 .*BuildFailed of prod`));
  expect(await run("test", id)).toMatchObject({ code: 1, stdout: expect.stringMatching(/dead +WebhookTested whd_\w+\n.*answered 500 after \d+ ms/) });
  expect((await run("rotate-secret", id, "--overlap-hours", "0")).stdout).toMatch(/secret whsec_/);
  expect((await run("resend", id, "--dead")).stdout).toContain("0 to be sent again");
  expect(await run("resend", id)).toMatchObject({ code: 2 });
  expect((await run("disable", id, "--reason", "too loud")).stdout).toContain("is off");
  expect((await run("deliveries", id, "--status", "dead")).stdout).toContain("WebhookTested");
  expect((await run("remove", id)).stdout).toContain("was removed");
  expect(await run("test", id)).toMatchObject({ code: 1, stderr: expect.stringContaining("webhook_not_found") });
});

test("a server and a worker send everything once and in order", async () => {
  const id = await make("ok/two", ["WebhookChanged"]);
  await startWorker();
  await ring(20);
  await until("20 deliveries", () => deliveries(id), (some) => some.length === 20 && allDelivered(some));
  expect(receiver.messages("ok/two").map(({ entry }) => entry)).toEqual(await changes());
  expect(receiver.messages("ok/two").every(({ verified }) => verified.length === 1 && verified[0] === true)).toBe(true);
});

test("whoever is killed while it sends, everything arrives, under the same id when it arrives twice", async () => {
  const before = (await changes()).length;
  const hanging = await make("hang/killed", ["WebhookChanged"]);
  const id = await make("ok/killed", ["WebhookChanged"]);
  for (let round = 0; round < 2; round += 1) {
    const worker = await startWorker();
    await ring(5);
    // Something is under way just now, for one receiver never answers.
    await until("an attempt", () => Promise.resolve(receiver.messages("hang/killed").length), (count) => count > round);
    worker.signal("SIGKILL");
    await plane.end("SIGKILL");
    await plane.start();
    await ring(5);
  }
  await receiver.mend("hang/killed");
  const wanted = (await changes()).slice(before);
  for (const [path, webhook] of [["ok/killed", id], ["hang/killed", hanging]] as const) {
    await until(`everything for ${path}`, () => deliveries(webhook), (some) => some.length === wanted.length && allDelivered(some));
    const messages = receiver.messages(path);
    expect(new Set(messages.map(({ entry }) => entry))).toEqual(new Set(wanted));
    const idsOfEntries = new Set(messages.map(({ id: message, entry }) => `${entry} ${message}`));
    expect(idsOfEntries.size).toBe(wanted.length);
  }
});

test("deliveries go on where a stop cut them off, and what the receiver heard is not told as failed", async () => {
  const id = await make("hang/stopped", ["WebhookChanged"]);
  await ring(1);
  await until("an attempt", () => Promise.resolve(receiver.messages("hang/stopped").length), (count) => count > 0);
  await plane.end("SIGTERM");
  await receiver.mend("hang/stopped");
  await plane.start();
  const [delivery] = await until("the delivery", () => deliveries(id), (some) => some.length === 1 && allDelivered(some));
  expect(delivery?.attempts).toBe(1);
  expect(await plane.api.get(`/webhooks/${id}`, webhookView)).toMatchObject({ enabled: true, failing_since: null, deliveries: { pending: 0, delivered: 1, dead: 0 } });
});
