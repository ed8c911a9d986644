import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openTestApi, type TestApi } from "../../../../test/support/api.ts";
import { WebhookReceiver } from "../../../../test/support/webhook-receiver.ts";
import { readJournal } from "../journal/journal.ts";
import { deliveriesView, deliveryView, webhookSecretView, webhookView } from "./views/webhook.ts";

let api: TestApi;
let receiver: WebhookReceiver;

beforeAll(async () => {
  [api, receiver] = await Promise.all([openTestApi(undefined, { MODYARD_WEBHOOK_PRIVATE: "127.0.0.0/8" }), WebhookReceiver.start()]);
});
afterAll(async () => {
  receiver?.stop();
  await api?.close();
});

async function make(path: string, more: Readonly<Record<string, unknown>> = {}) {
  const answer = await api.ask("POST", "/admin/webhooks", { url: receiver.url(path), reason: "for a test", ...more });
  expect([answer.statusCode, answer.headers["cache-control"]]).toEqual([201, "no-store"]);
  return webhookSecretView.extend({ secret: z.string() }).parse(answer.json());
}

async function refusal(method: "POST" | "PATCH", url: string, body: unknown): Promise<readonly unknown[]> {
  const answer = await api.ask(method, url, body);
  return [answer.statusCode, z.object({ code: z.string() }).parse(answer.json()).code];
}

describe("a webhook", () => {
  it("is made with a secret that is told this once, and nowhere else", async () => {
    const key = { "idempotency-key": "made-once" };
    const body = { url: receiver.url("ok/once/hidden-path"), types: ["BuildCompleted"], environments: ["prod"] };
    const first = webhookSecretView.parse((await api.ask("POST", "/admin/webhooks", body, key)).json());
    expect(first).toMatchObject({ enabled: true, types: ["BuildCompleted"], environments: ["prod"], secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/), created_by: "admin" });
    const repeated = await api.ask("POST", "/admin/webhooks", body, key);
    expect(repeated.json()).toEqual({ ...first, secret: null });
    const secret = first.secret ?? "";
    const { rows } = await api.plane.handle.pool.query("select * from webhooks w, idempotency_keys k");
    const journal = await readJournal(api.plane.handle.db, { limit: 1_000 });
    const shown = [(await api.ask("GET", "/admin/webhooks")).body, (await api.ask("GET", `/admin/webhooks/${first.id}`)).body];
    expect(JSON.stringify([rows, journal, shown, api.logged()])).not.toContain(secret.slice("whsec_".length, -1));
    expect(JSON.stringify([journal, api.logged()])).not.toContain("hidden-path");
    expect(journal.at(-1)).toMatchObject({ action: "webhook.created", subjectId: first.id, details: { receiver: new URL(body.url).origin, types: ["BuildCompleted"] } });
  });

  it.each([
    ["no address", "not a url"],
    ["another protocol", "ftp://example.org/x"],
    ["a file", "file:///etc/passwd"],
    ["a password in it", "https://ada:secret@example.org/"],
    ["the cloud's metadata", "http://169.254.169.254/latest/meta-data"],
    ["a private address", "https://10.0.0.1/"],
    ["loopback as IPv6", "https://[::1]/"],
    ["IPv4 in IPv6", "https://[::ffff:10.0.0.1]/"],
    ["an address as a number", "https://0xa000001/"],
  ])("is refused with %s, without a word of it in the answer or the log", async (_what, url) => {
    const answer = await api.ask("POST", "/admin/webhooks", { url });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, "webhook_url_refused"]);
    expect(answer.body + api.logged()).not.toContain("ada:secret");
  });

  it("is refused with types and fields that there are not", async () => {
    const url = receiver.url("ok");
    expect(await refusal("POST", "/admin/webhooks", { url, types: ["BuildExploded"] })).toEqual([400, "request_invalid"]);
    expect(await refusal("POST", "/admin/webhooks", { url, types: ["BuildProgress"] })).toEqual([400, "request_invalid"]);
    expect(await refusal("POST", "/admin/webhooks", { url, secret: "mine" })).toEqual([400, "request_invalid"]);
    expect(await refusal("PATCH", "/admin/webhooks/whk_x", {})).toEqual([404, "webhook_not_found"]);
  });

  it("is changed, switched off and on, and removed, and the journal tells each", async () => {
    const { id } = await make("ok/changed");
    const off = await api.ask("PATCH", `/admin/webhooks/${id}`, { enabled: false, description: "for the chat", reason: "too loud" });
    expect(off.json()).toMatchObject({ enabled: false, description: "for the chat", disabled_reason: "switched off by admin" });
    expect(await refusal("POST", `/admin/webhooks/${id}/resend-dead`, {})).toEqual([409, "webhook_disabled"]);
    expect(webhookView.parse((await api.ask("PATCH", `/admin/webhooks/${id}`, { enabled: true })).json()).disabled_reason).toBeNull();
    expect((await api.ask("DELETE", `/admin/webhooks/${id}?reason=done`)).statusCode).toBe(200);
    expect((await api.ask("GET", `/admin/webhooks/${id}`)).statusCode).toBe(404);
    const told = (await readJournal(api.plane.handle.db, { limit: 1_000, subjectId: id })).map(({ action, reason }) => `${action}: ${reason}`);
    expect(told).toEqual(["webhook.created: for a test", "webhook.changed: too loud", "webhook.changed: ", "webhook.deleted: done"]);
  });

  it("is tested at once, and what came back is told", async () => {
    const { id, secret } = await make("ok/tested");
    await receiver.knows("ok/tested", secret);
    const delivery = deliveryView.parse((await api.ask("POST", `/admin/webhooks/${id}/test`)).json());
    expect(delivery).toMatchObject({ status: "delivered", type: "WebhookTested", attempts: 1, history: [{ response_status: 200, response: "thank you", error: null }] });
    expect(receiver.messages("ok/tested")).toMatchObject([{ id: delivery.id, verified: [true], type: "WebhookTested", subject: id, entry: delivery.event_id }]);
    const failing = await make("status/500/tested");
    const failed = deliveryView.parse((await api.ask("POST", `/admin/webhooks/${failing.id}/test`)).json());
    expect(failed).toMatchObject({ status: "dead", history: [{ response_status: 500, response: "no", error: "answered 500" }] });
    // What was a test only is not sent again with the rest; by itself it is.
    expect((await api.ask("POST", `/admin/webhooks/${failing.id}/resend-dead`)).json()).toEqual({ resent: 0 });
    expect((await api.ask("POST", `/admin/webhooks/${failing.id}/deliveries/${failed.id}/resend`)).json()).toEqual({ resent: 1 });
    expect(await refusal("POST", `/admin/webhooks/${failing.id}/deliveries/${failed.id}/resend`, {})).toEqual([409, "webhook_delivery_pending"]);
    const page = deliveriesView.parse((await api.ask("GET", `/admin/webhooks/${failing.id}/deliveries?status=pending`)).json());
    expect(page).toMatchObject({ deliveries: [{ id: failed.id, status: "pending", next_at: expect.any(String) }], next_cursor: null });
  });

  it("gets a new secret, which is told this once; a server without its key says what to do", async () => {
    const { id, secret } = await make("ok/rotated");
    await receiver.knows("ok/rotated", secret);
    const rotated = webhookSecretView.parse((await api.ask("POST", `/admin/webhooks/${id}/rotate-secret`, { overlap_hours: 1 })).json());
    expect([rotated.secret === secret, rotated.former_secret_until]).toEqual([false, expect.any(String)]);
    await receiver.knows("ok/rotated", rotated.secret ?? "");
    await api.ask("POST", `/admin/webhooks/${id}/test`);
    expect(receiver.messages("ok/rotated").map(({ verified }) => verified)).toEqual([[true, true]]);
    rmSync(`${api.plane.config.dataDirectory}/webhook-key`);
    await make("ok/with-a-new-key");
    expect(await refusal("POST", `/admin/webhooks/${id}/test`, {})).toEqual([409, "webhook_key_missing"]);
    const anew = await api.ask("POST", `/admin/webhooks/${id}/rotate-secret`);
    expect(webhookSecretView.parse(anew.json()).former_secret_until).toBeNull();
    expect((await api.ask("POST", `/admin/webhooks/${id}/test`)).json()).toMatchObject({ status: "delivered" });
  });
});
