import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runTool } from "../shared/run-tool.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmNetworkEnvironment } from "./npm-environment.ts";
import { hasCredentialsFor, lendSettings } from "./operator-settings.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "modyard-settings-"));
  await writeFile(join(directory, "npmrc"), "@acme:registry=${ACME_REGISTRY}\n//acme.example/npm/:_authToken=${ACME_TOKEN}");
  // What npm tells the scripts that it runs, these tests for instance.
  vi.stubEnv("npm_config_userconfig", undefined);
  vi.stubEnv("NPM_CONFIG_USERCONFIG", join(directory, "npmrc"));
  vi.stubEnv("ACME_REGISTRY", "https://acme.example/npm/");
  vi.stubEnv("ACME_TOKEN", "token-of-acme");
  // No shell hands on a variable of such a name.
  vi.stubEnv("npm_config_@other:registry", "https://other.example/");
  vi.stubEnv("npm_config_//other.example/:_authToken", "token-of-other");
});
afterEach(() => {
  vi.unstubAllEnvs();
  return rm(directory, { recursive: true, force: true });
});

test("reach npm through the sandbox's shell, whatever they are called, and are gone afterwards", async () => {
  const npm = await findNpm();
  const settings = await lendSettings(directory);
  const [program, ...args] = npmCommand(npm, ["config", "get", "@acme:registry", "@other:registry"]);
  const env = { ...npmNetworkEnvironment(npm, directory), PATH: npm.path, ...settings.env };
  const { stdout } = await runTool({ argv: ["/bin/sh", "-c", 'exec "$@"', "sandbox", program, ...args], cwd: directory, env, timeoutSeconds: 60 });
  expect(stdout.toString().trim().split("\n")).toEqual(["@acme:registry=https://acme.example/npm/", "@other:registry=https://other.example/"]);
  expect(Object.values(settings.env)).toContain("token-of-other");
  expect((await stat(join(settings.directory, "npmrc"))).mode & 0o077).toBe(0);
  await settings.remove();
  expect([existsSync(settings.directory), await readdir(join(directory, "npm", "settings"))]).toEqual([false, []]);
});

test("say for which registries there are credentials", () => {
  expect(["https://acme.example/npm/", "https://other.example/", "https://third.example/"].map((address) => hasCredentialsFor(new URL(address)))).toEqual([true, true, false]);
});
