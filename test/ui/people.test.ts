import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumBrowser, comeIn, openBrowser, openVisitor, password, signIn, type Visitor } from "../support/browser.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { isThere } from "../support/requirement.ts";
import { settled } from "./support/look.ts";

const section = (page: Page, name: string) => page.getByRole("group", { name, exact: true });

const inThirtyDays = (): string => new Date(Date.now() + 30 * 86_400_000).toLocaleDateString("en");

/** Who comes in, by which roles, where they are signed in, and the programs that ask for them. */
describe.runIf(isThere(chromiumBrowser))("people and tokens", () => {
  let plane: TestControlPlane;
  let browser: Browser;
  let ada: Visitor;
  beforeAll(async () => {
    [plane, browser] = await Promise.all([TestControlPlane.open(), openBrowser()]);
    ada = await comeIn(plane, browser, "Ada", [{ environment: null, role: "owner" }]);
  });
  afterAll(async () => {
    await browser?.close();
    await plane?.close();
  });

  const access = async ({ page }: Visitor): Promise<Page> => {
    await page.goto(`${plane.url}/access`);
    await settled(page);
    return page;
  };
  /** What a program gets that asks with a token. */
  const asked = async (token: string, path = "/admin/builds"): Promise<number> => (await fetch(`${plane.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;

  test("somebody is invited with a role, comes in by the link in another browser, and the link works once", async () => {
    const page = await access(ada);
    await page.getByRole("button", { name: "Invite a person" }).click();
    const dialog = page.getByRole("dialog", { name: "Invite a person" });
    await dialog.getByLabel("Name").fill("Grace");
    await dialog.getByLabel("E-mail").fill("grace@example.com");
    await dialog.getByLabel("Where").selectOption("prod");
    await dialog.getByLabel("Role", { exact: true }).selectOption("Operator");
    await dialog.getByRole("button", { name: "Invite a person" }).click();
    const shown = dialog.getByLabel("Give this link to Grace. It is shown only now, and works once.");
    const link = await shown.inputValue();
    await ada.shot("invitation-link");
    await dialog.getByRole("button", { name: "Close" }).last().click();
    const row = page.getByRole("listitem").filter({ hasText: "grace@example.com" });
    await row.getByText("Operator · prod").waitFor();
    await row.getByText("Invited").waitFor();

    const grace = await openVisitor(browser);
    await grace.page.goto(link);
    await grace.page.getByLabel("New password").fill("seven birds read the map");
    expect(await grace.page.getByLabel("E-mail").inputValue()).toBe("grace@example.com");
    await grace.shot("invitation-opened");
    await grace.page.getByRole("button", { name: "Save and sign in" }).click();
    await grace.page.waitForURL((url) => url.pathname === "/modules");
    await grace.page.getByText("grace@example.com").waitFor();
    // The list hears of it without being asked again.
    await row.getByText("Invited").waitFor({ state: "detached" });
    await access(grace);
    expect(await section(grace.page, "People").count()).toBe(0);

    const late = await openVisitor(browser);
    await late.page.goto(link);
    await late.page.getByRole("alert").getByText("If you have a password already, sign in").waitFor();
    expect([...grace.complaints, ...late.complaints]).toEqual([]);
    await Promise.all([grace.context.close(), late.context.close()]);
  });

  test("a wrong old password is told beside the form, and nobody is signed out; the right one ends the sessions elsewhere", async () => {
    const elsewhere = await signIn(plane, browser, "ada@example.com");
    const page = await access(ada);
    const form = section(page, "Your password");
    await form.getByLabel("Present password").fill("not this one at all");
    await form.getByLabel("New password").fill("nine boats on a dry lake");
    await form.getByRole("button", { name: "Change the password" }).click();
    await form.getByRole("alert").getByText("password_wrong").waitFor();
    await ada.shot("password-wrong");
    expect(new URL(page.url()).pathname).toBe("/access");
    await form.getByLabel("Present password").fill(password);
    await form.getByRole("button", { name: "Change the password" }).click();
    await page.getByText("The password was changed").waitFor();
    expect(await form.getByRole("alert").count()).toBe(0);
    expect(await form.getByLabel("Present password").inputValue()).toBe("");
    // The other browser finds out by itself.
    await elsewhere.page.waitForURL(/\/sign-in\?next=/);
    await elsewhere.page.getByLabel("E-mail").fill("ada@example.com");
    await elsewhere.page.getByLabel("Password", { exact: true }).fill(password);
    await elsewhere.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await elsewhere.page.getByRole("alert").getByText("Check the e-mail address and the password").waitFor();
    expect(elsewhere.complaints).toEqual([]);
    await elsewhere.context.close();
  });

  test("a session is ended from the list: that browser is led to sign-in, this one stays", async () => {
    const page = await access(ada);
    const sessions = section(page, "Where you are signed in").getByRole("listitem");
    expect(await sessions.count()).toBe(1);
    await sessions.getByText("This one").waitFor();
    const elsewhere = await signIn(plane, browser, "ada@example.com", "nine boats on a dry lake");
    // The list hears of the new one.
    await sessions.nth(1).waitFor();
    await ada.shot("sessions");
    await sessions.getByRole("button", { name: "End" }).click();
    await elsewhere.page.waitForURL(/\/sign-in\?next=/);
    await sessions.nth(1).waitFor({ state: "detached" });
    await sessions.getByText("This one").waitFor();
    expect(elsewhere.complaints).toEqual([]);
    await elsewhere.context.close();
  });

  test("a token is made for one environment and a month, shown once, works, and is revoked", async () => {
    const page = await access(ada);
    await page.getByRole("button", { name: "New token" }).click();
    const dialog = page.getByRole("dialog", { name: "New token" });
    await dialog.getByLabel("Name").fill("deploy-bot");
    await dialog.getByRole("button", { name: "Add a role" }).click();
    await dialog.getByLabel("Role", { exact: true }).nth(1).selectOption("Operator");
    await dialog.getByLabel("Valid for").selectOption("30 days");
    // The day may end just now.
    const before = inThirtyDays();
    await dialog.getByRole("button", { name: "Make the token" }).click();
    const token = await dialog.getByLabel("Copy the token now: it is shown only this once.").inputValue();
    const ends = [before, inThirtyDays()];
    await ada.shot("token-made");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const row = page.getByRole("listitem").filter({ hasText: "deploy-bot" });
    await row.getByText("Viewer", { exact: true }).waitFor();
    await row.getByText("Operator · prod").waitFor();
    await row.getByText("never used").waitFor();
    const [end] = (await row.innerText()).match(/(?<=until )\S+/) ?? [];
    expect(ends).toContain(end);
    expect(await page.content()).not.toContain(token);
    expect([await asked(token), await asked(token, "/admin/people")]).toEqual([200, 403]);
    // The use is noted beside the request that used it.
    await expect.poll(async () => {
      await page.reload();
      return row.innerText();
    }).toContain("last used");

    await page.getByRole("button", { name: "Revoke deploy-bot" }).click();
    const question = page.getByRole("dialog", { name: "Revoke deploy-bot" });
    await question.getByText("It cannot be undone").waitFor();
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(await asked(token)).toBe(200);
    await page.getByRole("button", { name: "Revoke deploy-bot" }).click();
    await question.getByRole("button", { name: "Revoke" }).click();
    await row.getByText("Revoked").waitFor();
    expect(await asked(token)).toBe(401);
    expect(await row.getByRole("button").count()).toBe(0);
  });

  test("who has one environment gives a token nothing beyond it", async () => {
    const olga = await comeIn(plane, browser, "Olga", [{ environment: "prod", role: "operator" }]);
    const page = await access(olga);
    await page.getByRole("button", { name: "New token" }).click();
    const dialog = page.getByRole("dialog", { name: "New token" });
    expect(await dialog.getByLabel("Where").locator("option").allInnerTexts()).toEqual(["prod"]);
    expect(await dialog.getByLabel("Role", { exact: true }).locator("option").allInnerTexts()).toEqual(["Viewer", "Operator"]);
    expect(await dialog.getByRole("button", { name: "Add a role" }).count()).toBe(0);
    await dialog.getByLabel("Name").fill("olgas-bot");
    await dialog.getByLabel("Role", { exact: true }).selectOption("Operator");
    await dialog.getByLabel("Valid for").selectOption("Until it is revoked");
    await dialog.getByRole("button", { name: "Make the token" }).click();
    await dialog.getByLabel("Copy the token now").waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("listitem").filter({ hasText: "olgas-bot" }).getByText("Operator · prod").waitFor();
    expect(olga.complaints).toEqual([]);
    await olga.context.close();
  });

  test("who is disabled is out at once, and comes in again when enabled", async () => {
    const max = await comeIn(plane, browser, "Max", [{ environment: null, role: "viewer" }]);
    const page = await access(ada);
    await page.getByRole("button", { name: "Change Max" }).click();
    await page.getByRole("dialog", { name: "Max" }).getByRole("button", { name: "Disable" }).click();
    await page.getByRole("listitem").filter({ hasText: "max@example.com" }).getByText("Disabled").waitFor();
    await max.page.waitForURL(/\/sign-in/);
    await page.getByRole("button", { name: "Change Max" }).click();
    await page.getByRole("dialog", { name: "Max" }).getByRole("button", { name: "Enable" }).click();
    await page.getByRole("listitem").filter({ hasText: "max@example.com" }).getByText("Disabled").waitFor({ state: "detached" });
    const again = await signIn(plane, browser, "max@example.com");
    expect([...max.complaints, ...again.complaints]).toEqual([]);
    await Promise.all([max.context.close(), again.context.close()]);
  });

  test("the last owner cannot leave, and is told why", async () => {
    const page = await access(ada);
    await page.getByRole("button", { name: "Change Ada" }).click();
    const dialog = page.getByRole("dialog", { name: "Ada" });
    await dialog.getByLabel("Role", { exact: true }).selectOption("Viewer");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByRole("alert").getByText("last_owner").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  test("gave the browser nothing to complain about", () => {
    expect(ada.complaints).toEqual([]);
  });
});
