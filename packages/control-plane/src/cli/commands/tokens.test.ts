import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApi, type TestApi } from "../../../../../test/support/api.ts";
import { startModyard, type CommandRun } from "../../../../../test/support/modyard.ts";

let api: TestApi;
let url: string;

beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => api.close());

function modyard(token: string, ...args: readonly string[]): Promise<CommandRun> {
  return startModyard(args, { cwd: api.plane.dataDirectory, env: { MODYARD_URL: url, MODYARD_TOKEN: token } }).done;
}

it("makes a token that can be piped, shows what it may do, and revokes it", async () => {
  const made = await modyard(api.token, "tokens", "create", "deploys", "--role", "operator", "--environment", "prod", "--expires", "30d", "--reason", "the pipeline");
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^mya_\S{49}\n$/) as string, stderr: expect.stringContaining("operator in prod until") as string });
  const token = made.stdout.trim();
  const [, id = ""] = /\((tok_\w+)\)/.exec(made.stderr) ?? [];

  const who = await modyard(token, "whoami");
  expect(who.stdout).toContain("deploys token tok_");
  expect(who.stdout).toContain("in prod: deployment.request, deployment.rollback");
  expect((await modyard(token, "tokens")).stdout).toMatch(new RegExp(`${id} +deploys +active +operator in prod +admin`));

  const refused = await modyard(token, "tokens", "create", "more", "--role", "owner");
  expect(refused).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining("token_exceeds_maker") as string });

  expect(await modyard(api.token, "tokens", "revoke", id)).toMatchObject({ code: 0, stdout: expect.stringContaining("good for nothing") as string });
  expect(await modyard(token, "whoami")).toMatchObject({ code: 3, stderr: expect.stringContaining("token_revoked") as string });
  expect((await modyard(api.token, "tokens", "revoke", id)).stdout).toContain("revoked before");
});

it("speaks JSON, and takes no time that is none", async () => {
  const made = await modyard(api.token, "tokens", "create", "json", "--role", "viewer", "--json");
  expect(JSON.parse(made.stdout)).toMatchObject({ name: "json", token: expect.stringMatching(/^mya_/) as string });
  expect(JSON.parse((await modyard(api.token, "whoami", "--json")).stdout)).toMatchObject({ kind: "token", name: "admin", grants: [{ environment: null, role: "owner" }] });
  for (const expires of ["soon", "0d", "-1"]) expect((await modyard(api.token, "tokens", "create", "x", "--role", "viewer", `--expires=${expires}`)).code).toBe(2);
});
