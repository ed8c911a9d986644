import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumBrowser, comeIn, openBrowser, type Visitor } from "../support/browser.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { isThere } from "../support/requirement.ts";
import { WebhookReceiver } from "../support/webhook-receiver.ts";
import { settled } from "./support/look.ts";

/** Adds a webhook; resolves with its secret. */
const addWebhook = async (page: Page, url: string): Promise<string> => {
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a webhook" });
  await dialog.getByLabel("Address").fill(url);
  await dialog.getByLabel("What it is for").fill("tells the chat");
  await dialog.getByRole("button", { name: "Add a webhook" }).click();
  const secret = await dialog.getByLabel("The secret that deliveries are signed with.").inputValue();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await dialog.waitFor({ state: "detached" });
  return secret;
};

/** What owners set: who is told of what, how environments are guarded, what is kept. */
describe.runIf(isThere(chromiumBrowser))("settings", () => {
  let plane: TestControlPlane;
  let browser: Browser;
  let receiver: WebhookReceiver;
  let ada: Visitor;
  beforeAll(async () => {
    [plane, browser, receiver] = await Promise.all([TestControlPlane.open({ deployed: true, env: { MODYARD_WEBHOOK_PRIVATE: "1" } }), openBrowser(), WebhookReceiver.start()]);
    ada = await comeIn(plane, browser, "Ada", [{ environment: null, role: "owner" }]);
  });
  afterAll(async () => {
    receiver?.stop();
    await browser?.close();
    await plane?.close();
  });

  const settings = async (): Promise<Page> => {
    await ada.page.goto(`${plane.url}/settings`);
    await settled(ada.page);
    return ada.page;
  };
  test("an environment is guarded and let go again: who did it stands there and in the journal", async () => {
    const page = await settings();
    const guard = page.getByRole("checkbox", { name: /^prod: a second person approves/ });
    expect(await guard.isChecked()).toBe(false);
    await guard.click();
    await page.getByText(/^by Ada/).waitFor();
    expect(await guard.isChecked()).toBe(true);
    await page.goto(`${plane.url}/environments`);
    await page.getByText("Needs approval").waitFor();
    await settings();
    await guard.and(page.locator(":checked")).click();
    await guard.and(page.locator(":not(:checked)")).waitFor();
    await page.goto(`${plane.url}/journal?action=environment.settings_changed`);
    await settled(page);
    expect(await page.getByRole("main").getByRole("listitem").count()).toBe(2);
  });

  test("a webhook is added, its secret shown once, and what is sent is signed with it and seen to arrive", async () => {
    const page = await settings();
    const secret = await addWebhook(page, receiver.url("ok/chat"));
    await receiver.knows("ok/chat", secret);
    expect(await page.content()).not.toContain(secret);
    await page.getByRole("button", { name: receiver.url("ok/chat") }).click();
    const sheet = page.getByRole("dialog", { name: "Webhook" });
    await sheet.getByRole("button", { name: "Send a test" }).click();
    const sent = sheet.getByRole("listitem").filter({ hasText: "WebhookTested" });
    await sent.getByText("Delivered").waitFor();
    await sent.getByText("HTTP 200").waitFor();
    await ada.shot("webhook-delivered");
    const message = receiver.messages("ok/chat").find(({ type }) => type === "WebhookTested");
    expect(message?.verified).toEqual([true]);
    await sent.getByRole("button", { name: "Again" }).click();
    await expect.poll(() => receiver.messages("ok/chat").filter(({ id }) => id === message?.id).length).toBe(2);

    await sheet.getByRole("button", { name: "New secret" }).click();
    const renewed = await sheet.getByLabel("The secret that deliveries are signed with.").inputValue();
    expect(renewed).not.toBe(secret);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
  });

  test("a test that does not arrive is told, asks for nothing, and arrives when it is sent again after the receiver was mended", async () => {
    const page = await settings();
    const url = receiver.url("status/500");
    await addWebhook(page, url);
    await page.getByRole("button", { name: url }).click();
    const sheet = page.getByRole("dialog", { name: "Webhook" });
    await sheet.getByRole("button", { name: "Send a test" }).click();
    const sent = sheet.getByRole("listitem").filter({ hasText: "WebhookTested" });
    await sent.getByText("Not delivered").waitFor();
    await sent.getByText("HTTP 500").waitFor();
    expect(await sheet.getByRole("button", { name: "Send again what was not delivered" }).count()).toBe(0);
    await ada.shot("webhook-dead");
    await receiver.mend("status/500");
    await sent.getByRole("button", { name: "Again" }).click();
    await sent.getByText("Delivered", { exact: true }).waitFor();
    await sheet.getByText("Works", { exact: true }).waitFor();
    await expect.poll(() => receiver.messages("status/500").filter(({ type }) => type === "WebhookTested").length).toBe(2);
    await page.keyboard.press("Escape");
  });

  test("a webhook that is switched off is told nothing; one that is removed is asked about first, and gone", async () => {
    const page = await settings();
    const url = receiver.url("ok/chat");
    const row = page.getByRole("button", { name: url });
    await row.click();
    const sheet = page.getByRole("dialog", { name: "Webhook" });
    await sheet.getByRole("button", { name: "Switch off" }).click();
    await sheet.getByText("Switched off", { exact: true }).waitFor();
    const told = (path: string): readonly string[] => receiver.messages(path).map(({ type }) => type);
    expect(told("status/500")).not.toContain("EnvironmentSettingsChanged");
    await plane.api.raw("PUT", "/environments/prod/settings", { approval_required: true });
    await expect.poll(() => told("status/500")).toContain("EnvironmentSettingsChanged");
    expect(told("ok/chat")).not.toContain("EnvironmentSettingsChanged");

    await sheet.getByRole("button", { name: "Remove" }).click();
    const question = page.getByRole("dialog", { name: "Remove the webhook" });
    await question.getByText(`${url} is told of nothing any more`).waitFor();
    await ada.shot("webhook-remove");
    // Escape answers the question only: what it was asked from stays.
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });
    await sheet.getByRole("button", { name: "Remove" }).click();
    await question.getByRole("button", { name: "Remove" }).click();
    await row.waitFor({ state: "detached" });
    // The list may hear of it before the dialogs do that asked for it.
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("content");
  });

  test("an address that no webhook may have is refused in the dialog, and can be corrected there", async () => {
    const page = await settings();
    await page.getByRole("button", { name: "Add a webhook" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a webhook" });
    await dialog.getByLabel("Address").fill("ftp://example.com/events");
    await dialog.getByRole("button", { name: "Add a webhook" }).click();
    await dialog.getByRole("alert").waitFor();
    expect(await dialog.getByLabel("Address").inputValue()).toBe("ftp://example.com/events");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
  });

  test("what is kept is told with its sizes, the catalogs and what the server was started with, without its secrets", async () => {
    const page = await settings();
    const kept = page.getByRole("table", { name: "What is kept" });
    await kept.getByRole("row", { name: /^Downloads/ }).waitFor();
    await page.getByText(/^Kept for 30 days and 20 GB at most/).waitFor();
    await page.getByText("marketplace.toml").waitFor();
    await page.getByText("MODYARD_KEEP_DAYS").waitFor();
    expect(await page.content()).not.toContain(plane.token);
    await ada.shot("settings-kept");
  });

  test("gave the browser nothing to complain about", () => {
    expect(ada.complaints).toEqual([]);
  });
});
