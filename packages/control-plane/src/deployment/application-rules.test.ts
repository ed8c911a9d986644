import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { locatePlaces } from "../database/embedded/places.ts";
import { applicationRules } from "./application-rules.ts";
import type { SandboxRules } from "./gateway/sandbox/rules.ts";

const home = process.env["HOME"] ?? "";
let data: string;
beforeAll(() => void (data = mkdtempSync(join(tmpdir(), "modyard-rules-"))));
afterEach(() => void (process.env["HOME"] = home));
afterAll(() => rmSync(data, { recursive: true }));

function rulesAt(atHome: string, env: NodeJS.ProcessEnv = {}): SandboxRules {
  process.env["HOME"] = atHome;
  const rules = applicationRules({ dataDirectory: data, shown: ["/srv/uploads"] }, env);
  if (rules === "off") throw new Error("the sandbox is off");
  return rules;
}

test("hides what Modyard keeps, its database's socket and the operator's home", () => {
  const { hidden, shown } = rulesAt("/home/ada");
  expect(hidden).toEqual(expect.arrayContaining([data, locatePlaces(data).sockets, "/home/ada"]));
  expect(shown).toEqual(["/srv/uploads"]);
  expect(rulesAt("/root").hidden).toContain("/root");
  expect(rulesAt("/var/lib/modyard").hidden).toContain("/var/lib/modyard");
});

test.each(["/", "/nonexistent", "/usr/sbin", "/bin", "/var", "/opt/tools", "/tmp/x"])("a home that is %s is left in sight, but for its credentials", (place) => {
  const { hidden } = rulesAt(place);
  expect(hidden).not.toContain(place);
  expect(hidden).toContain(join(place, ".npmrc"));
});

test("hides the files with credentials that the server's environment names, and its key agent", () => {
  const { hidden } = rulesAt("/home/ada", { MODYARD_OIDC_CLIENT_SECRET_FILE: "/etc/modyard/secret", KUBECONFIG: "/etc/kube", PGPASSFILE: "relative", OTHER_FILE: "/etc/other", SSH_AUTH_SOCK: "/tmp/ssh-x/agent.1" });
  expect(hidden).toEqual(expect.arrayContaining(["/etc/modyard/secret", "/etc/kube", "/tmp/ssh-x"]));
  expect(hidden).not.toEqual(expect.arrayContaining(["/etc/other"]));
  expect(hidden).not.toContain("relative");
});

test("the operator may show everything", () => {
  expect(applicationRules({ dataDirectory: data, shown: ["/srv", "/"] }, {})).toBe("off");
});
