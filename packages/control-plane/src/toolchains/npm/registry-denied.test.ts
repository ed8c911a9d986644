import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Problem } from "../../errors/problem.ts";
import { npmProblem } from "./npm-errors.ts";
import { explainDenied } from "./registry-denied.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "modyard-denied-"));
  await writeFile(join(directory, "operator"), "registry=https://usual.example/\n//usual.example/:_authToken=it-ended\n");
  await writeFile(join(directory, ".npmrc"), "@acme:registry=https://acme.example/npm/\n");
  await writeFile(join(directory, "package.json"), "{}");
  vi.stubEnv("npm_config_userconfig", join(directory, "operator"));
  vi.stubEnv("npm_config_registry", undefined);
});
afterAll(() => {
  vi.unstubAllEnvs();
  return rm(directory, { recursive: true, force: true });
});

const told = (output: string, ...packageNames: string[]): Promise<Problem> => explainDenied(npmProblem(output.split("\n"), []), { packageNames, directory, cacheDirectory: directory });

test("a token that ended: npm does not name the registry, the problem does, with the line to renew", async () => {
  const problem = await told("npm error code E401\nnpm error Unable to authenticate, your authentication token seems to be invalid.\nnpm error To correct this please try logging in again with:\nnpm error   npm login", "left-pad");
  expect(problem).toMatchObject({ code: "registry_denied", message: "https://usual.example refuses the credentials that Modyard has for it: Unable to authenticate, your authentication token seems to be invalid." });
  expect(problem.hint).toMatch(/^Renew the token .*\/\/usual\.example\/:_authToken=/);
});

test("credentials that were never there: the scope's own registry is named", async () => {
  const problem = await told("npm error code E401\nnpm error Incorrect or missing password.\nnpm error If you were trying to login, change your password at:\nnpm error   https://elsewhere.example/forgot", "@acme/notes");
  expect(problem).toMatchObject({ code: "registry_denied", message: "https://acme.example wants credentials, and Modyard has none for it: Incorrect or missing password." });
  expect(problem.hint).toMatch(/^Add the token .*\/\/acme\.example\/:_authToken=/);
});

test("an address that npm does name goes before what is set up, without its password", async () => {
  const problem = await told("npm error code E403\nnpm error 403 403 Forbidden - GET https://ada:hunter22@mirror.example/@acme%2fnotes", "@acme/notes");
  expect(problem.message).toMatch(/^https:\/\/mirror\.example wants credentials/);
  expect(JSON.stringify(problem)).not.toContain("hunter22");
});

test("other problems stay as they are", async () => {
  const other = npmProblem(["npm error code ENOTFOUND"], []);
  expect(await explainDenied(other, { packageNames: [], directory, cacheDirectory: directory })).toBe(other);
});
