import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildsView } from "../../packages/control-plane/src/api/views/build.ts";
import { chromiumBrowser, comeIn, openBrowser, type Visitor } from "../support/browser.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { isThere } from "../support/requirement.ts";

/** The whole way of an administrator, as they go it: one step after the other on one page. */
describe.runIf(isThere(chromiumBrowser))("from the marketplace to live, back and away", () => {
  let plane: TestControlPlane;
  let browser: Browser;
  let ada: Visitor;
  beforeAll(async () => {
    [plane, browser] = await Promise.all([TestControlPlane.open({ deployed: true, modules: ["broken-compile"] }), openBrowser()]);
    ada = await comeIn(plane, browser, "Ada", [{ environment: null, role: "owner" }]);
  });
  afterAll(async () => {
    await browser?.close();
    await plane?.close();
  });

  test("a module is searched for, its plan looked at, installed and watched until it is live", async () => {
    const { page, shot } = ada;
    await page.getByLabel("Search modules").fill("thread");
    await expect.poll(() => page.getByRole("article").count()).toBe(1);
    await page.getByRole("button", { name: "Install Forum" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    const plan = page.getByRole("dialog", { name: "Plan" });
    await plan.getByText("+ forum = {").waitFor();
    await plan.getByLabel("Reason").fill("the community asked for it");
    await shot("plan");
    await plan.getByRole("button", { name: "Build and deploy to prod" }).click();
    await page.waitForURL(/\/builds\/bld_/);
    await page.getByRole("log").getByText(/^── /).first().waitFor();
    await shot("build-running");
    // Watching goes on after a reload, from what the server knows.
    await page.reload();
    await page.getByRole("main").getByText("Success", { exact: true }).first().waitFor();
    await page.getByText("Complete", { exact: true }).waitFor();
    // What is far above is found although it is not drawn; its number is a link to it.
    await page.getByLabel("Find in the log").fill("main is at");
    await page.getByRole("log").getByText("main is at").waitFor();
    await page.getByRole("link", { name: "prod" }).waitFor();
    await shot("build-done");
    await page.getByRole("link", { name: "prod" }).click();
    await page.getByText("Running now").waitFor();
    await page.getByRole("cell", { name: "Forum", exact: true }).waitFor();
    await expect.poll(async () => (await plane.application("/forum")).status).toBe(200);
    await shot("environment");
  });

  test("it is rolled back after a look at what goes away", async () => {
    const { page, shot } = ada;
    await page.goto(`${plane.url}/environments/prod`);
    await page.getByRole("button", { name: "Roll back", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Roll back prod" });
    await dialog.getByText("− forum 0.1.0").waitFor();
    await shot("rollback");
    await dialog.getByRole("button", { name: "Roll back", exact: true }).click();
    await page.getByText("Rolled back").waitFor();
    await expect.poll(async () => (await plane.application("/forum")).status).toBe(404);
    await page.getByRole("cell", { name: "Forum", exact: true }).waitFor({ state: "detached" });
  });

  test("what others need cannot be uninstalled by accident; the plan says who needs it", async () => {
    const { page, shot } = ada;
    await page.goto(`${plane.url}/modules`);
    await page.getByRole("button", { name: "Uninstall Content" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    const plan = page.getByRole("dialog", { name: "Plan" });
    await plan.getByText("module_needed").waitFor();
    expect(await plan.getByRole("button", { name: /^Build/ }).isDisabled()).toBe(true);
    await shot("plan-blocked");
    await plan.getByRole("button", { name: "Take along forum" }).click();
    await plan.getByText("comes along").first().waitFor();
    expect(await plan.getByLabel("Take along the modules that depend on it").isChecked()).toBe(true);
    await plan.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Discard" }).click();
  });

  test("it is uninstalled", async () => {
    const { page } = ada;
    await page.getByRole("button", { name: "Uninstall Forum" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    await page.getByRole("button", { name: "Build and deploy to prod" }).click();
    await page.waitForURL(/\/builds\/bld_/);
    await page.getByRole("main").getByText("Success", { exact: true }).first().waitFor();
    await page.goto(`${plane.url}/manifest`);
    await page.getByText("uninstall forum", { exact: true }).waitFor();
    expect(await page.getByLabel("modules.toml").innerText()).not.toContain("forum");
  });

  test("a build is made again and compared, byte for byte", async () => {
    const { page, shot } = ada;
    const [newest] = (await plane.api.get("/builds?status=success&limit=1", buildsView)).builds;
    await page.goto(`${plane.url}/builds/${newest?.id}`);
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByRole("heading", { name: "Verification of a build" }).waitFor();
    await page.getByText("the same, byte for byte").waitFor({ timeout: 100_000 });
    await page.getByRole("link", { name: newest?.id ?? "none" }).waitFor();
    expect(await page.getByRole("button", { name: "Verify" }).count()).toBe(0);
    await shot("verification");
  });

  test("a module that does not compile is named with its file and line, and nothing that runs changes", async () => {
    const { page, shot } = ada;
    await page.goto(`${plane.url}/modules`);
    await page.getByRole("button", { name: "Install Broken compile" }).click();
    await page.getByRole("button", { name: "Install Blog" }).click();
    await page.getByRole("button", { name: "Review the plan" }).click();
    await page.getByLabel("Reason").fill("both at once");
    await page.getByRole("button", { name: "Build and deploy to prod" }).click();
    await page.getByRole("heading", { name: "Failed at: Compile" }).waitFor();
    await page.getByText("compile_failed · broken-compile").waitFor();
    await shot("build-failed");
  });

  test("of a build that failed one is offered the rest, and the same again, each with its plan first", async () => {
    const { page, shot } = ada;
    const plan = page.getByRole("dialog", { name: "Plan" });
    await page.getByRole("button", { name: "The rest without Broken compile" }).click();
    await plan.getByText("+ blog = {").waitFor();
    expect(await plan.getByText("broken-compile").count()).toBe(0);
    await plan.getByRole("button", { name: "Build and deploy to prod" }).and(page.locator(":enabled")).waitFor();
    expect(await plan.getByLabel("Reason").inputValue()).toBe("both at once");
    await shot("plan-rest");
    await plan.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Try again" }).click();
    await plan.getByText("+ broken-compile = {").waitFor();
    // Made of the same, it is not made again unless somebody insists.
    await plan.getByRole("button", { name: "Build and deploy to prod" }).click();
    await plan.getByText("Nothing was begun: this very build failed before").waitFor();
    await plan.getByRole("button", { name: "Build it all the same" }).and(page.locator(":enabled")).waitFor();
    await shot("plan-failed-before");
    await plan.getByRole("button", { name: "Leave broken-compile out of the change" }).click();
    await plan.getByRole("button", { name: "Build and deploy to prod" }).and(page.locator(":enabled")).waitFor();
    expect(await plan.getByText("Nothing was begun").count()).toBe(0);
    await plan.getByRole("button", { name: "Cancel" }).click();
    // What was collected before is what is collected now: nothing.
    await page.getByRole("navigation").getByRole("link", { name: "Modules" }).click();
    await page.getByRole("button", { name: "Install Blog" }).waitFor();
    expect(await page.getByRole("button", { name: "Review the plan" }).count()).toBe(0);
    await page.goto(`${plane.url}/journal?action=build.failed`);
    await page.getByText("build.failed").first().click();
    await page.getByLabel("Details").first().waitFor();
    await shot("journal");
  });

  test("the browser had nothing to complain about", () => {
    expect(ada.complaints).toEqual([]);
  });
});
