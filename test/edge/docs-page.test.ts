import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../support/api.ts";
import { findChromium, openChromium } from "../support/chromium.ts";

const executable = findChromium();

let api: TestApi;
let url: string;
beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => api?.close());

it.skipIf(executable === undefined)("shows the description in a browser, from this server alone and without breaking its own rules", async () => {
  const browser = await openChromium(executable ?? "");
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    const [complaints, asked]: [string[], string[]] = [[], []];
    page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
    page.on("pageerror", (error) => void complaints.push(error.message));
    page.on("request", (request) => void asked.push(request.url()));
    await page.goto(`${url}/docs`);
    await page.getByText("Ask for a build").first().waitFor();
    expect(await page.title()).toBe("Modyard: API");
    expect(complaints).toEqual([]);
    expect(asked.filter((each) => !each.startsWith(url) && !each.startsWith("data:"))).toEqual([]);
  } finally {
    await browser.close();
  }
});

it("is open to everybody, strict, and tells nothing of the machine", async () => {
  const index = await api.app.inject("/docs/");
  const page = index.statusCode === 200 ? index : await api.app.inject(index.headers.location ?? "");
  expect(page.statusCode).toBe(200);
  const policy = String(page.headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
  const description = await api.app.inject("/docs/json");
  for (const text of [page.body, description.body]) expect(text).not.toContain(api.plane.config.dataDirectory);
  expect((await api.app.inject("/docs/static/..%2f..%2fpackage.json")).statusCode).toBeGreaterThanOrEqual(400);
});
