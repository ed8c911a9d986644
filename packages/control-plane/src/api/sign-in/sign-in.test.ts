import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { PageClient } from "../../../../../test/support/page-client.ts";
import { provideSetupLink } from "../../access/sign-in/setup.ts";

const password = "four horses under water";
let api: TestApi;
let url: string;

beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  expect(api.logged()).not.toContain(password);
  await api.close();
});

const page = () => new PageClient(url);
const setupLink = async (): Promise<string> => (await provideSetupLink(api.plane.handle))?.token ?? expect.unreachable();
const cookie = "modyard.session_token";

describe("the first owner", () => {
  it("is made by the link, once, also when several take it at the same time", async () => {
    const links = [await setupLink(), await setupLink()];
    const asked = links.flatMap((token) => [1, 2, 3].map((each) => page().json("POST", "/auth/setup", { token, name: `Ada ${each}`, email: `ada${each}@example.org`, password })));
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    const { body } = await page().json("GET", "/auth/session");
    expect(body).toMatchObject({ set_up: true, person: null });
    expect(await provideSetupLink(api.plane.handle)).toBeUndefined();
    expect((await page().json("POST", "/auth/setup", { token: links[0], name: "Eve", email: "eve@example.org", password })).status).toBe(410);
  });
});
