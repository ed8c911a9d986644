import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runTool } from "../shared/run-tool.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmNetworkEnvironment } from "./npm-environment.ts";

test("a host's .npmrc names no program that npm runs, and turns no scripts on", async () => {
  const host = mkdtempSync(join(tmpdir(), "modyard-npmrc-"));
  writeFileSync(join(host, ".npmrc"), "git=./evil.sh\nignore-scripts=false\n");
  writeFileSync(join(host, "package.json"), "{}");
  const npm = await findNpm();
  const { stdout } = await runTool({ argv: npmCommand(npm, ["config", "get", "git", "ignore-scripts"]), cwd: host, env: { PATH: npm.path, ...npmNetworkEnvironment(npm, join(host, "cache")) }, timeoutSeconds: 60 });
  expect(stdout.toString().trim().split("\n")).toEqual(["git=git", "ignore-scripts=true"]);
  rmSync(host, { recursive: true, force: true });
});
