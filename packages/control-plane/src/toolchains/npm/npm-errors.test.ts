import { expect, test } from "vitest";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { npmProblem } from "./npm-errors.ts";

const spec = (slug: string, more: Partial<ModuleSpec> = {}): ModuleSpec => ({ slug, packageName: `@acme/${slug}`, source: "npm", version: "^1.0.0", features: [], required: false, dependsOn: [], ...more });
const modules = [spec("forum"), spec("forum-pro"), spec("wiki", { source: "git", git: "https://user:hunter2@git.example.org/wiki.git" })];

const cases: { readonly output: string; readonly expected: object }[] = [
  { output: "npm error code E404\nnpm error 404 Not Found - GET https://registry.example.org/@acme%2fforum - no such package available", expected: { code: "package_not_found", module: "forum" } },
  { output: "npm ERR! code ETARGET\nnpm ERR! notarget No matching version found for @acme/forum-pro@^9.0.0.", expected: { code: "version_not_found", module: "forum-pro" } },
  { output: "npm error code ERESOLVE\nnpm error ERESOLVE could not resolve\nnpm error While resolving: @acme/forum@1.0.0\nnpm error Found: fastify@5.0.0", expected: { code: "dependency_conflict", module: "forum" } },
  { output: "npm error code ENOSPC\nnpm error syscall write\nnpm error nospc ENOSPC: no space left on device, write", expected: { code: "disk_full" } },
  { output: "npm error code EINTEGRITY\nnpm error sha512-aaa integrity checksum failed when using sha512", expected: { code: "integrity_mismatch" } },
  { output: "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.", expected: { code: "lockfile_out_of_date" } },
  { output: "npm error code ENOTFOUND\nnpm error network request to https://registry.example.org/fastify failed", expected: { code: "registry_unreachable" } },
  { output: "npm error code 128\nnpm error An unknown git error occurred\nnpm error command git --no-replace-objects ls-remote https://user:hunter2@git.example.org/wiki.git\nnpm error fatal: Could not read from remote repository.", expected: { code: "git_unreachable" } },
  { output: "something else entirely", expected: { code: "step_failed", message: "npm failed" } },
];

test.each(cases)("tells $expected", ({ output, expected }) => {
  expect(npmProblem(output.split("\n"), modules)).toMatchObject(expected);
});

test("never tells a password", () => {
  const told = npmProblem(["npm error code 128", "npm error fatal: unable to access 'https://user:hunter2@git.example.org/wiki.git/'"], modules);
  expect(told).toMatchObject({ code: "git_unreachable", module: "wiki" });
  expect(JSON.stringify(told)).not.toContain("hunter2");
});
