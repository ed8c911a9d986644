import { afterAll, beforeAll, expect, it } from "vitest";
import { TestControlPlane } from "../support/control-plane.ts";
import { eventually } from "../support/eventually.ts";
import { startModyard, type CommandRun } from "../support/modyard.ts";
import { PageClient } from "../support/page-client.ts";
import { goodPassword as password, tokenOf } from "../support/people.ts";

// One server for all: each test goes on from what the one before left.
let plane: TestControlPlane;

beforeAll(async () => {
  plane = await TestControlPlane.open();
});
afterAll(() => plane?.close());

const modyard = (...args: readonly string[]): Promise<CommandRun> => startModyard(args, { cwd: plane.root, env: { MODYARD_URL: plane.url, MODYARD_TOKEN: plane.token } }).done;
const printedLinks = (text: string): readonly string[] => text.match(/http\S+\/(?:setup|invitation)\?token=\S+/g) ?? [];

it("prints a link for the first owner at each start, until there is one", async () => {
  await eventually(() => expect(printedLinks(plane.output)).toHaveLength(1));
  expect(plane.output).toContain("Nobody is owner yet.");
  await plane.end("SIGTERM");
  await plane.start();
  await eventually(() => expect(printedLinks(plane.output)).toHaveLength(2));
  const [first = "", second = ""] = printedLinks(plane.output);
  expect(second).not.toBe(first);
  const page = new PageClient(plane.url);
  expect((await page.json("POST", "/auth/setup", { token: tokenOf(second), email: "ada@example.org", name: "Ada", password })).body).toEqual({ signed_in: true });
  expect((await page.ask("GET", "/admin/builds")).status).toBe(200);
  await plane.end("SIGTERM");
  await plane.start();
  expect(printedLinks(plane.output)).toHaveLength(2);
  const again = new PageClient(plane.url);
  expect((await again.ask("POST", "/auth/setup", { token: tokenOf(first), email: "eve@example.org", name: "Eve", password })).status).toBe(410);
  // The secret that signs cookies is the same after a restart, so nobody is signed out by it.
  for (const [name, value] of page.cookies) again.cookies.set(name, value);
  expect((await again.ask("GET", "/admin/builds")).status).toBe(200);
});

it("invites from the command line, and tells who there is", async () => {
  const run = await modyard("people", "invite", "bea@example.org", "--name", "Bea", "--role", "operator", "-e", "prod", "--reason", "new here");
  expect([run.code, run.stderr]).toEqual([0, ""]);
  const [link = ""] = printedLinks(run.stdout);
  const page = new PageClient(plane.url);
  expect((await page.json("POST", "/auth/password", { token: tokenOf(link), password })).body).toEqual({ signed_in: true });
  const list = await modyard("people");
  expect(list.stdout).toMatch(/bea@example\.org +Bea +active +operator in prod/);
  expect(list.stdout).toMatch(/ada@example\.org +Ada +active +owner/);
  expect(JSON.parse((await modyard("people", "--json")).stdout)).toMatchObject({ people: [{ email: "bea@example.org" }, { email: "ada@example.org" }], next_cursor: null });
});

it("disables and enables, makes new links, and ends with the usual codes", async () => {
  expect((await modyard("people", "disable", "bea@example.org", "--reason", "left")).code).toBe(0);
  expect((await modyard("people")).stdout).toMatch(/bea@example\.org +Bea +disabled/);
  const refused = await modyard("people", "reset", "bea@example.org");
  expect([refused.code, refused.stderr.includes("person_disabled")]).toEqual([3, true]);
  expect((await modyard("people", "enable", "bea@example.org")).code).toBe(0);
  const reset = JSON.parse((await modyard("people", "reset", "bea@example.org", "--json")).stdout) as { link: string };
  expect(printedLinks(reset.link)).toHaveLength(1);
  const last = await modyard("people", "disable", "ada@example.org");
  expect([last.code, last.stderr.includes("last_owner")]).toEqual([3, true]);
  for (const [args, code] of [[["disable", "nobody@example.org"], 1], [["invite", "x@example.org", "-e", "prod"], 2], [["invite", "x@example.org", "--role", "viewer", "-e", "nowhere"], 1]] as const) {
    expect([args, (await modyard("people", ...args)).code]).toEqual([args, code]);
  }
});
